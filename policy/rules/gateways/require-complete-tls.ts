import { type Finding, objectRule } from "../../rule";
import type { ServerTls } from "../../kinds/istio-networking";

const PLAIN = ["HTTP", "HTTP2", "GRPC", "GRPC-WEB", "MONGO", "MYSQL", "REDIS", "TCP"];
const ENCRYPTED = ["HTTPS", "TLS"];

/** What a server's certificate settings lack for its mode. */
function* lacks(tls: ServerTls): Generator<string> {
    const mode = tls.mode ?? "PASSTHROUGH";
    const named =
        (tls.credentialName ?? "") !== "" ||
        (tls.credentialNames ?? []).length > 0 ||
        ((tls.serverCertificate ?? "") !== "" && (tls.privateKey ?? "") !== "");
    if ((mode === "SIMPLE" || mode === "MUTUAL" || mode === "OPTIONAL_MUTUAL") && !named) {
        yield `mode ${mode} but no certificate; set credentialName to a Secret beside the gateway's pods`;
    }
    const bundle = (tls.credentialName ?? "") !== "" || (tls.credentialNames ?? []).length > 0;
    if (
        (mode === "MUTUAL" || mode === "OPTIONAL_MUTUAL") &&
        named &&
        !bundle &&
        !tls.caCertificates
    ) {
        yield `mode ${mode} but no caCertificates to verify clients by; set it, or use credentialName`;
    }
}

export const requireCompleteTls = objectRule({
    name: "require-complete-tls",
    displayName: "TLS servers of a gateway can serve",
    description:
        "Every server of a gateway has the TLS settings that its protocol and mode need, and no others.",
    why:
        "istiod refuses a server whose TLS is incomplete, and with it the whole Gateway, but only when it is " +
        "applied; a mode that is left out means PASSTHROUGH, so what was meant to end TLS doesn't.",
    severity: "medium",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Give HTTPS and TLS servers a mode and a credentialName, take tls from plain ones but for httpsRedirect, " +
        "and name ports once.",
    url: "https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings",
    tags: ["gateways", "tls"],
    controls: { nist: ["SC-8"] },
    judge: {
        *istioGateway({ subject, object: { spec } }): Generator<Finding> {
            const servers = spec?.servers ?? [];
            if (servers.length === 0)
                yield `${subject} has no servers, so istiod refuses it; add one (IST0106).`;
            const names = new Set<string>();
            for (const [index, { port, hosts = [], tls }] of servers.entries()) {
                const place = `spec.servers[${index}]`;
                const protocol = (port?.protocol ?? "").toUpperCase();
                const name = port?.name ?? "";
                if (name !== "" && names.has(name)) {
                    yield `${subject} has port name "${name}" again in ${place}; name each port once (IST0106).`;
                }
                names.add(name);
                if (hosts.length === 0) {
                    yield `${subject} has no hosts in ${place}, so istiod refuses it; name them (IST0106).`;
                }
                if (ENCRYPTED.includes(protocol) && !tls) {
                    yield (
                        `${subject} has protocol ${protocol} but no tls in ${place}; set its mode, SIMPLE with a ` +
                        "credentialName or PASSTHROUGH (IST0106)."
                    );
                } else if (PLAIN.includes(protocol) && tls && tls.httpsRedirect !== true) {
                    // TCP may end TLS: that protocol is only what comes after.
                    if (protocol === "TCP") continue;
                    yield (
                        `${subject} has tls in ${place} but protocol ${protocol}, which istiod refuses; set the ` +
                        "protocol to HTTPS, or remove tls (IST0106)."
                    );
                } else if (ENCRYPTED.includes(protocol) && tls) {
                    if (tls.httpsRedirect === true) {
                        yield `${subject} has httpsRedirect in ${place}, which serves HTTPS itself; move it to the HTTP server (IST0133).`;
                    }
                    for (const lack of lacks(tls))
                        yield `${subject} has ${lack}, in ${place}.tls (IST0106).`;
                }
            }
        },
        *gateway({ subject, object: { spec } }) {
            const seen = new Set<string>();
            for (const [index, listener] of (spec?.listeners ?? []).entries()) {
                const { protocol = "", port, hostname = "*", tls } = listener;
                const place = `spec.listeners[${index}]`;
                if (protocol === "HTTPS" && (tls?.mode ?? "Terminate") === "Terminate") {
                    if ((tls?.certificateRefs ?? []).length === 0 && !tls?.options) {
                        yield `${subject} has protocol HTTPS but no tls.certificateRefs in ${place}; name a Secret.`;
                    }
                }
                const key = `${protocol} ${port} ${hostname}`;
                if (seen.has(key)) {
                    yield (
                        `${subject} has ${protocol} port ${port} for hostname "${hostname}" again in ${place}, so ` +
                        "neither listener is accepted; remove one (KIA1503)."
                    );
                }
                seen.add(key);
            }
        },
    },
});
