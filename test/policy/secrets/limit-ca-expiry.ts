import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

import { pem } from "../../support/authorities";

const secret = (data: object, name = "istio-system/cacerts") =>
    object("secret", name, { stringData: data });
const given = (issuer: unknown, root: unknown = pem.root) => ({
    "ca-cert.pem": issuer,
    "ca-key.pem": "key",
    "root-cert.pem": root,
    "cert-chain.pem": issuer,
});
const encoded = (data: Record<string, string>) =>
    Object.fromEntries(
        Object.entries(data).map(([key, value]) => [key, Buffer.from(value).toString("base64")]),
    );
const said = (rest: string) => `Secret "istio-system/cacerts" ${rest}`;
const soon = (name: string, day: string, days: number) =>
    said(
        `has certificate ${name}, which expires on ${day}, in less than ${days} days; issue a new one now, while ` +
            "both can be trusted.",
    );

export const table: RuleTable = {
    allowed: {
        "an authority": secret(given(pem.issuer)),
        "an authority as the API server has it": object("secret", "istio-system/cacerts", {
            data: encoded({
                ...given(pem.issuer),
                "cert-chain.pem": pem.issuer + pem.root,
            } as Record<string, string>),
        }),
        "a TLS Secret": secret({ "tls.crt": pem.issuer, "tls.key": "key", "ca.crt": pem.root }),
        "two roots, while one is changed": secret(given(pem.issuer, pem.stranger + pem.root)),
        "another Secret": secret({ "ca-cert.pem": "none" }, "shop/other"),
    },
    denied: {
        "an issuer that has expired": [
            secret(given(pem.expired)),
            [
                said(
                    'has certificate "CN=Test issuer" of ca-cert.pem, which expired on 2025-01-01: proxies get no ' +
                        "certificates that anyone believes; issue a new one.",
                ),
            ],
        ],
        "no certificate": [
            secret({ "root-cert.pem": pem.root }),
            [
                said(
                    "has no ca-cert.pem, so istiod can't use it; add it with its key, chain and root.",
                ),
            ],
        ],
        "no key and no root": [
            secret({ "ca-cert.pem": pem.issuer }),
            [
                said("has ca-cert.pem but no ca-key.pem, so istiod can't use it; add it."),
                said("has ca-cert.pem but no root-cert.pem, so istiod can't use it; add it."),
            ],
        ],
        "what isn't a certificate": [
            secret(given("none")),
            [
                said("has no certificate that can be read in ca-cert.pem; put it there as PEM."),
                said("has no certificate that can be read in cert-chain.pem; put it there as PEM."),
            ],
        ],
        "a broken certificate": [
            secret(
                given(pem.issuer, "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----"),
            ),
            [said("has no certificate that can be read in root-cert.pem; put it there as PEM.")],
        ],
        "one that may not issue": [
            secret(given(pem.leaf)),
            [
                said(
                    'has "CN=Test leaf" in ca-cert.pem, which may not issue certificates; issue it with CA:TRUE.',
                ),
            ],
        ],
        "a stranger's root": [
            secret(given(pem.issuer, pem.stranger)),
            [
                said(
                    'has "CN=Test issuer" in ca-cert.pem, which none of its roots has issued, so no workload believes ' +
                        "another; put its root into root-cert.pem.",
                ),
            ],
        ],
    },
    unknown: {
        "a certificate that a preview can't know": [
            secret(given(unknown.string)),
            ["string value at .stringData.ca-cert.pem can't be known during preview"],
        ],
    },
    config: {
        days: [
            {
                value: 50_000,
                objects: secret(given(pem.issuer)),
                messages: [soon('"CN=Test issuer" of ca-cert.pem', "2100-01-01", 50_000)],
            },
        ],
        rootDays: [
            {
                value: 50_000,
                objects: secret(given(pem.issuer)),
                messages: [soon('"CN=Test root" of root-cert.pem', "2120-01-01", 50_000)],
            },
        ],
    },
};
