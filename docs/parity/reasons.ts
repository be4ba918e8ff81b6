import type { Difference } from "./compare";

/** Why a difference is there, for every one that is known. */
export interface Reason {
    readonly title: string;
    /** Whole sentences. */
    readonly why: string;
    readonly explains: (difference: Difference) => boolean;
}

const labelled = /^(metadata|spec\.template\.metadata)\.labels\./;

/** Every difference that is meant to be. One that none of these explains fails the check. */
export const REASONS: readonly Reason[] = [
    {
        title: "The mark of the operator",
        why: "The operator puts `managed-by: sail-operator` on everything it makes. Under Helm the objects are the stack's own.",
        explains: ({ field }) => field === "metadata.labels.managed-by",
    },
    {
        title: "The name of the release",
        why: "Helm's releases are named by the chart; the operator's by revision and chart, as in `default-istiod`. Charts write the name into labels, also of pods; nothing selects by them.",
        explains: ({ field }) =>
            labelled.test(field) &&
            /\.labels\.(release|app\.kubernetes\.io\/instance)$/.test(field),
    },
    {
        title: "Whether webhooks refuse while istiod is away",
        why: "Both end at `Fail`. Helm's charts are told so from the start, since istiod raises `Ignore` on the live object and every later update would be a difference. The operator has no place for the setting; it installs `Ignore` and leaves what istiod makes of it.",
        explains: ({ object, field, helm, sail }) =>
            (object.startsWith("ValidatingWebhookConfiguration ") &&
                field.endsWith(".failurePolicy") &&
                helm === '"Fail"' &&
                sail === '"Ignore"') ||
            /^data\.(merged|original)-values\.base\.validationFailurePolicy$/.test(field),
    },
    {
        title: "Copies of the values that nobody reads",
        why: "istiod's chart keeps the values it was given in a ConfigMap, for people. The operator's copy shows what its `default` profile adds; what comes of the values is the same.",
        explains: ({ object, field }) =>
            object === "ConfigMap istio-system/values" &&
            /^data\.(original-values\.(global\.(configValidation|istioNamespace)|revision|pdb\.minAvailable|ztunnel\.resourceName)|merged-values\.ztunnel\.resourceName)$/.test(
                field,
            ),
    },
];
