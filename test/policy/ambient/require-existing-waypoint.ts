import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const use = (name: unknown, elsewhere?: string) => ({
    metadata: {
        labels: {
            "istio.io/use-waypoint": name,
            ...(elsewhere && { "istio.io/use-waypoint-namespace": elsewhere }),
        },
    },
});
const shop = (name: unknown, elsewhere?: string) =>
    object("namespace", "shop", use(name, elsewhere));
const waypoint = (
    allowedRoutes?: object,
    gatewayClassName = "istio-waypoint",
    name = "shop/waypoint",
) =>
    object("gateway", name, {
        spec: { gatewayClassName, listeners: [{ port: 15008, allowedRoutes }] },
    });
const missing = (subject: string, label: string, name: string, rest: string) =>
    `${subject} has istio.io/use-waypoint=${label}, but this stack has no Gateway "${name}", so no waypoint judges its ` +
    `requests; ${rest}.`;
const closed = (subject: string, gateway: string) =>
    `${subject} uses Gateway "${gateway}", which admits no objects of namespace "shop"; set ` +
    "allowedRoutes.namespaces.from of its listener to All, or to a Selector that takes it.";

export const table: RuleTable = {
    allowed: {
        "a waypoint of the namespace": [shop("waypoint"), waypoint()],
        "a waypoint for all": [
            shop("shared", "infra"),
            waypoint({ namespaces: { from: "All" } }, "istio-waypoint", "infra/shared"),
        ],
        "a waypoint that selects the namespace": [
            shop("shared", "infra"),
            waypoint(
                {
                    namespaces: {
                        from: "Selector",
                        selector: { matchLabels: { "kubernetes.io/metadata.name": "shop" } },
                    },
                },
                "istio-waypoint",
                "infra/shared",
            ),
        ],
        "no waypoint on purpose": shop("none"),
        "a Service with its own": [object("service", "shop/web", use("waypoint")), waypoint()],
        "a second waypoint that is there, too": [
            object("namespace", "shop", {
                metadata: {
                    labels: {
                        "istio.io/use-waypoint": "waypoint",
                        "istio.io/use-waypoint-canary": "second",
                    },
                },
            }),
            waypoint(),
            waypoint(undefined, "istio-waypoint", "shop/second"),
        ],
    },
    denied: {
        "a second waypoint that isn't there": [
            [
                object("namespace", "shop", {
                    metadata: { labels: { "istio.io/use-waypoint-canary": "second" } },
                }),
                waypoint(),
            ],
            [
                'Namespace "shop" has istio.io/use-waypoint-canary=second, but this stack has no Gateway "shop/second", so no ' +
                    'waypoint judges its requests; there are "shop/waypoint", or set istio.io/use-waypoint-canary-namespace.',
            ],
        ],
        "no such waypoint": [
            [shop("waypont"), waypoint()],
            [
                missing(
                    'Namespace "shop"',
                    "waypont",
                    "shop/waypont",
                    'there are "shop/waypoint", or set istio.io/use-waypoint-namespace',
                ),
            ],
        ],
        "a Service and a ServiceEntry without one": [
            [
                object("service", "shop/web", use("waypoint")),
                object("serviceEntry", "shop/api", use("egress", "infra")),
            ],
            [
                missing(
                    'Service "shop/web"',
                    "waypoint",
                    "shop/waypoint",
                    "add it, or set istio.io/use-waypoint-namespace",
                ),
                missing('ServiceEntry "shop/api"', "egress", "infra/egress", "add it"),
            ],
        ],
        "a Gateway of another class": [
            [shop("waypoint"), waypoint(undefined, "istio")],
            [
                'Namespace "shop" has istio.io/use-waypoint=waypoint, but Gateway "shop/waypoint" is of class "istio", ' +
                    "which is no waypoint; set gatewayClassName to istio-waypoint.",
            ],
        ],
        "a waypoint that doesn't admit it": [
            [shop("shared", "infra"), waypoint(undefined, "istio-waypoint", "infra/shared")],
            [closed('Namespace "shop"', "infra/shared")],
        ],
    },
    unknown: {
        "a waypoint that isn't known yet": [
            [shop(unknown.string), waypoint()],
            [
                '"shop": string value at .metadata.labels.istio.io/use-waypoint can\'t be known during preview',
            ],
        ],
    },
    config: {
        elsewhere: [
            {
                value: ["infra/shared"],
                objects: [
                    shop("shared", "infra"),
                    object("service", "shop/web", use("other", "infra")),
                ],
                messages: [missing('Service "shop/web"', "other", "infra/other", "add it")],
            },
        ],
    },
};
