import { objectRule } from "../../rule";

export const requireEffectiveAuthorization = objectRule({
    name: "require-effective-authorization",
    displayName: "Every AuthorizationPolicy does what it says",
    description: "Every AuthorizationPolicy has what its action needs to take effect.",
    why:
        "A DENY, AUDIT or CUSTOM policy without rules never triggers, and protects nothing; an ALLOW policy " +
        "without rules allows nothing, so one that is named for what it allows stops all traffic; a CUSTOM " +
        "policy without a provider asks nobody.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Give DENY, AUDIT and CUSTOM policies rules ([{}] means every request), CUSTOM ones a provider that " +
        "the mesh's extensionProviders name, and an ALLOW policy the rules that its name promises.",
    url: "https://istio.io/latest/docs/reference/config/security/authorization-policy/",
    tags: ["authorization", "security"],
    controls: { nist: ["AC-3"] },
    judge: {
        *authorizationPolicy({ subject, shortName, object: { spec } }) {
            const action = spec?.action ?? "ALLOW";
            const rules = spec?.rules ?? [];
            if (rules.length === 0 && action !== "ALLOW") {
                // istiod takes an AUDIT that audits nothing.
                const code = action === "AUDIT" ? "" : " (IST0106)";
                yield (
                    `${subject} has action ${action} but no rules, so it never triggers; ` +
                    `add rules, [{}] for every request, or remove the policy${code}.`
                );
            }
            if (rules.length === 0 && action === "ALLOW" && /^allow-(?!no)/.test(shortName)) {
                yield (
                    `${subject} has no rules, so it allows nothing whatever its name says; add rules, ` +
                    "[{}] for every request, or name it allow-nothing."
                );
            }
            const provider = spec?.provider?.name ?? "";
            if (action === "CUSTOM" && provider === "") {
                yield (
                    `${subject} has action CUSTOM but no provider.name, so there is nobody to ask; name one ` +
                    "of meshConfig.extensionProviders (IST0106)."
                );
            }
            if (action !== "CUSTOM" && provider !== "") {
                yield (
                    `${subject} has provider "${provider}" but action ${action}, which asks none; set the ` +
                    "action to CUSTOM or remove the provider (IST0106)."
                );
            }
            const targets = [
                ...(spec?.targetRefs ?? []),
                ...(spec?.targetRef ? [spec.targetRef] : []),
            ];
            if (spec?.selector && targets.length > 0) {
                yield (
                    `${subject} has both selector and targetRefs, of which istiod takes one only; keep ` +
                    "targetRefs for waypoints and gateways, selector for sidecars and ztunnel (IST0106)."
                );
            }
        },
    },
});
