import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { checkedArgs } from "../settings/component-args";
import { namespace as namespaceSchema, type DataPlane, type Settings } from "../settings/schema";
import { childOf } from "./child";
import { MeshObject } from "./mesh-object";
import { networkPolicySpec, quotaHard } from "./plan/namespace-guards";
import { servedAnnotations, servedLabels } from "./plan/namespaces";
import { enforcerOf, namespacePolicies } from "./security/plan";
import { Waypoint } from "./waypoint";

/** Arguments for MeshNamespace. */
export interface MeshNamespaceArgs extends z.input<typeof namespaceSchema> {
    readonly dataPlane: DataPlane | "none";
    /** Size of its waypoint. @default "production" */
    readonly size?: Settings["size"];
    /** Single numbers of its waypoint that differ from the size. @default none */
    readonly sizing?: Settings["sizing"];
    /** Names of all its waypoints, where it has more than its own. @default its own */
    readonly waypoints?: readonly string[];
}

/**
 * A namespace in the mesh: on one data plane, with its waypoint, mTLS mode, default deny, what its
 * sidecars know, quota, Pod Security Standard and network policy. Needs the control plane ready.
 */
export class MeshNamespace extends pulumi.ComponentResource {
    /** @internal */
    public static readonly __pulumiType = "istio-mesh:mesh:MeshNamespace";
    /** For what is deployed into it. */
    public readonly namespace: k8s.core.v1.Namespace;

    /** @throws RunError that lists every wrong argument. */
    constructor(name: string, args: MeshNamespaceArgs, opts?: pulumi.ComponentResourceOptions) {
        const { size = "production", sizing = {}, waypoints, ...given } = args;
        const settings = checkedArgs(`MeshNamespace ${name}`, namespaceSchema, given);
        super(MeshNamespace.__pulumiType, name, args, opts);
        const { dataPlane } = args;
        const { name: physical, waypoint, quota, networkPolicy } = settings;
        const annotations = servedAnnotations(settings);
        // It was the mesh's own child before: replaced, it would take everything in it along.
        const aliases = opts?.parent === undefined ? [] : [{ parent: opts.parent }];
        this.namespace = new k8s.core.v1.Namespace(
            name,
            {
                metadata: {
                    name: physical,
                    labels: servedLabels(settings, dataPlane),
                    ...(annotations === undefined ? {} : { annotations }),
                },
            },
            { ...childOf(this, opts), aliases },
        );
        const inside = { parent: this, dependsOn: this.namespace };
        const metadata = { name: physical, namespace: this.namespace.metadata.name };
        if (quota !== undefined) {
            new k8s.core.v1.ResourceQuota(
                `${name}-quota`,
                { metadata, spec: { hard: quotaHard(quota) } },
                inside,
            );
        }
        if (networkPolicy !== undefined) {
            new k8s.networking.v1.NetworkPolicy(
                `${name}-network-policy`,
                { metadata, spec: networkPolicySpec({ name: physical, networkPolicy }) },
                inside,
            );
        }
        if (waypoint) {
            new Waypoint(
                `${name}-waypoint`,
                {
                    namespace: this.namespace.metadata.name,
                    size,
                    sizing,
                    ...(settings.waypointFor === undefined ? {} : { for: settings.waypointFor }),
                },
                { ...inside, aliases },
            );
        }
        const enforcer = enforcerOf(dataPlane, waypoint);
        for (const object of namespacePolicies(settings, enforcer, waypoints)) {
            new MeshObject(`${name}-${object.metadata.name}-${object.kind}`, object, inside);
        }
        this.registerOutputs({ namespace: this.namespace.metadata.name });
    }
}
