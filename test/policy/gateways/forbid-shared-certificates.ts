import { unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

import { https, listening } from "../../support/gateways";

const one = listening([https(["a.example.com"])], "ingress/one");
const two = (tls: object, selector?: object) =>
    listening([https(["b.example.com"], tls)], "ingress/two", selector);
const shared = (name: string) =>
    `Gateway "ingress/two" shares certificate "${name}" with Gateway "ingress/one" on the same pods: reused ` +
    "HTTP/2 connections get 404; merge the Gateways, or use a certificate for each (IST0138).";
const file = { credentialName: undefined, serverCertificate: "/certs/tls.crt" };

export const table: RuleTable = {
    allowed: {
        "a certificate each": [one, two({ credentialName: "other" })],
        "other pods": [one, two({}, { istio: "other" })],
        "one Gateway with two hosts": listening([
            https(["a.example.com"]),
            https(["b.example.com"], {}, 8443),
        ]),
        "what passes through": [one, two({ mode: "PASSTHROUGH" })],
    },
    denied: {
        "a Secret": [[one, two({})], [shared("edge")]],
        "a list of Secrets": [
            [one, two({ credentialName: undefined, credentialNames: ["other", "edge"] })],
            [shared("edge")],
        ],
        "a file": [
            [listening([https(["a.example.com"], file)], "ingress/one"), two(file)],
            [shared("/certs/tls.crt")],
        ],
    },
    unknown: {
        "a Secret that a preview can't know": [
            [one, two({ credentialName: unknown.string })],
            [
                '"one": string value at .spec.servers.0.tls.credentialName can\'t be known during preview; ' +
                    '"two": string value at .spec.servers.0.tls.credentialName can\'t be known during preview',
            ],
        ],
    },
    config: {},
};
