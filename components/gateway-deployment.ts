import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { chartSource } from "./plan/chart-source";
import { gatewayValues, type DeployedGateway, type GatewayPlanInput } from "./plan/gateway-plan";
import { sizingOf } from "./plan/sizing";
import { proxyOptions } from "./plan/waypoint-plan";

/** A gateway, the mesh it belongs to, and its namespace, which exists and allows injection. */
export interface GatewayDeployment {
    readonly gateway: DeployedGateway;
    readonly mesh: GatewayPlanInput;
    readonly namespace: pulumi.Input<string>;
}

/** Deploys a gateway from Istio's gateway chart. */
export function gatewayChart(
    name: string,
    { gateway, mesh, namespace }: GatewayDeployment,
    parent: pulumi.Resource,
): k8s.helm.v4.Chart {
    return new k8s.helm.v4.Chart(
        `${name}-chart`,
        {
            ...chartSource("gateway", mesh),
            name: gateway.name,
            namespace,
            values: { ...gatewayValues(gateway, mesh) },
        },
        { parent },
    );
}

/** What istiod reads when it deploys a gateway: its sizes, in a ConfigMap of this name. */
export function gatewayOptions(
    name: string,
    { gateway, mesh, namespace }: GatewayDeployment,
    parent: pulumi.Resource,
): { readonly name: string; readonly resource: k8s.core.v1.ConfigMap } {
    const sizing = sizingOf(mesh.size, mesh.sizing);
    const options = `${gateway.name}-options`;
    const resource = new k8s.core.v1.ConfigMap(
        `${name}-options`,
        {
            metadata: { name: options, namespace },
            data: { ...proxyOptions(gateway.name, sizing.gateway(gateway), sizing.production) },
        },
        // The Gateway refers to it by this name.
        { parent, deleteBeforeReplace: true },
    );
    return { name: options, resource };
}
