import type { Found, Stack } from "../../found";
import { before, grouped } from "../../grouped";
import { stackRule } from "../../rule";
import { seenTogether } from "../../visibility";

/** ServiceEntries by the hosts they name. For `stack.view`. */
function entriesByHost(stack: Stack): ReadonlyMap<string, Found<"serviceEntry">[]> {
    return grouped(stack.all("serviceEntry"), ({ object }) => new Set(object.spec?.hosts ?? []));
}

export const forbidConflictingServiceEntries = stackRule({
    name: "forbid-conflicting-service-entries",
    displayName: "A host and port has one protocol",
    description:
        "No two ServiceEntries that the same namespaces see give a host and port different protocols.",
    why:
        "A proxy has one listener for a host and port. With two protocols one entry's wins, by age, and traffic " +
        "of the other is misread: TLS taken for HTTP fails at once, HTTP taken for TCP loses its routes.",
    severity: "medium",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Keep one ServiceEntry for the host and port, or give both the same protocol.",
    url: "https://istio.io/latest/docs/reference/config/networking/service-entry/",
    tags: ["traffic", "service-entries"],
    reads: [],
    judge: {
        *serviceEntry(found, _, stack) {
            const { spec } = found.object;
            const byHost = stack.view(entriesByHost);
            const others = new Set(
                (spec?.hosts ?? []).flatMap((host) => before(found, byHost.get(host))),
            );
            for (const other of others) {
                const theirs = other.object.spec;
                const hosts = (spec?.hosts ?? []).filter((host) => theirs?.hosts?.includes(host));
                const seen = seenTogether(
                    { namespace: found.namespace, exportTo: spec?.exportTo },
                    { namespace: other.namespace, exportTo: theirs?.exportTo },
                );
                if (!seen) continue;
                for (const { number, protocol = "TCP" } of spec?.ports ?? []) {
                    const twin = theirs?.ports?.find((port) => port.number === number);
                    const its = twin?.protocol ?? "TCP";
                    if (!twin || its.toUpperCase() === protocol.toUpperCase()) continue;
                    yield (
                        `${found.subject} takes port ${number} of ${hosts.join(", ")} for ${protocol}, ${other.subject} ` +
                        `for ${its}; keep one protocol (IST0177, KIA1212).`
                    );
                }
            }
        },
    },
});
