import { unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

import { edgePods, http, https, listening } from "../../support/gateways";

const one = listening([https(["a.example.com"]), http(["a.example.com"])], "ingress/one");
const twice = (hosts: string, port: number, index: number, other = "ingress/one") =>
    `Gateway "ingress/two" claims ${hosts} on port ${port} in spec.servers[${index}], as Gateway "${other}" does ` +
    "for the same pods; keep one (IST0145, KIA0301).";
const two = (servers: object[], selector?: object) => listening(servers, "ingress/two", selector);

export const table: RuleTable = {
    allowed: {
        "other hosts": [one, two([https(["b.example.com"])])],
        "another port": [one, two([https(["a.example.com"], {}, 8443)])],
        "other pods": [one, two([https(["a.example.com"])], { istio: "other" })],
        "another address": [one, two([{ ...https(["a.example.com"]), bind: "127.0.0.1" }])],
        "a host for one namespace": [one, two([https(["shop/a.example.com"])])],
    },
    denied: {
        "a host on a port": [
            [one, two([https(["b.example.com"]), http(["b.example.com", "a.example.com"])])],
            [twice("a.example.com", 80, 1)],
        ],
        "more labels for the same pods": [
            [
                edgePods("ingress/edge", { istio: "edge", app: "edge" }),
                one,
                two([https(["a.example.com"])], { app: "edge" }),
            ],
            [twice("a.example.com", 443, 0)],
        ],
    },
    unknown: {
        "a host that a preview can't know": [
            [one, two([https([unknown.string])])],
            [
                '"one": string value at .spec.servers.0.hosts.0 can\'t be known during preview; ' +
                    '"two": string value at .spec.servers.0.hosts.0 can\'t be known during preview',
            ],
        ],
    },
    config: {},
};
