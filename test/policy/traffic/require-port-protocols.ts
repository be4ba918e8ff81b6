import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const served = object("namespace", "shop", {
    metadata: { labels: { "istio-injection": "enabled" } },
});
const service = (ports: object[], rest: object = {}, metadata: object = {}) =>
    object("service", "shop/cart", { metadata, spec: { ports, ...rest } });
const guessed = (given: string, codes = "IST0118, KIA0601") =>
    `Service "shop/cart" has ${given} on port 8080, so Istio guesses the protocol; set appProtocol (${codes}).`;

export const table: RuleTable = {
    allowed: {
        names: [
            served,
            service([
                { name: "http-web", port: 80 },
                { name: "grpc", port: 81 },
                { name: "grpc-web-a", port: 82 },
            ]),
        ],
        "application protocols": [
            served,
            service([
                { appProtocol: "http2", port: 80, name: "x" },
                { appProtocol: "kubernetes.io/h2c", port: 81 },
            ]),
        ],
        "UDP, and a port that Istio knows": [
            served,
            service([{ protocol: "UDP", port: 8080 }, { port: 3306 }]),
        ],
        "a Service that istiod makes": [
            served,
            service(
                [{ name: "status-port", port: 15021 }],
                {},
                { labels: { "gateway.istio.io/managed": "istio.io-gateway-controller" } },
            ),
        ],
        "a namespace outside the mesh": [object("namespace", "shop"), service([{ port: 8080 }])],
        "a namespace that another program makes": service([{ port: 8080 }]),
    },
    denied: {
        "no name": [[served, service([{ port: 8080 }])], [guessed('name "" and no appProtocol')]],
        "a name that says something else": [
            [served, service([{ name: "web-http", port: 8080 }])],
            [guessed('name "web-http" and no appProtocol')],
        ],
        "an application protocol that Istio doesn't know": [
            [served, service([{ name: "http", appProtocol: "example.com/x", port: 8080 }])],
            [guessed('appProtocol "example.com/x"', "IST0118, KIA0602")],
        ],
        "an external name for TCP": [
            [served, service([{ name: "tcp", port: 8080 }], { type: "ExternalName" })],
            [
                'Service "shop/cart" is of type ExternalName with a port named tcp, which matches every address; ' +
                    "name the protocol that it speaks (IST0150).",
            ],
        ],
    },
    unknown: {
        "a name that a preview can't know": [
            [served, service([{ name: unknown.string, port: 8080 }])],
            ['"cart": string value at .spec.ports.0.name can\'t be known during preview'],
        ],
    },
    config: {},
};
