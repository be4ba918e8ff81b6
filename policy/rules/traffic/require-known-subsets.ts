import { destinationsOf, ownersOf } from "../../destinations";
import type { Stack } from "../../found";
import { fullHost, namespacesOf } from "../../hosts";
import { stackRule } from "../../rule";

/** The subsets that DestinationRules of the stack define, by full host. For `stack.view`. */
function subsetsOf(stack: Stack): ReadonlyMap<string, ReadonlySet<string>> {
    const subsets = new Map<string, Set<string>>();
    for (const { namespace, object } of stack.all("destinationRule")) {
        const host = fullHost(object.spec?.host ?? "", namespace, stack.view(namespacesOf));
        const names = subsets.get(host) ?? new Set<string>();
        for (const { name = "" } of object.spec?.subsets ?? []) names.add(name);
        subsets.set(host, names);
    }
    return subsets;
}

export const requireKnownSubsets = stackRule({
    name: "require-known-subsets",
    displayName: "Routes lead to subsets that are defined",
    description:
        "Every subset that a VirtualService names is one of a DestinationRule for its host.",
    why:
        "A route to a subset that no DestinationRule defines answers 503 (no healthy upstream, NC). Judged are " +
        "hosts whose Service, ServiceEntry or DestinationRule the stack has; rules for others may be elsewhere.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps: "Define the subset in the host's DestinationRule, or correct its name.",
    url: "https://istio.io/latest/docs/reference/config/analysis/ist0101/",
    tags: ["traffic", "virtual-services", "destination-rules"],
    reads: ["destinationRule", "service", "serviceEntry", "namespace"],
    judge: {
        *virtualService({ subject, namespace, object }, _, stack) {
            for (const { place, host, subset = "" } of destinationsOf(object)) {
                if (subset === "") continue;
                const full = fullHost(host, namespace, stack.view(namespacesOf));
                const defined = stack.view(subsetsOf).get(full);
                if (defined?.has(subset)) continue;
                if (!defined && ownersOf(host, namespace, stack).length === 0) continue;
                const known = [...(defined ?? [])].map((name) => `"${name}"`).join(", ");
                yield (
                    `${subject} sends to subset "${subset}" of "${host}" in ${place}, which no DestinationRule ` +
                    `defines; ${known === "" ? "define it" : `define it, or use ${known}`} (IST0101, KIA1107).`
                );
            }
        },
    },
});
