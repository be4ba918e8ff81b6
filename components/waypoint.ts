import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings/schema";
import { WAYPOINT } from "./plan/namespaces";
import { sizingOf } from "./plan/sizing";
import { waypointOptions } from "./plan/waypoint-plan";
import type { WaypointFor } from "./plan/waypoints";

/** Arguments for Waypoint. */
export interface WaypointArgs extends Pick<Settings, "size" | "sizing"> {
    /** Name of an existing ambient namespace. */
    readonly namespace: pulumi.Input<string>;
    /** Its own name, by which namespaces and Services use it. @default "waypoint" */
    readonly name?: string;
    /** What passes it: requests to Services, to pods themselves, or both. @default "service" */
    readonly for?: WaypointFor;
    /** Revision or tag of the istiod that deploys it. @default the mesh's own */
    readonly revision?: string | undefined;
}

/** An L7 proxy of ambient. istiod makes its Deployment, Service and account. */
export class Waypoint extends pulumi.ComponentResource {
    /** @internal */
    public static readonly __pulumiType = "istio-mesh:mesh:Waypoint";

    constructor(name: string, args: WaypointArgs, opts?: pulumi.ComponentResourceOptions) {
        super(Waypoint.__pulumiType, name, args, opts);
        const { namespace, name: physical = WAYPOINT, for: what = "service", revision } = args;
        const options = new k8s.core.v1.ConfigMap(
            `${name}-options`,
            {
                metadata: { name: `${physical}-options`, namespace },
                data: { ...waypointOptions(sizingOf(args.size, args.sizing), physical) },
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
                    name: physical,
                    namespace,
                    labels: {
                        "istio.io/waypoint-for": what,
                        ...(revision === undefined ? {} : { "istio.io/rev": revision }),
                    },
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
