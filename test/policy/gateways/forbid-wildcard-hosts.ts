import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

import { http, https, listening } from "../../support/gateways";

const service = (...hosts: unknown[]) => object("virtualService", "shop/web", { spec: { hosts } });
const gateway = (hostname?: string, gatewayClassName = "istio") =>
    object("gateway", "ingress/edge", {
        spec: { gatewayClassName, listeners: [{ name: "http", hostname }] },
    });
const taken = (subject: string, host: string, field: string, fix = "the hosts") =>
    `${subject} takes ${host} in ${field}; name ${fix}.`;
const edge = 'Gateway "ingress/edge"';
const web = 'VirtualService "shop/web"';
const listener = (host: string) => taken(edge, host, "spec.listeners[0].hostname", "the host");

export const table: RuleTable = {
    allowed: {
        hosts: listening([https(["shop/shop.example.com", "*.example.com"])]),
        "what passes between clusters": listening([https(["*"], { mode: "AUTO_PASSTHROUGH" })]),
        "a listener that leaves names to its routes": gateway(),
        "a waypoint": gateway(undefined, "istio-waypoint"),
        "a VirtualService": service("web", "shop.example.com"),
    },
    denied: {
        "every host": [listening([http(["*"])]), [taken(edge, '"*"', "spec.servers[0].hosts")]],
        "every host of a namespace": [
            listening([http(["a.example.com"]), https(["shop/*", "*/*"])]),
            [
                taken(edge, '"shop/*"', "spec.servers[1].hosts"),
                taken(edge, '"*/*"', "spec.servers[1].hosts"),
            ],
        ],
        "every route": [service("*"), [taken(web, '"*"', "spec.hosts")]],
    },
    unknown: {
        "a host that a preview can't know": [
            service("*", unknown.string),
            ["string value at .spec.hosts.1 can't be known during preview"],
            [taken(web, '"*"', "spec.hosts")],
        ],
    },
    config: {
        domains: [
            {
                value: false,
                objects: [
                    listening([https(["shop/*.example.com"])]),
                    service("*.example.com"),
                    gateway("*.example.com"),
                    object("httpRoute", "shop/web", { spec: { hostnames: ["*.example.com"] } }),
                    gateway(),
                ],
                messages: [
                    taken(edge, '"shop/*.example.com"', "spec.servers[0].hosts"),
                    taken(web, '"*.example.com"', "spec.hosts"),
                    listener('"*.example.com"'),
                    taken('HTTPRoute "shop/web"', '"*.example.com"', "spec.hostnames"),
                ],
            },
        ],
        listeners: [
            {
                value: true,
                objects: [
                    gateway(),
                    gateway("a.example.com"),
                    gateway(undefined, "istio-waypoint"),
                ],
                messages: [listener("every host")],
            },
        ],
    },
};
