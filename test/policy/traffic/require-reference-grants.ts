import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const namespace = object("namespace", "shop");
const route = (
    backend: object,
    kind: "httpRoute" | "grpcRoute" | "tlsRoute" | "tcpRoute" = "httpRoute",
) =>
    object(kind, "web/web", {
        spec: { rules: [{ backendRefs: [{ name: "cart", namespace: "shop", ...backend }] }] },
    });
const gateway = object("gateway", "ingress/edge", {
    spec: { listeners: [{ tls: { certificateRefs: [{ name: "edge", namespace: "shop" }] } }] },
});
const grant = (from: object, to: object, name = "shop/grant") =>
    object("referenceGrant", name, {
        spec: {
            from: [
                {
                    group: "gateway.networking.k8s.io",
                    kind: "HTTPRoute",
                    namespace: "web",
                    ...from,
                },
            ],
            to: [{ group: "", kind: "Service", ...to }],
        },
    });
const refused = (kind = "HTTPRoute") =>
    `${kind} "web/web" uses Service "shop/cart" in spec.rules[0].backendRefs, but no ReferenceGrant in namespace ` +
    `"shop" lets a ${kind} of "web" do so; add one (KIA1402).`;

export const table: RuleTable = {
    allowed: {
        "its own namespace": [object("namespace", "web"), route({ namespace: undefined })],
        "a grant": [namespace, route({}), grant({}, {})],
        "a grant for the one": [namespace, route({}), grant({}, { name: "cart" })],
        "a namespace that another program makes": route({}),
        "a grant for a certificate": [
            namespace,
            gateway,
            grant({ kind: "Gateway", namespace: "ingress" }, { kind: "Secret" }),
        ],
    },
    denied: {
        "no grant, for any kind of route": [
            [
                namespace,
                route({}),
                route({}, "grpcRoute"),
                route({}, "tlsRoute"),
                route({}, "tcpRoute"),
            ],
            [refused(), refused("GRPCRoute"), refused("TLSRoute"), refused("TCPRoute")],
        ],
        "a grant for another namespace": [
            [namespace, route({}), grant({ namespace: "other" }, {})],
            [refused()],
        ],
        "a grant for another kind": [
            [namespace, route({}), grant({ kind: "GRPCRoute" }, {})],
            [refused()],
        ],
        "a grant for another Service": [
            [namespace, route({}), grant({}, { name: "other" })],
            [refused()],
        ],
        "a grant elsewhere": [[namespace, route({}), grant({}, {}, "web/grant")], [refused()]],
        "a certificate": [
            [namespace, gateway, grant({}, {})],
            [
                'Gateway "ingress/edge" uses Secret "shop/edge" in spec.listeners[0].tls, but no ReferenceGrant in ' +
                    'namespace "shop" lets a Gateway of "ingress" do so; add one (KIA1402).',
            ],
        ],
    },
    unknown: {
        "a namespace that a preview can't know": [
            [namespace, route({ namespace: unknown.string })],
            [
                '"web": string value at .spec.rules.0.backendRefs.0.namespace can\'t be known during preview',
            ],
        ],
    },
    config: {},
};
