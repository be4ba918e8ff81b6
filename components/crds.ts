import type * as pulumi from "@pulumi/pulumi";

const CRD = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";

/**
 * CRDs outlive the stack: deleting one deletes every object of its kind, whoever made it. A later
 * install finds them there, perhaps in another version, so it may take their fields over.
 */
export const upgradableCrds: pulumi.ResourceTransform = ({ type, props, opts }) => {
    if (type !== CRD) {
        return undefined;
    }
    const object = props as { metadata?: { annotations?: Record<string, string> } };
    return {
        props: {
            ...props,
            metadata: {
                ...object.metadata,
                annotations: { ...object.metadata?.annotations, "pulumi.com/patchForce": "true" },
            },
        },
        opts: { ...opts, retainOnDelete: true },
    };
};
