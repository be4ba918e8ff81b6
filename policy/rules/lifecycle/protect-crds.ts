import { texts } from "../../config";
import { objectRule } from "../../rule";

export const protectCrds = objectRule({
    name: "protect-crds",
    displayName: "CRDs outlive the stack",
    description: "CRDs of Istio, Sail and the Gateway API are kept when the stack is destroyed.",
    why:
        "Deleting a CRD deletes every object of its kind, whoever made it and in whatever namespace: all routes, " +
        "all policies, at once. A policy doesn't see the resource option retainOnDelete, so a program that " +
        "sets it says so with the annotation that Helm's charts use.",
    severity: "critical",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Set the resource option retainOnDelete: true together with the annotation helm.sh/resource-policy: keep, " +
        "or the resource option protect: true.",
    url: "https://istio.io/latest/docs/setup/install/helm/#uninstall",
    tags: ["lifecycle", "crds"],
    controls: { nist: ["CP-9", "CM-5"] },
    config: {
        groups: texts("API groups whose CRDs are kept; a group also takes those below it.", [
            "istio.io",
            "sailoperator.io",
            "gateway.networking.k8s.io",
        ]),
    },
    judge: {
        *customResourceDefinition({ object: { spec, metadata }, subject, protect }, { groups }) {
            const group = spec?.group ?? "";
            if (!groups.some((kept) => group === kept || group.endsWith(`.${kept}`))) return;
            if (!protect && metadata?.annotations?.["helm.sh/resource-policy"] !== "keep") {
                yield (
                    `${subject} goes with the stack, and every object of its kind with it; keep it ` +
                    "(retainOnDelete and annotation helm.sh/resource-policy: keep, or protect)."
                );
            }
        },
    },
});
