import type { Found, Stack } from "../../found";
import { before, grouped } from "../../grouped";
import { shareWorkloads } from "../../gateway-workloads";
import { stackRule } from "../../rule";

/** Certificates of a Gateway's servers, by the Secret or file that holds them. */
function certificatesOf({ object }: Found<"istioGateway">): string[] {
    return (object.spec?.servers ?? []).flatMap(({ tls }) => {
        if (!tls || tls.mode === "PASSTHROUGH" || tls.mode === "AUTO_PASSTHROUGH") return [];
        const secrets = [tls.credentialName ?? "", ...(tls.credentialNames ?? [])].filter(Boolean);
        return secrets.length > 0 ? secrets : [tls.serverCertificate ?? ""].filter(Boolean);
    });
}

/** Gateways by the certificates they use. For `stack.view`. */
function gatewaysByCertificate(stack: Stack): ReadonlyMap<string, Found<"istioGateway">[]> {
    return grouped(stack.all("istioGateway"), (found) => new Set(certificatesOf(found)));
}

export const forbidSharedCertificates = stackRule({
    name: "forbid-shared-certificates",
    displayName: "A certificate serves one Gateway",
    description: "No two Gateways of the same pods use the same certificate.",
    why:
        "Browsers reuse an HTTP/2 connection for every host that its certificate names. With one wildcard " +
        "certificate in two Gateways a request for the second host comes over the first's connection, whose " +
        "routes don't know it: 404, now and then.",
    severity: "medium",
    enforcementLevel: "advisory",
    remediationSteps:
        "Put all hosts of the certificate into one Gateway, by a wildcard host, and route by VirtualServices; " +
        "or issue a certificate per Gateway.",
    url: "https://istio.io/latest/docs/ops/common-problems/network-issues/#404-errors-occur-when-multiple-gateways-configured-with-same-tls-certificate",
    tags: ["gateways", "tls", "traffic"],
    reads: ["pod", "deployment", "statefulSet", "daemonSet", "replicaSet", "job", "cronJob"],
    judge: {
        *istioGateway(found, _, stack) {
            const ours = new Set(certificatesOf(found));
            const byCertificate = stack.view(gatewaysByCertificate);
            const others = new Set(
                [...ours].flatMap((name) => before(found, byCertificate.get(name))),
            );
            for (const other of others) {
                if (!shareWorkloads(found, other, stack)) continue;
                const shared = [...new Set(certificatesOf(other))].filter((name) => ours.has(name));
                yield (
                    `${found.subject} shares certificate "${shared.join('", "')}" with ${other.subject} on the ` +
                    "same pods: reused HTTP/2 connections get 404; merge the Gateways, or use a certificate " +
                    "for each (IST0138)."
                );
            }
        },
    },
});
