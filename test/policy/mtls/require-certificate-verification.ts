import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const rule = (trafficPolicy: object, subsets?: object[]) =>
    object("destinationRule", "shop/api", {
        spec: { host: "api.example.com", trafficPolicy, subsets },
    });
const skipping = { tls: { mode: "SIMPLE", insecureSkipVerify: true } };
const skipped = (field: string) =>
    `DestinationRule "shop/api" has insecureSkipVerify in ${field}: anyone may answer as ` +
    '"api.example.com"; remove it.';
const unnamed = (mode: string, field: string, code: string) =>
    `DestinationRule "shop/api" has mode ${mode} but no caCertificates in ${field}: any public authority ` +
    `may vouch for "api.example.com"; set it to system or to a bundle's path (${code}).`;

export const table: RuleTable = {
    allowed: {
        "the system's authorities, unsaid": rule({ tls: { mode: "SIMPLE" } }),
        "the system's authorities": rule({ tls: { mode: "SIMPLE", caCertificates: "system" } }),
        "the mesh's own": rule({ tls: { mode: "ISTIO_MUTUAL", insecureSkipVerify: true } }),
        "a check that is on": rule({ tls: { mode: "SIMPLE", insecureSkipVerify: false } }),
    },
    denied: {
        "no check": [rule(skipping), [skipped("spec.trafficPolicy.tls")]],
        "no check on a port and in a subset": [
            rule({ portLevelSettings: [skipping] }, [{ name: "v1", trafficPolicy: skipping }]),
            [
                skipped("spec.trafficPolicy.portLevelSettings[0].tls"),
                skipped("spec.subsets[0].trafficPolicy.tls"),
            ],
        ],
    },
    unknown: {
        "a switch that a preview can't know": [
            rule({ tls: { mode: "MUTUAL", insecureSkipVerify: unknown.boolean } }),
            [
                "boolean value at .spec.trafficPolicy.tls.insecureSkipVerify can't be known during preview",
            ],
        ],
    },
    config: {
        named: [
            {
                value: true,
                objects: [
                    rule({
                        tls: { mode: "MUTUAL" },
                        portLevelSettings: [{ tls: { mode: "SIMPLE" } }],
                    }),
                    rule({ tls: { mode: "SIMPLE", caCertificates: "system" } }),
                    rule({ tls: { mode: "SIMPLE", credentialName: "unread" } }),
                    object("destinationRule", "shop/api", {
                        spec: {
                            host: "api.example.com",
                            trafficPolicy: { tls: { mode: "SIMPLE", credentialName: "bundle" } },
                            workloadSelector: { matchLabels: { app: "web" } },
                        },
                    }),
                ],
                messages: [
                    unnamed("MUTUAL", "spec.trafficPolicy.tls", "IST0128"),
                    unnamed("SIMPLE", "spec.trafficPolicy.portLevelSettings[0].tls", "IST0129"),
                    unnamed("SIMPLE", "spec.trafficPolicy.tls", "IST0128"),
                ],
            },
        ],
    },
};
