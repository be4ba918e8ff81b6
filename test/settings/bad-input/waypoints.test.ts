import type { Raw } from "../../support/settings";
import { table } from "./table";

const SHOP = { name: "shop", waypoint: true };
/** An ambient stack with one service, and a waypoint beside its namespace's own. */
const w = (waypoint: object, more: object = {}): Raw => ({
    dataPlane: "ambient",
    namespaces: [SHOP],
    workloads: [{ name: "checkout", namespace: "shop", image: "a:1", port: 80 }],
    ...more,
    waypoints: [{ name: "second", namespace: "shop", ...waypoint }],
});

table("checkSettings, of bad waypoints", [
    [
        "a waypoint outside of the stack's namespaces",
        w({ namespace: "shops" }),
        [
            "waypoints[0].namespace",
            '"shops"',
            'an ambient namespace of this stack: "shop"',
            "pulumi config set --path 'istio-mesh:waypoints[0].namespace' shop",
        ],
    ],
    [
        "a waypoint among sidecars",
        w({}, { namespaces: [{ name: "shop", dataPlane: "sidecar" }] }),
        [
            "waypoints[0].namespace",
            '"shop", whose data plane is "sidecar"',
            "an ambient namespace of this stack: nothing yet",
            "pulumi config set --path 'istio-mesh:waypoints[0].namespace' <name>",
        ],
    ],
    [
        "a waypoint by the name that means none",
        w({ name: "none" }),
        [
            "waypoints[0].name",
            '"none"',
            "another name: by this one Istio means no waypoint at all",
            "pulumi config set --path 'istio-mesh:waypoints[0].name' <name>",
        ],
    ],
    [
        "a waypoint by the name of its namespace's own",
        w({ name: "waypoint" }),
        [
            "waypoints[0]",
            '"shop/waypoint" again',
            "each name once; the first is istio-mesh:namespaces[0].waypoint",
            "take it out of the stack's file, or rename it: pulumi config set --path 'istio-mesh:waypoints[0].name' <name>",
        ],
    ],
    [
        "a service that the stack does not deploy",
        w({ services: ["chekout"] }),
        [
            "waypoints[0].services[0]",
            '"chekout"',
            'one of workloads in shop: "checkout"; whoever deploys another labels its Service istio.io/use-waypoint himself',
            "pulumi config set --path 'istio-mesh:waypoints[0].services[0]' checkout",
        ],
    ],
    [
        "a service at two waypoints",
        {
            ...w({}),
            waypoints: [
                { name: "one", namespace: "shop", services: ["checkout"] },
                { name: "two", namespace: "shop", services: ["checkout"] },
            ],
        },
        [
            "waypoints[1].services[0]",
            '"checkout" again',
            "one waypoint for each service; the first is istio-mesh:waypoints[0].services[0]",
            "pulumi config rm --path 'istio-mesh:waypoints[1].services[0]'",
        ],
    ],
    [
        "a revision that there is not",
        w({ revision: "canary" }),
        [
            "waypoints[0].revision",
            '"canary"',
            'a tag or revision of this stack: "default"',
            "pulumi config rm --path 'istio-mesh:waypoints[0].revision'",
        ],
    ],
    [
        "fewer replicas at most than at least",
        w({ minReplicas: 5, maxReplicas: 4 }),
        [
            "waypoints[0].maxReplicas",
            "4, below minReplicas 5",
            "5 or more",
            "pulumi config set --path 'istio-mesh:waypoints[0].maxReplicas' 5",
        ],
    ],
    [
        "what passes a waypoint, without one",
        { dataPlane: "ambient", namespaces: [{ name: "shop", waypointFor: "all" }] },
        [
            "namespaces[0].waypointFor",
            "a value, without a waypoint",
            "a value only with waypoint: true",
            "pulumi config set --path 'istio-mesh:namespaces[0].waypoint' true, or pulumi config rm --path 'istio-mesh:namespaces[0].waypointFor'",
        ],
    ],
    [
        "a canary that there is not",
        w({}, { namespaces: [{ ...SHOP, waypointCanary: { name: "secnod", weight: 10 } }] }),
        [
            "namespaces[0].waypointCanary.name",
            '"secnod"',
            'one of waypoints in shop, for "service" or "all": "second"',
            "pulumi config set --path 'istio-mesh:namespaces[0].waypointCanary.name' second",
        ],
    ],
    [
        "a canary that takes no requests to Services",
        w(
            { for: "workload" },
            { namespaces: [{ ...SHOP, waypointCanary: { name: "second", weight: 10 } }] },
        ),
        [
            "namespaces[0].waypointCanary.name",
            '"second", which is for "workload"',
            'one of waypoints in shop, for "service" or "all": nothing yet',
            "pulumi config set --path 'istio-mesh:namespaces[0].waypointCanary.name' <name>",
        ],
    ],
    [
        "a canary's weight above all",
        w({}, { namespaces: [{ ...SHOP, waypointCanary: { name: "second", weight: 101 } }] }),
        [
            "namespaces[0].waypointCanary.weight",
            "101",
            "a whole number from 0 to 100",
            "pulumi config set --path 'istio-mesh:namespaces[0].waypointCanary.weight' 10",
        ],
    ],
    [
        "a canary that Istio doesn't know yet",
        w(
            {},
            {
                istioVersion: "1.30.7",
                namespaces: [{ ...SHOP, waypointCanary: { name: "second", weight: 10 } }],
            },
        ),
        [
            "namespaces[0].waypointCanary",
            'a value, with istioVersion "1.30.7"',
            "a canary from Istio 1.31.0 on: older ones ignore it",
            "pulumi config rm --path 'istio-mesh:namespaces[0].waypointCanary'",
        ],
    ],
    [
        "a denial of all where only some services have a waypoint",
        w({ services: ["checkout"] }, { namespaces: [{ name: "shop", defaultDeny: true }] }),
        [
            "namespaces[0].defaultDeny",
            "all of shop, where some services have a waypoint of their own and others none",
            "single services there, or a waypoint of the namespace: ztunnel would take the services' waypoint for the caller",
            "pulumi config set --path 'istio-mesh:namespaces[0].waypoint' true",
        ],
    ],
    [
        "traffic of a service whose waypoint is for pods alone",
        w(
            { for: "workload", services: ["checkout"] },
            { traffic: [{ service: "checkout", namespace: "shop" }] },
        ),
        [
            "traffic[0]",
            'what waypoint "second" would have to do, which is for "workload"',
            'a waypoint for "service" or "all": requests to Services go past one for pods alone',
            "pulumi config set --path 'istio-mesh:waypoints[0].for' all",
        ],
    ],
    [
        "policies that only requests to pods themselves would meet",
        {
            dataPlane: "ambient",
            namespaces: [{ ...SHOP, waypointFor: "workload", defaultDeny: true }],
            security: { authorization: [{ name: "web", namespace: "shop", service: "web" }] },
        },
        [
            "security.authorization[0]",
            'what waypoint "waypoint" would have to do, which is for "workload"',
            'a waypoint for "service" or "all": requests to Services go past one for pods alone',
            "pulumi config set --path 'istio-mesh:namespaces[0].waypointFor' all",
        ],
        [
            "namespaces[0].defaultDeny",
            'what waypoint "waypoint" would have to do, which is for "workload"',
            'a waypoint for "service" or "all": requests to Services go past one for pods alone',
            "pulumi config set --path 'istio-mesh:namespaces[0].waypointFor' all",
        ],
    ],
]);
