import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings/schema";
import { WAYPOINT } from "./plan/namespaces";
import { sizingOf } from "./plan/sizing";
import { waypointOptions, WAYPOINT_OPTIONS } from "./plan/waypoint-plan";

/** Arguments for Waypoint. */
export interface WaypointArgs extends Pick<Settings, "size" | "sizing"> {
    /** Name of an existing ambient namespace. */
    readonly namespace: pulumi.Input<string>;
}

/** An ambient namespace's L7 proxy. istiod makes its Deployment, Service and account. */
export class Waypoint extends pulumi.ComponentResource {
    /** @internal */
    public static readonly __pulumiType = "istio-mesh:mesh:Waypoint";

    constructor(name: string, args: WaypointArgs, opts?: pulumi.ComponentResourceOptions) {
        super(Waypoint.__pulumiType, name, args, opts);
        const { namespace, size, sizing } = args;
        const options = new k8s.core.v1.ConfigMap(
            `${name}-options`,
            {
                metadata: { name: WAYPOINT_OPTIONS, namespace },
                data: { ...waypointOptions(sizingOf(size, sizing)) },
            },
            // The Gateway refers to it by this name.
            { parent: this, deleteBeforeReplace: true },
        );
        new k8s.apiextensions.CustomResource(
            `${name}-gateway`,
            {
                apiVersion: "gateway.networking.k8s.io/v1",
                kind: "Gateway",
                metadata: {
                    name: WAYPOINT,
                    namespace,
                    labels: { "istio.io/waypoint-for": "service" },
                    // Traffic is sent to it as soon as the namespace says so: it must answer.
                    annotations: { "pulumi.com/waitFor": "condition=Programmed" },
                },
                spec: {
                    gatewayClassName: "istio-waypoint",
                    listeners: [{ name: "mesh", port: 15008, protocol: "HBONE" }],
                    infrastructure: {
                        parametersRef: {
                            group: "",
                            kind: "ConfigMap",
                            name: options.metadata.name,
                        },
                    },
                },
            },
            { parent: this, deleteBeforeReplace: true },
        );
        this.registerOutputs({});
    }
}
