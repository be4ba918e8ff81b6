import { choice } from "../../config";
import { dataPlaneOf } from "../../data-planes";
import type { Found } from "../../found";
import { isWide, rootNamespacesOf } from "../../policy-scope";
import { stackRule } from "../../rule";

/** Whether a policy allows nothing to all of its namespace, so that other policies must allow. */
function deniesByDefault({ object: { spec } }: Found<"authorizationPolicy">): boolean {
    return (
        isWide(spec) && (spec?.action ?? "ALLOW") === "ALLOW" && (spec?.rules ?? []).length === 0
    );
}

export const requireDefaultDeny = stackRule({
    name: "require-default-deny",
    displayName: "What no policy allows is refused",
    description: "Every served namespace is covered by an AuthorizationPolicy that allows nothing.",
    why:
        "A workload that no ALLOW policy selects takes every request. With a policy that allows nothing in " +
        "the root namespace, or in each namespace, a forgotten workload is closed instead of open. " +
        "Namespaces of the stack are judged; a policy that another program makes calls for an exemption.",
    severity: "high",
    enforcementLevel: "advisory",
    remediationSteps:
        "Add AuthorizationPolicy allow-nothing with an empty spec, in the mesh's root namespace or in the " +
        "namespace, and allow what is needed beside it.",
    url: "https://istio.io/latest/docs/ops/best-practices/security/#use-default-deny-patterns",
    tags: ["authorization", "security", "namespaces"],
    controls: { nist: ["AC-3", "AC-4", "SC-7"], pci: ["1.4.2", "7.2.5"] },
    config: {
        where: choice(
            "Where the policy may be: `mesh` for the root namespace alone, or `either`.",
            ["either", "mesh"],
            "either",
        ),
    },
    reads: ["authorizationPolicy", "deployment", "istio", "configMap"],
    judge: {
        *namespace(found, { where }, stack) {
            if (dataPlaneOf(found).mode === "none") return;
            const roots = stack.view(rootNamespacesOf);
            const near = where === "either" ? [...roots, found.shortName] : [...roots];
            const covered = near.some((namespace) =>
                stack.in("authorizationPolicy", namespace).some(deniesByDefault),
            );
            if (covered) return;
            const names = [...roots].map((root) => `"${root}"`).join(" or ");
            yield (
                `${found.subject} takes every request that no policy speaks of: no AuthorizationPolicy that ` +
                `allows nothing is in ${where === "either" ? "it or in " : ""}root namespace ${names}; ` +
                "add one named allow-nothing with an empty spec."
            );
        },
    },
});
