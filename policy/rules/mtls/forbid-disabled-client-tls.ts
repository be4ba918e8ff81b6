import { clientTlsOf } from "../../client-tls";
import { texts } from "../../config";
import { hostMatches } from "../../hosts";
import { objectRule } from "../../rule";

export const forbidDisabledClientTls = objectRule({
    name: "forbid-disabled-client-tls",
    displayName: "No client turns TLS off",
    description: "No DestinationRule turns TLS off for the clients of a host, a port or a subset.",
    why:
        "A DestinationRule with mode DISABLE makes every client of the host speak plain text: a strict server " +
        "then refuses them, and a permissive one takes requests without an identity. Without the setting, " +
        "Istio speaks mutual TLS wherever the server can.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Remove the tls block, so that Istio decides, or set its mode to ISTIO_MUTUAL in the mesh and to " +
        "SIMPLE or MUTUAL outside it.",
    url: "https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings-TLSmode",
    tags: ["mtls", "security", "destination-rules"],
    controls: { nist: ["SC-8"], pci: ["4.2.1"] },
    config: {
        hosts: texts(
            "Hosts whose clients may speak plain text, as the rule's spec.host says them; `*.example.com` takes all below it.",
            [],
        ),
    },
    judge: {
        *destinationRule({ subject, object }, { hosts }) {
            const host = object.spec?.host ?? "";
            if (hosts.some((allowed) => hostMatches(allowed, host))) return;
            for (const { field, tls } of clientTlsOf(object)) {
                if (tls.mode === "DISABLE" || tls.mode === undefined) {
                    // A block without a mode means DISABLE, which is the API's zero value.
                    const given =
                        tls.mode === undefined ? "no mode, which means DISABLE" : "mode DISABLE";
                    yield (
                        `${subject} has ${given}, in ${field}: clients of "${host}" speak plain text; ` +
                        "remove the block, or set the mode to ISTIO_MUTUAL, SIMPLE or MUTUAL."
                    );
                }
            }
        },
    },
});
