import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const service = object("service", "shop/cart");
const rule = (host: string, ...names: unknown[]) =>
    object("destinationRule", "shop/cart", {
        spec: { host, subsets: names.map((name) => ({ name })) },
    });
const route = (subset?: string, host = "cart", name = "shop/web") =>
    object("virtualService", name, {
        spec: { http: [{ route: [{ destination: { host, subset } }] }] },
    });
const undefinedSubset = (fix: string, host = "cart", name = "shop/web") =>
    `VirtualService "${name}" sends to subset "v2" of "${host}" in spec.http[0], which no DestinationRule ` +
    `defines; ${fix} (IST0101, KIA1107).`;

export const table: RuleTable = {
    allowed: {
        "a subset": [service, rule("cart", "v1", "v2"), route("v2")],
        "a subset by another name of the host": [
            service,
            rule("cart.shop.svc.cluster.local", "v2"),
            route("v2", "cart.shop"),
        ],
        "no subset": [service, route()],
        "a host that the stack doesn't have": route("v2"),
    },
    denied: {
        "no rule": [[service, route("v2")], [undefinedSubset("define it")]],
        "another subset": [
            [service, rule("cart", "v1", "v3"), route("v2")],
            [undefinedSubset('define it, or use "v1", "v3"')],
        ],
        "a rule for a host outside": [
            [rule("api.example.com"), route("v2", "api.example.com")],
            [undefinedSubset("define it", "api.example.com")],
        ],
        "a rule of another namespace's short name": [
            [object("service", "web/cart"), rule("cart", "v2"), route("v2", "cart", "web/web")],
            [undefinedSubset("define it", "cart", "web/web")],
        ],
    },
    unknown: {
        "a subset's name that a preview can't know": [
            [service, rule("cart", unknown.string), route("v2")],
            ['"web": string value at .spec.subsets.0.name can\'t be known during preview'],
        ],
    },
    config: {},
};
