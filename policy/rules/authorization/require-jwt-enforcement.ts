import type { Found } from "../../found";
import type { AuthorizationPolicy } from "../../kinds/istio-security";
import {
    isWide,
    policiesNear,
    rootNamespacesOf,
    selectedLabels,
    targetsOf,
} from "../../policy-scope";
import { stackRule } from "../../rule";
import { carries } from "../../selectors";

/** Whether a policy refuses requests for want of a token or of what it says. */
function asksForToken({ spec }: AuthorizationPolicy): boolean {
    const action = spec?.action ?? "ALLOW";
    return (spec?.rules ?? []).some(({ from = [], when = [] }) => {
        const sources = from.map(({ source }) => source ?? {});
        const claims = when.some(({ key }) => key?.startsWith("request.auth."));
        if (action === "ALLOW") {
            return (
                claims || sources.some(({ requestPrincipals = [] }) => requestPrincipals.length > 0)
            );
        }
        const without = sources.some(
            ({ notRequestPrincipals = [] }) => notRequestPrincipals.length > 0,
        );
        return action === "DENY" && (claims || without);
    });
}

/** Whether there can be pods that both policies hold for. */
function overlaps(a: Found<"requestAuthentication">, b: Found<"authorizationPolicy">): boolean {
    const [one, other] = [a.object.spec, b.object.spec];
    if (isWide(one) || isWide(other)) return true;
    const targets = targetsOf(one);
    if (targets.length > 0) {
        return targetsOf(other).some((target) =>
            targets.some(({ kind, name }) => kind === target.kind && name === target.name),
        );
    }
    const [ours, theirs] = [selectedLabels(one), selectedLabels(other)];
    return targetsOf(other).length === 0 && (carries(ours, theirs) || carries(theirs, ours));
}

export const requireJwtEnforcement = stackRule({
    name: "require-jwt-enforcement",
    displayName: "Requests without a token are refused, too",
    description:
        "Every RequestAuthentication has an AuthorizationPolicy beside it that demands the token.",
    why:
        "A RequestAuthentication refuses wrong tokens only: a request without any token passes. What demands " +
        "one is an AuthorizationPolicy for the same workloads. Both belong into one program, so both are " +
        "looked for in the stack; exempt the object where the policy is made elsewhere.",
    severity: "critical",
    enforcementLevel: "mandatory",
    remediationSteps:
        'Add an AuthorizationPolicy with action DENY and source.notRequestPrincipals: ["*"], or one that ' +
        "allows by requestPrincipals or request.auth.claims.",
    url: "https://istio.io/latest/docs/tasks/security/authentication/authn-policy/#require-a-valid-token",
    tags: ["authorization", "jwt", "security"],
    controls: { nist: ["AC-3", "IA-2"], pci: ["7.2.5"] },
    reads: ["authorizationPolicy", "deployment", "istio", "configMap"],
    judge: {
        *requestAuthentication(found, _, stack) {
            if ((found.object.spec?.jwtRules ?? []).length === 0) return;
            const roots = stack.view(rootNamespacesOf);
            // A policy of the whole mesh may be enforced namespace by namespace.
            const near = roots.has(found.namespace)
                ? stack.all("authorizationPolicy")
                : policiesNear("authorizationPolicy", found.namespace, stack);
            const enforced = near.some(
                (policy) => asksForToken(policy.object) && overlaps(found, policy),
            );
            if (enforced) return;
            yield (
                `${found.subject} refuses wrong tokens, but requests without one pass: no AuthorizationPolicy ` +
                'for the same workloads demands it; add one that denies notRequestPrincipals ["*"].'
            );
        },
    },
});
