import type * as pulumi from "@pulumi/pulumi";

/**
 * Options of a component's children. They take over what it waits for: the engine orders a destroy by
 * what each resource itself depends on.
 */
export function childOf(
    parent: pulumi.Resource,
    opts: pulumi.ComponentResourceOptions | undefined,
): pulumi.CustomResourceOptions {
    return { parent, ...(opts?.dependsOn === undefined ? {} : { dependsOn: opts.dependsOn }) };
}
