import * as pulumi from "@pulumi/pulumi";
import type { EgressGatewaySettings } from "../settings/schema";
import type { EgressSettings } from "../settings/security";
import { egressGatewayObject } from "./egress/gateway-api-objects";
import { egressPlan } from "./egress/plan";
import { gatewayChart, gatewayOptions } from "./gateway-deployment";
import { MeshObject } from "./mesh-object";
import type { GatewayPlanInput } from "./plan/gateway-plan";
import { Waypoint } from "./waypoint";

/** Arguments for EgressGateway. */
export interface EgressGatewayArgs {
    readonly gateway: EgressGatewaySettings;
    /** Its namespace, which exists, and allows injection unless the gateway is a waypoint. */
    readonly namespace: pulumi.Input<string>;
    /** The mesh it belongs to. */
    readonly mesh: GatewayPlanInput;
    /** What outside is called by it. @default nothing */
    readonly egress?: readonly EgressSettings[];
}

/**
 * The one way out of the mesh for some hosts: a gateway of Istio's chart or of the Gateway API that
 * sidecars send requests to, or a waypoint that ztunnel hands them to. Needs istiod ready, for its
 * injection and validation.
 */
export class EgressGateway extends pulumi.ComponentResource {
    /** @internal */
    public static readonly __pulumiType = "istio-mesh:mesh:EgressGateway";

    constructor(name: string, args: EgressGatewayArgs, opts?: pulumi.ComponentResourceOptions) {
        super(EgressGateway.__pulumiType, name, args, opts);
        const { gateway, egress = [] } = args;
        const deployed = this.deployed(name, args);
        for (const object of egressPlan(gateway, egress)) {
            new MeshObject(`${name}-${object.metadata.name}-${object.kind}`, object, {
                parent: this,
                // Before there is a gateway, its callers would be sent nowhere.
                dependsOn: deployed,
            });
        }
        this.registerOutputs({});
    }

    private deployed(
        name: string,
        { gateway, namespace, mesh }: EgressGatewayArgs,
    ): pulumi.Resource {
        // Nobody reaches it from outside.
        const inside = { ...gateway, serviceType: "ClusterIP", awaitAddress: true } as const;
        switch (gateway.via) {
            case "chart":
                return gatewayChart(name, { gateway: inside, mesh, namespace }, this);
            case "gateway-api": {
                const options = gatewayOptions(name, { gateway: inside, mesh, namespace }, this);
                const object = egressGatewayObject(gateway, options.name);
                return new MeshObject(`${name}-gateway`, object, {
                    parent: this,
                    dependsOn: options.resource,
                });
            }
            case "waypoint": {
                const { name: physical, namespace: _namespace, via: _via, ...numbers } = gateway;
                return new Waypoint(
                    `${name}-waypoint`,
                    {
                        name: physical,
                        namespace,
                        size: mesh.size,
                        sizing: { waypoint: { ...mesh.sizing.waypoint, ...numbers } },
                    },
                    { parent: this },
                );
            }
        }
    }
}
