import type * as pulumi from "@pulumi/pulumi";

const CRD = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";

/** Cluster-wide objects that a later install may find, left by an earlier one. */
const TAKEN_OVER: readonly string[] = [
    CRD,
    "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy",
    "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding",
];

/**
 * CRDs outlive the stack: deleting one deletes every object of its kind, whoever made it. A later
 * install finds them, perhaps in another version, so it may take their fields over.
 */
export const keptCrds: pulumi.ResourceTransform = ({ type, props, opts }) => {
    if (!TAKEN_OVER.includes(type)) {
        return undefined;
    }
    const { metadata } = props as { metadata?: { annotations?: Record<string, string> } };
    const annotations = {
        ...metadata?.annotations,
        "pulumi.com/patchForce": "true",
        // Policies don't see retainOnDelete, so it is also said where they and people look.
        ...(type === CRD ? { "helm.sh/resource-policy": "keep" } : {}),
    };
    return {
        props: { ...props, metadata: { ...metadata, annotations } },
        opts: type === CRD ? { ...opts, retainOnDelete: true } : opts,
    };
};
