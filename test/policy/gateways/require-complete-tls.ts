import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

import { https, http, listening } from "../../support/gateways";

const hosts = ["shop.example.com"];
const said = (rest: string) => `Gateway "ingress/edge" ${rest}`;
const bare = { mode: "SIMPLE", credentialName: undefined };
const server = (protocol: string, tls?: object) => ({
    port: { number: 443, name: "p", protocol },
    hosts,
    tls,
});
const listeners = (...all: object[]) =>
    object("gateway", "ingress/edge", { spec: { listeners: all } });

export const table: RuleTable = {
    allowed: {
        "HTTPS and a redirect": listening([https(hosts), http(hosts, { httpsRedirect: true })]),
        "plain HTTP": listening([http(hosts)]),
        "files in the proxy": listening([
            https(hosts, {
                mode: "MUTUAL",
                credentialName: undefined,
                serverCertificate: "/c",
                privateKey: "/k",
                caCertificates: "/a",
            }),
        ]),
        "clients by the Secret's own bundle": listening([https(hosts, { mode: "MUTUAL" })]),
        "what passes through": listening([server("TLS", { mode: "PASSTHROUGH" })]),
        "TLS that ends in TCP": listening([
            server("TCP", { mode: "SIMPLE", credentialName: "edge" }),
        ]),
        "the mesh's own TLS": listening([server("HTTPS", { mode: "ISTIO_MUTUAL" })]),
        listeners: listeners(
            { name: "a", protocol: "HTTP", port: 80 },
            {
                name: "b",
                protocol: "HTTPS",
                port: 443,
                hostname: "a.example.com",
                tls: { certificateRefs: [{ name: "a" }] },
            },
            {
                name: "c",
                protocol: "HTTPS",
                port: 443,
                hostname: "b.example.com",
                tls: { certificateRefs: [{ name: "b" }] },
            },
            { name: "d", protocol: "TLS", port: 444, tls: { mode: "Passthrough" } },
        ),
    },
    denied: {
        "no servers": [
            listening([]),
            [said("has no servers, so istiod refuses it; add one (IST0106).")],
        ],
        "no hosts, and a name twice": [
            listening([
                http([]),
                { ...http(hosts), port: { number: 81, name: "http-80", protocol: "HTTP" } },
            ]),
            [
                said("has no hosts in spec.servers[0], so istiod refuses it; name them (IST0106)."),
                said(
                    'has port name "http-80" again in spec.servers[1]; name each port once (IST0106).',
                ),
            ],
        ],
        "HTTPS without TLS": [
            listening([server("HTTPS")]),
            [
                said(
                    "has protocol HTTPS but no tls in spec.servers[0]; set its mode, SIMPLE with a credentialName " +
                        "or PASSTHROUGH (IST0106).",
                ),
            ],
        ],
        "TLS on HTTP": [
            listening([http(hosts, { mode: "SIMPLE", credentialName: "edge" })]),
            [
                said(
                    "has tls in spec.servers[0] but protocol HTTP, which istiod refuses; set the protocol to HTTPS, " +
                        "or remove tls (IST0106).",
                ),
            ],
        ],
        "a redirect on HTTPS": [
            listening([https(hosts, { httpsRedirect: true })]),
            [
                said(
                    "has httpsRedirect in spec.servers[0], which serves HTTPS itself; move it to the HTTP server (IST0133).",
                ),
            ],
        ],
        "no certificate": [
            listening([https(hosts, bare)]),
            [
                said(
                    "has mode SIMPLE but no certificate; set credentialName to a Secret beside the gateway's pods, " +
                        "in spec.servers[0].tls (IST0106).",
                ),
            ],
        ],
        "clients that nothing verifies": [
            listening([
                https(hosts, {
                    ...bare,
                    mode: "MUTUAL",
                    serverCertificate: "/c",
                    privateKey: "/k",
                }),
            ]),
            [
                said(
                    "has mode MUTUAL but no caCertificates to verify clients by; set it, or use credentialName, in " +
                        "spec.servers[0].tls (IST0106).",
                ),
            ],
        ],
        "listeners without certificate, and twice": [
            listeners(
                { protocol: "HTTPS", port: 443 },
                { protocol: "HTTP", port: 80 },
                { protocol: "HTTP", port: 80 },
            ),
            [
                said(
                    "has protocol HTTPS but no tls.certificateRefs in spec.listeners[0]; name a Secret.",
                ),
                said(
                    'has HTTP port 80 for hostname "*" again in spec.listeners[2], so neither listener is accepted; ' +
                        "remove one (KIA1503).",
                ),
            ],
        ],
    },
    unknown: {
        "a certificate that a preview can't know": [
            listening([https(hosts, { credentialName: unknown.string })]),
            ["string value at .spec.servers.0.tls.credentialName can't be known during preview"],
        ],
    },
    config: {},
};
