import { stringify } from "yaml";
import { resources, scales, spread } from "./helm-plan";
import { WAYPOINT } from "./namespaces";
import type { AutoscaledSizing, Sizing } from "./sizing";

/**
 * What istiod merges into the objects it makes for a waypoint, as YAML per object. It makes an
 * autoscaler or disruption budget only where its key is there.
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/#automated-deployment
 */
export interface WaypointOptions {
    readonly deployment: string;
    readonly horizontalPodAutoscaler?: string;
    readonly podDisruptionBudget?: string;
}

/** A waypoint's options for a size. */
export function waypointOptions(
    { waypoint, production }: Sizing,
    name: string = WAYPOINT,
): WaypointOptions {
    return proxyOptions(name, waypoint, production);
}

/** Options of any proxy that istiod deploys for a Gateway of the given name. */
export function proxyOptions(
    gateway: string,
    numbers: AutoscaledSizing,
    production: boolean,
): WaypointOptions {
    const pod = {
        containers: [{ name: "istio-proxy", resources: resources(numbers) }],
        ...(production
            ? {
                  topologySpreadConstraints: spread({
                      "gateway.networking.k8s.io/gateway-name": gateway,
                  }),
              }
            : {}),
    };
    const autoscaler = {
        spec: {
            minReplicas: numbers.minReplicas,
            maxReplicas: numbers.maxReplicas,
            metrics: [
                {
                    type: "Resource",
                    resource: {
                        name: "cpu",
                        target: { type: "Utilization", averageUtilization: 80 },
                    },
                },
            ],
        },
    };
    const replicas = scales(numbers) ? {} : { replicas: numbers.minReplicas };
    return {
        deployment: stringify({ spec: { ...replicas, template: { spec: pod } } }),
        ...(scales(numbers) ? { horizontalPodAutoscaler: stringify(autoscaler) } : {}),
        ...(numbers.minAvailable === undefined
            ? {}
            : {
                  podDisruptionBudget: stringify({
                      spec: { minAvailable: numbers.minAvailable },
                  }),
              }),
    };
}
