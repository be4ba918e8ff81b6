import { choice } from "../../config";
import type { ServerTls } from "../../kinds/istio-networking";
import { type Finding, objectRule } from "../../rule";

const VERSIONS = ["TLSV1_0", "TLSV1_1", "TLSV1_2", "TLSV1_3"] as const;
const MINIMA = ["TLSV1_2", "TLSV1_3"] as const;

/** Suites of TLS 1.2 with forward secrecy and authenticated encryption; those of 1.3 can't be chosen. */
const STRONG =
    /^(TLS_[A-Z0-9_]+|\[?(ECDHE-(ECDSA|RSA)-(AES(128|256)-GCM-SHA(256|384)|CHACHA20-POLY1305)\|?)+\]?)$/;

function* judge(
    subject: string,
    place: string,
    tls: ServerTls,
    minimum: (typeof MINIMA)[number],
): Generator<Finding> {
    const given = tls.minProtocolVersion;
    // Servers' default, TLS_AUTO, is TLS 1.2.
    const lowest = given === undefined || given === "TLS_AUTO" ? "TLSV1_2" : given;
    const rank = VERSIONS.findIndex((version) => version === lowest);
    if (rank < VERSIONS.indexOf(minimum)) {
        const reading =
            given === undefined
                ? "no minProtocolVersion, which means TLSV1_2"
                : `minProtocolVersion ${given}`;
        yield `${subject} has ${reading}, in ${place}; set it to ${minimum}.`;
    }
    const highest = tls.maxProtocolVersion;
    if (highest === "TLSV1_0" || highest === "TLSV1_1") {
        yield `${subject} has maxProtocolVersion ${highest}, in ${place}, which shuts modern clients out; remove it.`;
    }
    const weak = (tls.cipherSuites ?? []).filter((suite) => !STRONG.test(suite));
    if (weak.length > 0) {
        yield (
            `${subject} takes weak cipher suites in ${place}: ${weak.join(", ")}; keep those with ECDHE and ` +
            "GCM or CHACHA20, or leave the list to Envoy."
        );
    }
}

export const requireModernTls = objectRule({
    name: "require-modern-tls",
    displayName: "Gateways speak today's TLS",
    description:
        "No gateway or sidecar takes TLS older than 1.2, or cipher suites without forward secrecy.",
    why:
        "TLS 1.0 and 1.1 are withdrawn (RFC 8996), and auditors refuse them. Istio's default is 1.2 with strong " +
        "suites: what is weak was written down, often for a client that is long gone.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Remove minProtocolVersion and cipherSuites, or set TLSV1_2 or TLSV1_3 and suites such as " +
        "ECDHE-ECDSA-AES256-GCM-SHA384.",
    url: "https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings-TLSProtocol",
    tags: ["gateways", "tls", "security"],
    controls: { nist: ["SC-8", "SC-13"], pci: ["4.2.1"] },
    config: {
        minimum: choice("The oldest version that a server may take.", MINIMA, "TLSV1_2"),
    },
    judge: {
        *istioGateway({ subject, object: { spec } }, { minimum }) {
            for (const [index, { tls }] of (spec?.servers ?? []).entries()) {
                // A redirect ends before TLS, and what passes through isn't ours to speak.
                if (!tls || tls.httpsRedirect === true || tls.mode === "PASSTHROUGH") continue;
                if (tls.mode === "AUTO_PASSTHROUGH") continue;
                yield* judge(subject, `spec.servers[${index}].tls`, tls, minimum);
            }
        },
        *sidecar({ subject, object: { spec } }, { minimum }) {
            for (const [index, { tls }] of (spec?.ingress ?? []).entries()) {
                if (tls) yield* judge(subject, `spec.ingress[${index}].tls`, tls, minimum);
            }
        },
        *gateway({ subject, object: { spec } }) {
            for (const [index, { tls }] of (spec?.listeners ?? []).entries()) {
                const suites = tls?.options?.["gateway.istio.io/tls-cipher-suites"];
                if (suites === undefined) continue;
                const cipherSuites = suites.split(",").map((suite) => suite.trim());
                yield* judge(
                    subject,
                    `spec.listeners[${index}].tls.options`,
                    { cipherSuites },
                    "TLSV1_2",
                );
            }
        },
    },
});
