import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

import { http, https, listening } from "../../support/gateways";

const hosts = ["shop.example.com"];
const gateway = (gatewayClassName = "istio", metadata: object = {}) =>
    object("gateway", "ingress/edge", {
        metadata,
        spec: {
            gatewayClassName,
            listeners: [
                { name: "http", port: 80, protocol: "HTTP" },
                { name: "https", port: 443, protocol: "HTTPS" },
            ],
        },
    });
const route = (parent: object, rules: object[] = [{}]) =>
    object("httpRoute", "ingress/web", {
        spec: { parentRefs: [{ name: "edge", ...parent }], rules },
    });
const redirect = (scheme: unknown) => ({
    filters: [{ type: "RequestRedirect", requestRedirect: { scheme } }],
});
const plain = (port = 80, index = 0) =>
    `Gateway "ingress/edge" serves shop.example.com in plain HTTP on port ${port}, in spec.servers[${index}]; ` +
    "set tls.httpsRedirect: true and serve HTTPS.";
const attached =
    'Gateway "ingress/edge" serves HTTPRoute "ingress/web" in plain HTTP on listener "http"; attach it to an ' +
    "HTTPS listener by sectionName, and redirect here.";

export const table: RuleTable = {
    allowed: {
        "HTTPS and a redirect": listening([http(hosts, { httpsRedirect: true }), https(hosts)]),
        "a gateway that lets traffic out": listening([http(hosts)], "egress/out", {
            istio: "egressgateway",
        }),
        "a listener without routes": gateway(),
        "a route for HTTPS": [gateway(), route({ sectionName: "https" }), route({ port: 443 })],
        "a redirect by a route": [gateway(), route({ sectionName: "http" }, [redirect("https")])],
        "a route of another gateway": [
            gateway(),
            route({ name: "other" }),
            route({ namespace: "shop" }),
        ],
        "a waypoint": [gateway("istio-waypoint"), route({})],
        "a gateway that lets traffic out, by label": [
            gateway("istio", { labels: { istio: "egressgateway" } }),
            route({}),
        ],
    },
    denied: {
        "plain HTTP": [listening([http(hosts)]), [plain()]],
        "plain HTTP beside HTTPS": [
            listening([https(hosts), http(hosts, undefined, 8080)]),
            [plain(8080, 1)],
        ],
        "a route for every listener": [[gateway(), route({})], [attached]],
        "a route for the port": [[gateway(), route({ port: 80 })], [attached]],
        "a redirect to elsewhere": [
            [gateway(), route({ sectionName: "http" }, [redirect("http")])],
            [attached],
        ],
        "a redirect beside a route": [
            [gateway(), route({ sectionName: "http" }, [redirect("https"), {}])],
            [attached],
        ],
    },
    unknown: {
        "a scheme that a preview can't know": [
            [gateway(), route({ sectionName: "http" }, [redirect(unknown.string)])],
            [
                '"edge": string value at .spec.rules.0.filters.0.requestRedirect.scheme can\'t be known during preview',
            ],
        ],
    },
    config: {
        internal: [
            {
                value: ["istio=inner"],
                objects: [
                    listening([http(hosts)], "ingress/inner", { istio: "inner", app: "inner" }),
                    listening([http(hosts)], "ingress/edge", { istio: "egressgateway" }),
                ],
                messages: [plain()],
            },
        ],
    },
};
