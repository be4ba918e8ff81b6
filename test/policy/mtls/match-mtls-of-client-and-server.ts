import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const service = object("service", "shop/cart", { spec: { selector: { app: "cart" } } });
const rule = (tls: object, host = "cart", name = "shop/cart") =>
    object("destinationRule", name, { spec: { host, trafficPolicy: { tls } } });
const server = (name: string, mode: unknown, selector?: object) =>
    object("peerAuthentication", name, { spec: { mtls: { mode }, selector } });
const refused = (mode: string, by = "shop/default", subject = "shop/cart") =>
    `DestinationRule "${subject}" has mode ${mode} in spec.trafficPolicy.tls, but PeerAuthentication "${by}" ` +
    'demands STRICT of Service "shop/cart", so every connection fails; remove the block, or set ISTIO_MUTUAL ' +
    "(KIA0207).";

export const table: RuleTable = {
    allowed: {
        "both mutual": [service, rule({ mode: "ISTIO_MUTUAL" }), server("shop/default", "STRICT")],
        "a server that takes both": [
            service,
            rule({ mode: "DISABLE" }),
            server("shop/default", "PERMISSIVE"),
        ],
        "a server without a policy": [service, rule({ mode: "DISABLE" })],
        "TLS of the server's own": [
            service,
            rule({ mode: "SIMPLE" }),
            server("shop/default", "DISABLE"),
        ],
        "a host outside": [
            service,
            rule({ mode: "SIMPLE" }, "api.example.com"),
            server("istio-system/default", "STRICT"),
        ],
        "a workload that is excepted": [
            service,
            rule({ mode: "DISABLE" }),
            server("shop/default", "STRICT"),
            server("shop/cart", "PERMISSIVE", { matchLabels: { app: "cart" } }),
        ],
    },
    denied: {
        "plain text to a strict namespace": [
            [service, rule({ mode: "DISABLE" }), server("shop/default", "STRICT")],
            [refused("DISABLE")],
        ],
        "other TLS to a strict mesh, by its full name": [
            [
                service,
                rule({ mode: "SIMPLE" }, "cart.shop.svc.cluster.local", "web/cart"),
                server("istio-system/default", "STRICT"),
            ],
            [refused("SIMPLE", "istio-system/default", "web/cart")],
        ],
        "mutual TLS to a server without": [
            [service, rule({ mode: "ISTIO_MUTUAL" }), server("shop/default", "DISABLE")],
            [
                'DestinationRule "shop/cart" has mode ISTIO_MUTUAL in spec.trafficPolicy.tls, but PeerAuthentication ' +
                    '"shop/default" demands DISABLE of Service "shop/cart", so every connection fails; remove the ' +
                    "block, or set the server to STRICT (KIA0206).",
            ],
        ],
    },
    unknown: {
        "a server's mode that a preview can't know": [
            [service, rule({ mode: "DISABLE" }), server("shop/default", unknown.string)],
            ['"cart": string value at .spec.mtls.mode can\'t be known during preview'],
        ],
    },
    config: {},
};
