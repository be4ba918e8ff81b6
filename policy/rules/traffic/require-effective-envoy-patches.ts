import { objectRule } from "../../rule";

/** Operations that look for something that is there already, so that the order of filters matters. */
const RELATIVE = ["INSERT_BEFORE", "INSERT_AFTER", "REMOVE", "REPLACE"];
/** What can't be added or removed: only merged. */
const MERGED = ["ROUTE_CONFIGURATION", "HTTP_ROUTE"];
const REPLACEABLE = ["HTTP_FILTER", "NETWORK_FILTER", "VIRTUAL_HOST"];

export const requireEffectiveEnvoyPatches = objectRule({
    name: "require-effective-envoy-patches",
    displayName: "Every patch of an EnvoyFilter takes effect",
    description:
        "Every patch of an EnvoyFilter uses an operation that its target takes, in an order that is said.",
    why:
        "Envoy's configuration takes some operations only for some targets; istiod drops the others without a " +
        "word. A patch that looks for something (INSERT_BEFORE, REMOVE) depends on what other filters have done " +
        "before, which without a priority is decided by age and name.",
    severity: "medium",
    enforcementLevel: "advisory",
    remediationSteps:
        "Use MERGE for routes, REPLACE for HTTP_FILTER, NETWORK_FILTER and VIRTUAL_HOST only, and set " +
        "spec.priority where a patch is relative to others.",
    url: "https://istio.io/latest/docs/reference/config/analysis/ist0151/",
    tags: ["traffic", "envoy-filters"],
    judge: {
        *envoyFilter({ subject, object: { spec } }) {
            for (const [index, { applyTo = "", patch }] of (spec?.configPatches ?? []).entries()) {
                const operation = patch?.operation ?? "";
                const place = `spec.configPatches[${index}]`;
                if ((operation === "ADD" || operation === "REMOVE") && MERGED.includes(applyTo)) {
                    yield (
                        `${subject} has ${operation} for ${applyTo} in ${place}, which istiod ignores; use MERGE ` +
                        `(${operation === "ADD" ? "IST0153" : "IST0154"}).`
                    );
                } else if (operation === "REPLACE" && !REPLACEABLE.includes(applyTo)) {
                    yield (
                        `${subject} has REPLACE for ${applyTo} in ${place}, which istiod ignores; use MERGE, or ` +
                        "replace an HTTP_FILTER, NETWORK_FILTER or VIRTUAL_HOST (IST0152)."
                    );
                } else if (RELATIVE.includes(operation) && (spec?.priority ?? 0) === 0) {
                    yield (
                        `${subject} has ${operation} in ${place} but no priority, so what it finds depends on other ` +
                        "filters' age; set spec.priority (IST0151)."
                    );
                }
            }
        },
    },
});
