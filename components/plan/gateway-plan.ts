import type { GatewaySettings, Settings } from "../../settings/schema";
import { NOT_AWAITED } from "./awaiting";
import { resources, scales, sharedGlobal, spread } from "./helm-plan";
import { sizingOf } from "./sizing";
import type { GatewayValues } from "./values";

/** What a gateway's values are planned from. */
export type GatewayPlanInput = Pick<
    Settings,
    "istioVersion" | "size" | "sizing" | "cluster" | "mesh" | "charts"
>;

/** What a gateway's deployment follows from: its name, its Service and its numbers. */
export type DeployedGateway = Pick<
    GatewaySettings,
    | "name"
    | "serviceType"
    | "awaitAddress"
    | "minReplicas"
    | "maxReplicas"
    | "minAvailable"
    | "cpu"
    | "memory"
>;

/** Values of the gateway chart, whose release carries the gateway's name. */
export function gatewayValues(gateway: DeployedGateway, mesh: GatewayPlanInput): GatewayValues {
    const global = sharedGlobal(mesh);
    const sizing = sizingOf(mesh.size, mesh.sizing);
    const numbers = sizing.gateway(gateway);
    const { minReplicas, maxReplicas, minAvailable } = numbers;
    // Only an address takes longer to come than the pods, which are waited for as the Deployment's.
    const awaited = gateway.serviceType === "LoadBalancer" && gateway.awaitAddress;
    return {
        global,
        service: {
            type: gateway.serviceType,
            ...(awaited ? {} : { annotations: NOT_AWAITED }),
        },
        resources: resources(numbers),
        ...(scales(numbers)
            ? { autoscaling: { enabled: true, minReplicas, maxReplicas } }
            : { autoscaling: { enabled: false }, replicaCount: minReplicas }),
        ...(minAvailable === undefined ? {} : { podDisruptionBudget: { minAvailable } }),
        ...(sizing.production ? { topologySpreadConstraints: spread({ app: gateway.name }) } : {}),
    };
}
