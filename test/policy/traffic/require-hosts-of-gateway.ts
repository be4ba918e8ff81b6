import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const gateway = (...hosts: unknown[]) =>
    object("istioGateway", "ingress/edge", { spec: { servers: [{ hosts }] } });
const service = (...hosts: string[]) =>
    object("virtualService", "shop/web", { spec: { hosts, gateways: ["ingress/edge"] } });
const listening = (...hostnames: (string | undefined)[]) =>
    object("gateway", "ingress/edge", {
        spec: { listeners: hostnames.map((hostname, index) => ({ name: `l${index}`, hostname })) },
    });
const route = (hostnames: string[], sectionName?: string) =>
    object("httpRoute", "shop/web", {
        spec: { hostnames, parentRefs: [{ name: "edge", namespace: "ingress", sectionName }] },
    });
const idle = (taken: string, hosts = "a.example.com") =>
    `VirtualService "shop/web" is for ${hosts}, but Gateway "ingress/edge" takes ${taken}, so it serves nothing ` +
    "there; add the host to the Gateway, or correct it (IST0132).";
const unserved = (taken: string) =>
    `HTTPRoute "shop/web" is for a.example.com, but Gateway "ingress/edge" takes ${taken}, so it serves nothing; ` +
    "add the host to a listener, or correct it.";

export const table: RuleTable = {
    allowed: {
        "the host": [gateway("b.example.com", "a.example.com"), service("a.example.com")],
        "a wildcard": [gateway("shop/*.example.com"), service("a.example.com")],
        "a wider route": [gateway("*/a.example.com"), service("*.example.com")],
        "one host of two": [gateway("a.example.com"), service("c.example.com", "a.example.com")],
        "a gateway that another program makes": service("a.example.com"),
        "a listener for all": [listening(undefined), route(["a.example.com"])],
        "one listener of two": [
            listening("b.example.com", "*.example.com"),
            route(["a.example.com"]),
        ],
        "a route for all": [listening("b.example.com"), route([])],
    },
    denied: {
        "another host": [
            [gateway("b.example.com"), service("a.example.com")],
            [idle("b.example.com")],
        ],
        "a host for another namespace": [
            [gateway("web/a.example.com", "./a.example.com"), service("a.example.com")],
            [idle("no host of this namespace")],
        ],
        "a domain's wildcard for the domain": [
            [gateway("*.example.com"), service("example.com")],
            [idle("*.example.com", "example.com")],
        ],
        "another listener's host": [
            [listening("a.example.com", "b.example.com"), route(["a.example.com"], "l1")],
            [unserved("b.example.com")],
        ],
    },
    unknown: {
        "a host that a preview can't know": [
            [gateway(unknown.string), service("a.example.com")],
            ['"web": string value at .spec.servers.0.hosts.0 can\'t be known during preview'],
        ],
    },
    config: {},
};
