import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { GatewaySettings } from "../settings/schema";
import { chartSource } from "./plan/chart-source";
import { gatewayAddress } from "./plan/gateway-address";
import { gatewayValues, type GatewayPlanInput } from "./plan/gateway-plan";

/** Arguments for IngressGateway. */
export interface IngressGatewayArgs {
    readonly gateway: GatewaySettings;
    /** Its namespace, which exists and allows injection. */
    readonly namespace: pulumi.Input<string>;
    /** The mesh it belongs to. */
    readonly mesh: GatewayPlanInput;
}

/** A proxy at the mesh's edge, from Istio's gateway chart. Needs istiod ready, for its injection. */
export class IngressGateway extends pulumi.ComponentResource {
    /** @internal */
    public static readonly __pulumiType = "istio-mesh:mesh:IngressGateway";
    /** Where it answers: IP or host name for a load balancer, else the cluster-internal name. */
    public readonly address: pulumi.Output<string>;

    constructor(name: string, args: IngressGatewayArgs, opts?: pulumi.ComponentResourceOptions) {
        super(IngressGateway.__pulumiType, name, args, opts);
        const { gateway, mesh, namespace } = args;
        const chart = new k8s.helm.v4.Chart(
            `${name}-chart`,
            {
                ...chartSource("gateway", mesh),
                name: gateway.name,
                namespace,
                values: { ...gatewayValues(gateway, mesh) },
            },
            { parent: this },
        );
        this.address = chart.resources.apply((resources: unknown[]) => {
            const service = resources.find((resource) => k8s.core.v1.Service.isInstance(resource));
            return service === undefined
                ? pulumi.output(gatewayAddress(gateway, undefined))
                : service.status.apply((status) =>
                      gatewayAddress(gateway, status as typeof status | undefined),
                  );
        });
        this.registerOutputs({ address: this.address });
    }
}
