import { stringify } from "yaml";
import { resources, scales, spread } from "./helm-plan";
import { WAYPOINT } from "./namespaces";
import type { Sizing } from "./sizing";

/** Name of the ConfigMap that holds a waypoint's options. */
export const WAYPOINT_OPTIONS = "waypoint-options";

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
export function waypointOptions({ waypoint, production }: Sizing): WaypointOptions {
    const pod = {
        containers: [{ name: "istio-proxy", resources: resources(waypoint) }],
        ...(production
            ? {
                  topologySpreadConstraints: spread({
                      "gateway.networking.k8s.io/gateway-name": WAYPOINT,
                  }),
              }
            : {}),
    };
    const autoscaler = {
        spec: {
            minReplicas: waypoint.minReplicas,
            maxReplicas: waypoint.maxReplicas,
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
    const replicas = scales(waypoint) ? {} : { replicas: waypoint.minReplicas };
    return {
        deployment: stringify({ spec: { ...replicas, template: { spec: pod } } }),
        ...(scales(waypoint) ? { horizontalPodAutoscaler: stringify(autoscaler) } : {}),
        ...(waypoint.minAvailable === undefined
            ? {}
            : {
                  podDisruptionBudget: stringify({
                      spec: { minAvailable: waypoint.minAvailable },
                  }),
              }),
    };
}
