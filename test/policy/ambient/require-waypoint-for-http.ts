import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const shop = (labels: object = {}) =>
    object("namespace", "shop", {
        metadata: { labels: { "istio.io/dataplane-mode": "ambient", ...labels } },
    });
const use = { "istio.io/use-waypoint": "waypoint" };
const jwt = (spec: object = {}) => object("requestAuthentication", "shop/jwt", { spec });
const toWeb = { targetRefs: [{ kind: "Service", name: "web" }] };
const service = (labels: object = {}) => object("service", "shop/web", { metadata: { labels } });
const idle = (subject: string, what: string) =>
    `${subject} holds for ${what}, which is in ambient without a waypoint, so nothing applies it; ` +
    "add a waypoint and the label istio.io/use-waypoint.";
const route = (spec: object) => object("virtualService", "shop/web", { spec });

export const table: RuleTable = {
    allowed: {
        "a namespace with a waypoint": [
            shop(use),
            jwt(),
            jwt(toWeb),
            route({ hosts: ["web"] }),
            service(),
        ],
        "a Service with a waypoint": [shop(), service(use), jwt(toWeb)],
        "a policy for a Gateway": [
            shop(),
            object("authorizationPolicy", "shop/edge", {
                spec: {
                    targetRefs: [
                        { group: "gateway.networking.k8s.io", kind: "Gateway", name: "edge" },
                    ],
                },
            }),
        ],
        "a policy for ztunnel": [
            shop(),
            object("authorizationPolicy", "shop/l4", { spec: { rules: [{}] } }),
        ],
        sidecars: [
            object("namespace", "shop", { metadata: { labels: { "istio-injection": "enabled" } } }),
            jwt(),
        ],
        "routes of a gateway": [shop(), service(), route({ hosts: ["web"], gateways: ["edge"] })],
        "routes to hosts outside": [shop(), route({ hosts: ["api.example.com"] })],
    },
    denied: {
        "a namespace without one": [
            [shop(), jwt()],
            [idle('RequestAuthentication "shop/jwt"', 'namespace "shop"')],
        ],
        "a Service without one": [
            [
                shop({ "istio.io/use-waypoint": "none" }),
                service(),
                object("authorizationPolicy", "shop/l7", { spec: toWeb }),
                object("wasmPlugin", "shop/filter", {
                    spec: { targetRef: { kind: "Service", name: "web" } },
                }),
            ],
            [
                idle('AuthorizationPolicy "shop/l7"', 'Service "shop/web"'),
                idle('WasmPlugin "shop/filter"', 'Service "shop/web"'),
            ],
        ],
        "a route without one": [
            [shop(), service(), route({ hosts: ["web.shop.svc.cluster.local"] })],
            [
                'VirtualService "shop/web" routes to Service "shop/web", which is in ambient without a waypoint, so ' +
                    "nothing applies it; add a waypoint and the label istio.io/use-waypoint.",
            ],
        ],
    },
    unknown: {
        "a waypoint that isn't known yet": [
            [shop({ "istio.io/use-waypoint": unknown.string }), jwt()],
            [
                '"jwt": string value at .metadata.labels.istio.io/use-waypoint can\'t be known during preview',
            ],
        ],
    },
    config: {},
};
