import * as pulumi from "@pulumi/pulumi";
import { childOf } from "./child";
import { MeshObject } from "./mesh-object";
import { securityPlan, type SecurityInput } from "./security/plan";

/** Arguments for MeshSecurity: the settings of that section, and of the namespaces they speak of. */
export type MeshSecurityArgs = SecurityInput;

/**
 * mTLS of the whole mesh, who may call what, whose tokens count, and what outside may be called. Needs
 * istiod ready, which validates.
 */
export class MeshSecurity extends pulumi.ComponentResource {
    /** @internal */
    public static readonly __pulumiType = "istio-mesh:mesh:MeshSecurity";

    constructor(name: string, args: MeshSecurityArgs, opts?: pulumi.ComponentResourceOptions) {
        const { security, namespaces, dataPlane } = args;
        super(MeshSecurity.__pulumiType, name, { security, namespaces, dataPlane }, opts);
        for (const object of securityPlan(args)) {
            const { name: physical, namespace = "" } = object.metadata;
            new MeshObject(
                `${name}-${namespace}/${physical}-${object.kind}`,
                object,
                childOf(this, opts),
            );
        }
        this.registerOutputs({});
    }
}
