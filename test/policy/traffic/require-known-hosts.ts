import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const namespace = object("namespace", "shop");
const service = object("service", "shop/cart");
const route = (rule: object) => object("virtualService", "shop/web", { spec: { http: [rule] } });
const to = (host: unknown) => ({ route: [{ destination: { host } }] });
const rule = (host: string) => object("destinationRule", "shop/cart", { spec: { host } });
const http = (backend: object) =>
    object("httpRoute", "shop/web", { spec: { rules: [{ backendRefs: [backend] }] } });
const missing = (subject: string, host: string, place: string, codes = "IST0101, KIA1101") =>
    `${subject} sends to "${host}" in ${place}, but the stack makes its namespace and no such Service; correct ` +
    `the name, or list it in this rule's "external" (${codes}).`;
const web = 'VirtualService "shop/web"';
const full = "cart.shop.svc.cluster.local";
const byRoute = (kind: string, place = "spec.rules[0].backendRefs") =>
    missing(`${kind} "shop/web"`, "other.shop.svc.cluster.local", place, "IST0101, KIA1402");

export const table: RuleTable = {
    allowed: {
        "a Service": [
            namespace,
            service,
            route(to("cart")),
            rule(full),
            http({ name: "cart", port: 80 }),
        ],
        "a Service by a shorter name": [namespace, service, route(to("cart.shop"))],
        "a ServiceEntry": [
            namespace,
            object("serviceEntry", "shop/vms", { spec: { hosts: ["*.shop.svc.cluster.local"] } }),
            route(to("vm")),
        ],
        "a host outside": [namespace, route(to("api.example.com")), rule("*.example.com")],
        "a namespace that another program makes": [route(to("cart")), http({ name: "cart" })],
        "another namespace": [namespace, route(to("cart.web.svc.cluster.local"))],
        "a gateway's Service": [
            namespace,
            object("gateway", "shop/edge", { spec: { gatewayClassName: "istio" } }),
            route(to("edge-istio")),
        ],
        "another kind of backend": [
            namespace,
            http({ group: "networking.istio.io", kind: "Hostname", name: "api.example.com" }),
        ],
    },
    denied: {
        "a misspelt name": [
            [namespace, service, route(to("carts"))],
            [missing(web, "carts", "spec.http[0]")],
        ],
        "mirrors and streams": [
            [
                namespace,
                object("virtualService", "shop/web", {
                    spec: {
                        http: [
                            {
                                ...to("a"),
                                mirror: { host: "b" },
                                mirrors: [{ destination: { host: "c" } }],
                            },
                        ],
                        tls: [to("d")],
                        tcp: [to("e")],
                    },
                }),
            ],
            [
                missing(web, "a", "spec.http[0]"),
                missing(web, "b", "spec.http[0].mirror"),
                missing(web, "c", "spec.http[0].mirrors"),
                missing(web, "d", "spec.tls[0]"),
                missing(web, "e", "spec.tcp[0]"),
            ],
        ],
        "a rule for nobody": [
            [namespace, rule(full)],
            [missing('DestinationRule "shop/cart"', full, "spec.host", "IST0174, KIA0202")],
        ],
        "backends of every kind": [
            [
                namespace,
                http({ name: "other" }),
                ...(["grpcRoute", "tlsRoute", "tcpRoute"] as const).map((kind) =>
                    object(kind, "shop/web", {
                        spec: { rules: [{ backendRefs: [{ name: "other" }] }] },
                    }),
                ),
            ],
            [byRoute("HTTPRoute"), byRoute("GRPCRoute"), byRoute("TLSRoute"), byRoute("TCPRoute")],
        ],
        "a mirror's backend": [
            [
                namespace,
                object("httpRoute", "shop/web", {
                    spec: {
                        rules: [
                            { filters: [{ requestMirror: { backendRef: { name: "other" } } }] },
                        ],
                    },
                }),
            ],
            [byRoute("HTTPRoute", "spec.rules[0].filters")],
        ],
    },
    unknown: {
        "a host that a preview can't know": [
            [namespace, route(to(unknown.string))],
            [
                '"web": string value at .spec.http.0.route.0.destination.host can\'t be known during preview',
            ],
        ],
    },
    config: {
        external: [
            {
                value: [full],
                objects: [namespace, rule(full), rule("other")],
                messages: [
                    missing(
                        'DestinationRule "shop/cart"',
                        "other",
                        "spec.host",
                        "IST0174, KIA0202",
                    ),
                ],
            },
        ],
    },
};
