import { object, protectedFromDelete, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const crd = (group: string, annotations?: object) =>
    object("customResourceDefinition", `things.${group}`, {
        metadata: annotations ? { annotations } : {},
        spec: { group },
    });
const goes = (group: string) =>
    `CustomResourceDefinition "things.${group}" goes with the stack, and every object of its kind with it; ` +
    "keep it (retainOnDelete and annotation helm.sh/resource-policy: keep, or protect).";

export const table: RuleTable = {
    allowed: {
        "one that a chart keeps": crd("networking.istio.io", { "helm.sh/resource-policy": "keep" }),
        "a protected one": protectedFromDelete(crd("sailoperator.io")),
        "one of somebody else": crd("example.com"),
        "a group that only ends alike": crd("notistio.io"),
    },
    denied: {
        "Istio's": [crd("networking.istio.io"), [goes("networking.istio.io")]],
        "Sail's": [crd("sailoperator.io", {}), [goes("sailoperator.io")]],
        "the Gateway API's, kept in another way": [
            crd("gateway.networking.k8s.io", { "helm.sh/resource-policy": "delete" }),
            [goes("gateway.networking.k8s.io")],
        ],
    },
    unknown: {
        "an annotation that isn't known yet": [
            crd("security.istio.io", { "helm.sh/resource-policy": unknown.string }),
            [
                "string value at .metadata.annotations.helm.sh/resource-policy can't be known during preview",
            ],
        ],
    },
    config: {
        groups: [
            {
                value: ["example.com"],
                objects: [crd("example.com"), crd("networking.istio.io")],
                messages: [goes("example.com")],
            },
        ],
    },
};
