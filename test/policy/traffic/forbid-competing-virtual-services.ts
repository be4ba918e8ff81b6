import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const service = (name: string, host: unknown, rest: object = {}) =>
    object("virtualService", name, { spec: { hosts: [host], ...rest } });
const one = service("shop/one", "cart");
const both = (host = "cart.shop.svc.cluster.local", two = "shop/two") =>
    `VirtualService "${two}" and VirtualService "shop/one" both route ${host} in the mesh, where only the older ` +
    "counts; merge them, or set exportTo (IST0109, KIA1106).";

export const table: RuleTable = {
    allowed: {
        "other hosts": [one, service("shop/two", "web")],
        "the same short name elsewhere": [one, service("web/two", "cart")],
        "at a gateway": [one, service("shop/two", "cart", { gateways: ["edge"] })],
        "each for its own namespace": [
            service("shop/one", "api.example.com", { exportTo: ["."] }),
            service("web/two", "api.example.com", { exportTo: ["web"] }),
        ],
    },
    denied: {
        "a Service": [[one, service("shop/two", "cart.shop.svc.cluster.local")], [both()]],
        "the mesh beside a gateway": [
            [one, service("shop/two", "cart", { gateways: ["edge", "mesh"] })],
            [both()],
        ],
        "one for all, one for its own": [
            [
                service("shop/one", "api.example.com", { exportTo: ["*"] }),
                service("web/two", "api.example.com", { exportTo: ["."] }),
            ],
            [both("api.example.com", "web/two")],
        ],
        "one that exports to the other's namespace": [
            [
                service("shop/one", "api.example.com", { exportTo: ["web"] }),
                service("web/two", "api.example.com", { exportTo: ["."] }),
            ],
            [both("api.example.com", "web/two")],
        ],
    },
    unknown: {
        "a host that a preview can't know": [
            [one, service("shop/two", unknown.string)],
            [
                '"one": string value at .spec.hosts.0 can\'t be known during preview; ' +
                    '"two": string value at .spec.hosts.0 can\'t be known during preview',
            ],
        ],
    },
    config: {},
};
