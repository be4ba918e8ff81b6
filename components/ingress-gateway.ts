import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { GatewaySettings } from "../settings/schema";
import { gatewayChart, gatewayOptions } from "./gateway-deployment";
import { MeshObject } from "./mesh-object";
import { gatewayAddress } from "./plan/gateway-address";
import {
    certificateSpec,
    istioGateway,
    kubernetesGateway,
    type GatewayHost,
} from "./plan/gateway-objects";
import type { GatewayPlanInput } from "./plan/gateway-plan";

/** Arguments for IngressGateway. */
export interface IngressGatewayArgs {
    readonly gateway: GatewaySettings;
    /** Its namespace, which exists and allows injection. */
    readonly namespace: pulumi.Input<string>;
    /** The mesh it belongs to. */
    readonly mesh: GatewayPlanInput;
    /** The names it answers to, each with the namespace whose routes may claim it. @default none */
    readonly hosts?: readonly GatewayHost[];
}

/**
 * A proxy at the mesh's edge, from Istio's gateway chart or deployed by istiod for a Gateway of the
 * Gateway API. Needs istiod ready, for its injection and validation.
 */
export class IngressGateway extends pulumi.ComponentResource {
    /** @internal */
    public static readonly __pulumiType = "istio-mesh:mesh:IngressGateway";
    /** Where it answers: IP or host name for a load balancer, else the cluster-internal name. */
    public readonly address: pulumi.Output<string>;

    constructor(name: string, args: IngressGatewayArgs, opts?: pulumi.ComponentResourceOptions) {
        super(IngressGateway.__pulumiType, name, args, opts);
        const { gateway, hosts = [] } = args;
        const certificate = certificateSpec(gateway, hosts);
        if (certificate !== undefined) {
            new k8s.apiextensions.CustomResource(
                `${name}-certificate`,
                {
                    apiVersion: "cert-manager.io/v1",
                    kind: "Certificate",
                    metadata: { name: gateway.tls?.secret ?? "", namespace: args.namespace },
                    spec: certificate,
                },
                { parent: this, deleteBeforeReplace: true },
            );
        }
        this.address =
            gateway.via === "chart" ? this.byChart(name, args) : this.byGatewayApi(name, args);
        const listening = gateway.via === "chart" ? istioGateway(gateway, hosts) : undefined;
        if (listening !== undefined) {
            new MeshObject(`${name}-listeners`, listening, { parent: this });
        }
        this.registerOutputs({ address: this.address });
    }

    private byChart(name: string, args: IngressGatewayArgs) {
        const { gateway } = args;
        const chart = gatewayChart(name, args, this);
        return chart.resources.apply((resources: unknown[]) => {
            const service = resources.find((resource) => k8s.core.v1.Service.isInstance(resource));
            return service === undefined
                ? pulumi.output(gatewayAddress(gateway, undefined))
                : service.status.apply((status) =>
                      gatewayAddress(gateway, status as typeof status | undefined),
                  );
        });
    }

    private byGatewayApi(name: string, args: IngressGatewayArgs) {
        const { gateway } = args;
        const options = gatewayOptions(name, args, this);
        for (const object of kubernetesGateway(gateway, options.name)) {
            new MeshObject(`${name}-${object.kind}`, object, {
                parent: this,
                dependsOn: options.resource,
            });
        }
        // istiod names what it deploys after the class.
        return pulumi.output(
            gatewayAddress({ ...gateway, name: `${gateway.name}-istio` }, undefined),
        );
    }
}
