import type { Found, Stack } from "../../found";
import { before, grouped } from "../../grouped";
import { shareWorkloads } from "../../gateway-workloads";
import type { IstioGateway } from "../../kinds/istio-networking";
import { stackRule } from "../../rule";

type Server = NonNullable<NonNullable<IstioGateway["spec"]>["servers"]>[number];

function serversOf({ object }: Found<"istioGateway">): readonly Server[] {
    return object.spec?.servers ?? [];
}

/** Hosts that both servers claim, where both listen at the same address. */
function claimedTwice(one: Server, other: Server): string[] {
    if (one.port?.number !== other.port?.number) return [];
    if ((one.bind ?? "") !== (other.bind ?? "")) return [];
    return (one.hosts ?? []).filter((host) => (other.hosts ?? []).includes(host));
}

/** Gateways by the hosts of their servers. For `stack.view`. */
function gatewaysByHost(stack: Stack): ReadonlyMap<string, Found<"istioGateway">[]> {
    return grouped(
        stack.all("istioGateway"),
        (found) => new Set(serversOf(found).flatMap(({ hosts = [] }) => hosts)),
    );
}

export const forbidConflictingGateways = stackRule({
    name: "forbid-conflicting-gateways",
    displayName: "One Gateway answers for a host and port",
    description: "No two Gateways of the same pods claim the same host on the same port.",
    why:
        "istiod merges what all Gateways ask of the same pods. A host and port that two claim goes to the " +
        "older; the other's TLS settings and certificate are dropped without a word.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Keep the host in one Gateway, and let VirtualServices of other namespaces name that one.",
    url: "https://istio.io/latest/docs/reference/config/analysis/ist0145/",
    tags: ["gateways", "traffic"],
    controls: { nist: ["CM-6"] },
    reads: ["pod", "deployment", "statefulSet", "daemonSet", "replicaSet", "job", "cronJob"],
    judge: {
        *istioGateway(found, _, stack) {
            const byHost = stack.view(gatewaysByHost);
            const hosts = serversOf(found).flatMap((server) => server.hosts ?? []);
            const others = new Set(hosts.flatMap((host) => before(found, byHost.get(host))));
            for (const other of others) {
                if (!shareWorkloads(found, other, stack)) continue;
                for (const [index, server] of serversOf(found).entries()) {
                    const hosts = serversOf(other).flatMap((theirs) =>
                        claimedTwice(server, theirs),
                    );
                    if (hosts.length === 0) continue;
                    yield (
                        `${found.subject} claims ${hosts.join(", ")} on port ${server.port?.number} in ` +
                        `spec.servers[${index}], as ${other.subject} does for the same pods; keep one ` +
                        "(IST0145, KIA0301)."
                    );
                }
            }
        },
    },
});
