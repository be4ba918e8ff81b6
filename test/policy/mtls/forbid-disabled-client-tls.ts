import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const rule = (trafficPolicy?: object, subsets?: object[], host = "cart") =>
    object("destinationRule", "shop/cart", { spec: { host, trafficPolicy, subsets } });
const tls = (mode?: string) => ({ tls: { mode } });
const off = (field: string, given = "mode DISABLE", host = "cart") =>
    `DestinationRule "shop/cart" has ${given}, in ${field}: clients of "${host}" speak plain text; ` +
    "remove the block, or set the mode to ISTIO_MUTUAL, SIMPLE or MUTUAL.";

export const table: RuleTable = {
    allowed: {
        "a rule without a policy": rule(),
        "a policy without TLS": rule({ loadBalancer: { simple: "LEAST_REQUEST" } }),
        "the mesh's own": rule(tls("ISTIO_MUTUAL")),
        "TLS to outside": rule(tls("SIMPLE"), [], "api.example.com"),
    },
    denied: {
        "off for all": [rule(tls("DISABLE")), [off("spec.trafficPolicy.tls")]],
        "a block without a mode": [
            rule({ tls: { sni: "x" } }),
            [off("spec.trafficPolicy.tls", "no mode, which means DISABLE")],
        ],
        "off for a port and in subsets": [
            rule({ portLevelSettings: [{ port: { number: 80 } }, tls("DISABLE")] }, [
                { name: "v1" },
                { name: "v2", trafficPolicy: tls("DISABLE") },
                { name: "v3", trafficPolicy: { portLevelSettings: [tls("DISABLE")] } },
            ]),
            [
                off("spec.trafficPolicy.portLevelSettings[1].tls"),
                off("spec.subsets[1].trafficPolicy.tls"),
                off("spec.subsets[2].trafficPolicy.portLevelSettings[0].tls"),
            ],
        ],
    },
    unknown: {
        "a mode that a preview can't know": [
            rule(tls(unknown.string)),
            ["string value at .spec.trafficPolicy.tls.mode can't be known during preview"],
        ],
    },
    config: {
        hosts: [
            {
                value: ["*.legacy.example.com"],
                objects: [
                    rule(tls("DISABLE"), [], "a.legacy.example.com"),
                    rule(tls("DISABLE"), [], "legacy.example.com"),
                ],
                messages: [off("spec.trafficPolicy.tls", undefined, "legacy.example.com")],
            },
        ],
    },
};
