import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const rule = (name: string, spec: object, host = "cart") =>
    object("destinationRule", name, { spec: { host, ...spec } });
const subsets = (...names: unknown[]) => ({ subsets: names.map((name) => ({ name })) });
const policy = { trafficPolicy: { loadBalancer: {} } };
const both = (what: string) =>
    `DestinationRule "shop/two" and DestinationRule "shop/one" both have ${what} for ` +
    '"cart.shop.svc.cluster.local", of which istiod keeps the older; merge them (KIA0201).';

export const table: RuleTable = {
    allowed: {
        "subsets that add up": [
            rule("shop/one", { ...policy, ...subsets("v1") }),
            rule("shop/two", subsets("v2")),
        ],
        "other hosts": [rule("shop/one", policy), rule("shop/two", policy, "web")],
        "other namespaces": [
            rule("shop/one", policy),
            rule("web/two", policy, "cart.shop.svc.cluster.local"),
        ],
        "other clients": [
            rule("shop/one", policy),
            rule("shop/two", { ...policy, workloadSelector: { matchLabels: { app: "web" } } }),
        ],
    },
    denied: {
        policies: [
            [rule("shop/one", policy), rule("shop/two", policy, "cart.shop.svc.cluster.local")],
            [both("a trafficPolicy")],
        ],
        "policies and subsets": [
            [
                rule("shop/one", { ...policy, ...subsets("v1", "v2") }),
                rule("shop/two", { ...policy, ...subsets("v2", "v3") }),
            ],
            [both('a trafficPolicy and subset "v2"')],
        ],
    },
    unknown: {
        "a host that a preview can't know": [
            [rule("shop/one", policy), rule("shop/two", policy, unknown.string)],
            ['"two": string value at .spec.host can\'t be known during preview'],
        ],
    },
    config: {},
};
