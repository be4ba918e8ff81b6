import { fullHost, namespacesOf } from "../../hosts";
import { stackRule } from "../../rule";

export const forbidCompetingDestinationRules = stackRule({
    name: "forbid-competing-destination-rules",
    displayName: "One DestinationRule speaks for a host",
    description: "No two DestinationRules of a namespace say different things of the same host.",
    why:
        "istiod merges rules of one namespace for one host: subsets add up, but of two traffic policies, and " +
        "of two subsets of one name, it keeps the older. Which one that is depends on the order of creation.",
    severity: "medium",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Merge the rules, or give one a workloadSelector if it is meant for some clients only.",
    url: "https://istio.io/latest/docs/ops/best-practices/traffic-management/#split-virtual-services",
    tags: ["traffic", "destination-rules"],
    reads: ["namespace", "service"],
    judge: {
        *destinationRule(found, _, stack) {
            const { spec } = found.object;
            if (spec?.workloadSelector) return;
            const host = fullHost(spec?.host ?? "", found.namespace, stack.view(namespacesOf));
            for (const other of stack.in("destinationRule", found.namespace)) {
                if (other === found) break;
                const theirs = other.object.spec;
                if (theirs?.workloadSelector) continue;
                if (
                    fullHost(theirs?.host ?? "", other.namespace, stack.view(namespacesOf)) !== host
                )
                    continue;
                const both = [
                    ...(spec?.trafficPolicy && theirs?.trafficPolicy ? ["a trafficPolicy"] : []),
                    ...(spec?.subsets ?? [])
                        .filter(({ name }) =>
                            theirs?.subsets?.some((subset) => subset.name === name),
                        )
                        .map(({ name }) => `subset "${name ?? ""}"`),
                ];
                if (both.length === 0) continue;
                yield (
                    `${found.subject} and ${other.subject} both have ${both.join(" and ")} for "${host}", of which ` +
                    "istiod keeps the older; merge them (KIA0201)."
                );
            }
        },
    },
});
