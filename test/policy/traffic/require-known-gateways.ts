import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const namespaces = [object("namespace", "shop"), object("namespace", "ingress")];
const service = (...gateways: unknown[]) =>
    object("virtualService", "shop/web", { spec: { gateways } });
const edge = object("istioGateway", "ingress/edge");
const listening = object("gateway", "ingress/edge", {
    spec: {
        listeners: [
            { name: "http", port: 80 },
            { name: "https", port: 443 },
        ],
    },
});
const route = (parent: object) =>
    object("httpRoute", "shop/web", {
        spec: { parentRefs: [{ name: "edge", namespace: "ingress", ...parent }] },
    });
const unknownGateway = (given: string, namespace: string, name: string) =>
    `VirtualService "shop/web" is for gateway "${given}", but the stack makes namespace "${namespace}" and no ` +
    `Gateway of networking.istio.io "${name}"; correct the name, or list it in this rule's "external" (IST0101, ` +
    "KIA1102).";
const detached = (kind = "HTTPRoute") =>
    `${kind} "shop/web" attaches to Gateway "ingress/edge", but the stack makes namespace "ingress" and no such ` +
    `Gateway; correct the name, or list it in this rule's "external" (KIA1401).`;
const listener = (wanted: string) =>
    `HTTPRoute "shop/web" attaches to ${wanted} of Gateway "ingress/edge", which has "http", "https"; correct the ` +
    "parentRef (KIA1401).";

export const table: RuleTable = {
    allowed: {
        "a Gateway": [...namespaces, edge, service("ingress/edge", "mesh")],
        "no gateway": [...namespaces, object("virtualService", "shop/web", { spec: {} })],
        "a namespace that another program makes": [
            edge,
            service("other/edge"),
            route({ namespace: "other" }),
        ],
        "a listener": [
            ...namespaces,
            listening,
            route({ sectionName: "https" }),
            route({ port: 80 }),
            route({}),
        ],
        "a Service, for the mesh": [
            ...namespaces,
            route({ group: "", kind: "Service", name: "cart" }),
        ],
    },
    denied: {
        "a Gateway of another namespace by its bare name": [
            [...namespaces, edge, service("edge")],
            [unknownGateway("edge", "shop", "shop/edge")],
        ],
        "no such Gateway": [
            [...namespaces, edge, service("ingress/egde")],
            [unknownGateway("ingress/egde", "ingress", "ingress/egde")],
        ],
        "a Gateway of the other API": [
            [...namespaces, listening, service("ingress/edge")],
            [unknownGateway("ingress/edge", "ingress", "ingress/edge")],
        ],
        "routes without a Gateway": [
            [
                ...namespaces,
                edge,
                route({}),
                ...(["grpcRoute", "tlsRoute", "tcpRoute"] as const).map((kind) =>
                    object(kind, "shop/web", {
                        spec: { parentRefs: [{ name: "edge", namespace: "ingress" }] },
                    }),
                ),
            ],
            [detached(), detached("GRPCRoute"), detached("TLSRoute"), detached("TCPRoute")],
        ],
        "no such listener": [
            [...namespaces, listening, route({ sectionName: "tls" }), route({ port: 8080 })],
            [listener('listener "tls"'), listener("port 8080")],
        ],
    },
    unknown: {
        "a gateway that a preview can't know": [
            [...namespaces, service(unknown.string)],
            ['"web": string value at .spec.gateways.0 can\'t be known during preview'],
        ],
    },
    config: {
        external: [
            {
                value: ["ingress/edge"],
                objects: [...namespaces, service("ingress/edge", "ingress/other"), route({})],
                messages: [unknownGateway("ingress/other", "ingress", "ingress/other")],
            },
        ],
    },
};
