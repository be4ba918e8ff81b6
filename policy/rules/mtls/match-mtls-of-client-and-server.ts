import { clientTlsOf } from "../../client-tls";
import { fullHost, hostsOf, namespacesOf } from "../../hosts";
import { mtlsOf } from "../../policy-scope";
import { stackRule } from "../../rule";

export const matchMtlsOfClientAndServer = stackRule({
    name: "match-mtls-of-client-and-server",
    displayName: "Clients speak the TLS that servers take",
    description:
        "A DestinationRule's TLS mode fits the PeerAuthentication that holds for its host.",
    why:
        "A server with STRICT refuses clients that speak plain text or TLS of their own, and one with DISABLE " +
        "doesn't understand ISTIO_MUTUAL: every request fails with 503 and a connection reset, and neither " +
        "object says why.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Remove the tls block of the DestinationRule, so that Istio follows the server, or bring both to mutual TLS.",
    url: "https://istio.io/latest/docs/ops/common-problems/network-issues/#503-errors-after-setting-destination-rule",
    tags: ["mtls", "security", "destination-rules"],
    controls: { nist: ["SC-8"] },
    reads: [
        "peerAuthentication",
        "service",
        "serviceEntry",
        "namespace",
        "deployment",
        "istio",
        "configMap",
    ],
    judge: {
        *destinationRule({ subject, namespace, object }, _, stack) {
            const host = fullHost(object.spec?.host ?? "", namespace, stack.view(namespacesOf));
            const service = stack
                .view(hostsOf)
                .get(host)
                ?.find(({ kind }) => kind === "service");
            if (service?.kind !== "service") return;
            const server = mtlsOf(
                { namespace: service.namespace, labels: service.object.spec?.selector ?? {} },
                stack,
            );
            if (server?.mode !== "STRICT" && server?.mode !== "DISABLE") return;
            for (const { field, tls } of clientTlsOf(object)) {
                const mode = tls.mode ?? "DISABLE";
                if ((server.mode === "STRICT") === (mode === "ISTIO_MUTUAL")) continue;
                // A server without mutual TLS may well serve TLS itself.
                if (server.mode === "DISABLE" && mode !== "ISTIO_MUTUAL") continue;
                yield (
                    `${subject} has mode ${mode} in ${field}, but ${server.found.subject} demands ${server.mode} ` +
                    `of ${service.subject}, so every connection fails; ` +
                    (server.mode === "STRICT"
                        ? "remove the block, or set ISTIO_MUTUAL (KIA0207)."
                        : "remove the block, or set the server to STRICT (KIA0206).")
                );
            }
        },
    },
});
