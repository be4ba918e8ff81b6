import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const entry = (name: string, protocol?: unknown, rest: object = {}) =>
    object("serviceEntry", name, {
        spec: { hosts: ["api.example.com"], ports: [{ number: 443, protocol }], ...rest },
    });
const one = entry("shop/one", "HTTPS");
const conflict = (its: string, protocol = "HTTP", two = "shop/two") =>
    `ServiceEntry "${two}" takes port 443 of api.example.com for ${protocol}, ServiceEntry "shop/one" for ${its}; ` +
    "keep one protocol (IST0177, KIA1212).";

export const table: RuleTable = {
    allowed: {
        "the same protocol": [one, entry("shop/two", "https")],
        "another host": [one, entry("shop/two", "HTTP", { hosts: ["b.example.com"] })],
        "another port": [
            one,
            entry("shop/two", "HTTP", { ports: [{ number: 80, protocol: "HTTP" }] }),
        ],
        "each for its own namespace": [
            entry("shop/one", "HTTPS", { exportTo: ["."] }),
            entry("web/two", "HTTP", { exportTo: ["."] }),
        ],
    },
    denied: {
        "two protocols": [[one, entry("shop/two", "HTTP")], [conflict("HTTPS")]],
        "two protocols in two namespaces": [
            [one, entry("web/two", "HTTP", { exportTo: ["."] })],
            [conflict("HTTPS", "HTTP", "web/two")],
        ],
        "no protocol, which means TCP": [
            [entry("shop/one"), entry("shop/two", "HTTP")],
            [conflict("TCP")],
        ],
    },
    unknown: {
        "a protocol that a preview can't know": [
            [one, entry("shop/two", unknown.string)],
            ['"two": string value at .spec.ports.0.protocol can\'t be known during preview'],
        ],
    },
    config: {},
};
