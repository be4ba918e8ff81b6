import { clientTlsOf } from "../../client-tls";
import { flag } from "../../config";
import { objectRule } from "../../rule";

export const requireCertificateVerification = objectRule({
    name: "require-certificate-verification",
    displayName: "Clients verify the server's certificate",
    description:
        "No DestinationRule that originates TLS skips the check of the server's certificate.",
    why:
        "TLS to a server that nobody verifies keeps out listeners only: whoever answers in its place is " +
        "believed. Where a rule names no authority, today's Istio trusts the operating system's list: right " +
        "for public servers, but istioctl still warns of it, and a private server deserves its own bundle.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Remove insecureSkipVerify. For a private authority set caCertificates to the bundle's path in the " +
        "proxy, or credentialName where a gateway or a workloadSelector reads it.",
    url: "https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings",
    tags: ["mtls", "security", "destination-rules"],
    controls: { nist: ["SC-8", "SC-23"] },
    config: {
        named: flag(
            "Whether a rule must name whom it trusts, as istioctl demands (IST0128, IST0129).",
            false,
        ),
    },
    judge: {
        *destinationRule({ subject, object }, { named }) {
            for (const { field, tls, level } of clientTlsOf(object)) {
                const { mode } = tls;
                if (mode !== "SIMPLE" && mode !== "MUTUAL") continue;
                const host = object.spec?.host ?? "";
                if (tls.insecureSkipVerify === true) {
                    yield (
                        `${subject} has insecureSkipVerify in ${field}: anyone may answer as "${host}"; ` +
                        "remove it."
                    );
                } else if (
                    named &&
                    !tls.caCertificates &&
                    // Sidecars read a Secret only where the rule selects them.
                    !(tls.credentialName && object.spec?.workloadSelector)
                ) {
                    yield (
                        `${subject} has mode ${mode} but no caCertificates in ${field}: any public authority ` +
                        `may vouch for "${host}"; set it to system or to a bundle's path ` +
                        `(${level === "port" ? "IST0129" : "IST0128"}).`
                    );
                }
            }
        },
    },
});
