import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

import { https, http, listening } from "../../support/gateways";

const gateway = (tls: object) => listening([https(["shop.example.com"], tls)]);
const said = (rest: string) => `Gateway "ingress/edge" ${rest}`;
const old = (given: string, minimum = "TLSV1_2") =>
    said(`has ${given}, in spec.servers[0].tls; set it to ${minimum}.`);
const weak = (place: string, suites: string) =>
    said(
        `takes weak cipher suites in ${place}: ${suites}; keep those with ECDHE and GCM or CHACHA20, or leave ` +
            "the list to Envoy.",
    );
const byOption = (suites: unknown) =>
    object("gateway", "ingress/edge", {
        spec: {
            listeners: [{ tls: { options: { "gateway.istio.io/tls-cipher-suites": suites } } }],
        },
    });

export const table: RuleTable = {
    allowed: {
        "Istio's default": gateway({}),
        "1.3 and strong suites": gateway({
            minProtocolVersion: "TLSV1_3",
            cipherSuites: [
                "ECDHE-ECDSA-AES256-GCM-SHA384",
                "ECDHE-RSA-CHACHA20-POLY1305",
                "TLS_AES_128_GCM_SHA256",
            ],
        }),
        "suites of equal rank": gateway({
            cipherSuites: ["[ECDHE-ECDSA-AES128-GCM-SHA256|ECDHE-ECDSA-CHACHA20-POLY1305]"],
        }),
        "a redirect": listening([
            http(["a.example.com"], { httpsRedirect: true, minProtocolVersion: "TLSV1_0" }),
        ]),
        "what passes through": gateway({ mode: "PASSTHROUGH", minProtocolVersion: "TLSV1_0" }),
        "what passes through to other clusters": gateway({
            mode: "AUTO_PASSTHROUGH",
            minProtocolVersion: "TLSV1_0",
        }),
        "a listener with strong suites": byOption("ECDHE-ECDSA-AES256-GCM-SHA384"),
    },
    denied: {
        "1.0": [gateway({ minProtocolVersion: "TLSV1_0" }), [old("minProtocolVersion TLSV1_0")]],
        "at most 1.1": [
            gateway({ minProtocolVersion: "TLSV1_1", maxProtocolVersion: "TLSV1_1" }),
            [
                old("minProtocolVersion TLSV1_1"),
                said(
                    "has maxProtocolVersion TLSV1_1, in spec.servers[0].tls, which shuts modern clients out; remove it.",
                ),
            ],
        ],
        "weak suites": [
            gateway({
                cipherSuites: ["AES128-SHA", "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES256-SHA"],
            }),
            [weak("spec.servers[0].tls", "AES128-SHA, ECDHE-RSA-AES256-SHA")],
        ],
        "weak suites of a listener": [
            byOption("AES256-SHA, ECDHE-ECDSA-AES256-GCM-SHA384"),
            [weak("spec.listeners[0].tls.options", "AES256-SHA")],
        ],
        "a sidecar": [
            object("sidecar", "shop/web", {
                spec: { ingress: [{}, { tls: { minProtocolVersion: "TLSV1_0" } }] },
            }),
            [
                'Sidecar "shop/web" has minProtocolVersion TLSV1_0, in spec.ingress[1].tls; set it to TLSV1_2.',
            ],
        ],
    },
    unknown: {
        "a version that a preview can't know": [
            gateway({ minProtocolVersion: unknown.string }),
            [
                "string value at .spec.servers.0.tls.minProtocolVersion can't be known during preview",
            ],
        ],
    },
    config: {
        minimum: [
            {
                value: "TLSV1_3",
                objects: [
                    gateway({}),
                    gateway({ minProtocolVersion: "TLSV1_2" }),
                    gateway({ minProtocolVersion: "TLSV1_3" }),
                ],
                messages: [
                    old("no minProtocolVersion, which means TLSV1_2", "TLSV1_3"),
                    old("minProtocolVersion TLSV1_2", "TLSV1_3"),
                ],
            },
        ],
    },
};
