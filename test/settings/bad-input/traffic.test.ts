import { table } from "./table";
import { ambient, base, t } from "./traffic-base";

table("checkSettings, of bad traffic", [
    [
        "a service that the stack does not deploy",
        t({ service: "chekout" }),
        [
            "traffic[0].service",
            '"chekout"',
            '"checkout"',
            "pulumi config set --path 'istio-mesh:traffic[0].service' checkout, or pulumi config set --path 'istio-mesh:traffic[0].deployedBy' others, where somebody else deploys it",
        ],
    ],
    [
        "a service like none",
        t({ service: "payment" }),
        [
            "traffic[0].service",
            '"payment"',
            '"checkout"',
            "pulumi config set --path 'istio-mesh:traffic[0].deployedBy' others, where somebody else deploys it",
        ],
    ],
    [
        "a namespace outside the mesh",
        t({ namespace: "shops", deployedBy: "others" }),
        [
            "traffic[0].namespace",
            '"shops"',
            '"shop"',
            "pulumi config set --path 'istio-mesh:traffic[0].namespace' shop",
        ],
    ],
    [
        "a namespace of no data plane",
        t(
            { deployedBy: "others" },
            { namespaces: [{ name: "shop", dataPlane: "none" }, { name: "web" }] },
        ),
        [
            "traffic[0].namespace",
            '"shop", whose data plane is "none"',
            '"web"',
            "pulumi config set --path 'istio-mesh:traffic[0].namespace' web",
        ],
    ],
    [
        "a version that does not exist",
        t({
            versions: [
                { name: "v1", weight: 90 },
                { name: "v3", weight: 10 },
            ],
        }),
        [
            "traffic[0].versions[1].name",
            '"v3"',
            '"v1", "v2"',
            "pulumi config set --path 'istio-mesh:traffic[0].versions[1].name' v1",
        ],
    ],
    [
        "weights that are all zero",
        t({ versions: [{ name: "v1" }, { name: "v2", weight: 0 }] }),
        [
            "traffic[0].versions",
            "the weight 0 for v1, v2",
            "a weight above 0 for at least one version, which gets the rest",
            "pulumi config set --path 'istio-mesh:traffic[0].versions[0].weight' 100",
        ],
    ],
    [
        "a negative weight",
        t({ versions: [{ name: "v1", weight: -1 }] }),
        [
            "traffic[0].versions[0].weight",
            "-1",
            "a whole number from 0 to 1000000",
            "pulumi config set --path 'istio-mesh:traffic[0].versions[0].weight' 0",
        ],
    ],
    [
        "a version twice",
        t({
            versions: [
                { name: "v1", weight: 1 },
                { name: "v1", weight: 1 },
            ],
        }),
        [
            "traffic[0].versions[1].name",
            '"v1" again',
            "each version once",
            "take it out of the stack's file, or rename it",
        ],
    ],
    [
        "a mirror that is no version",
        t({ versions: [{ name: "v1", weight: 1 }], mirror: { version: "v2" } }),
        [
            "traffic[0].mirror.version",
            '"v2"',
            '"v1"',
            "pulumi config set --path 'istio-mesh:traffic[0].mirror.version' v1",
        ],
    ],
    [
        "what a waypoint can't do",
        t({ retries: {}, fault: { abort: { status: 503 } }, rateLimit: { requests: 5 } }, ambient),
        [
            "traffic[0].retries",
            '{"attempts":3,"on":["connect-failure","refused-stream","u...',
            "nothing in an ambient namespace: an HTTPRoute has no retries; Istio tries twice more by itself",
            "pulumi config rm --path 'istio-mesh:traffic[0].retries'",
        ],
        [
            "traffic[0].fault",
            '{"abort":{"status":503,"percent":100}}',
            "nothing in an ambient namespace: an HTTPRoute has no faults",
            "pulumi config rm --path 'istio-mesh:traffic[0].fault'",
        ],
        [
            "traffic[0].rateLimit",
            '{"requests":5,"per":"1s"}',
            "nothing in an ambient namespace: Istio takes no EnvoyFilter for a waypoint",
            "pulumi config rm --path 'istio-mesh:traffic[0].rateLimit'",
        ],
    ],
    [
        "what a Gateway API gateway can't do",
        t(
            { hosts: ["a.example"], gateway: "public/edge", retries: { attempts: 1 } },
            { gateways: [{ name: "edge", namespace: "public", via: "gateway-api" }] },
        ),
        [
            "traffic[0].retries",
            '{"attempts":1,"on":["connect-failure","refused-stream","u...',
            "nothing behind a gateway of the Gateway API: an HTTPRoute has no retries; Istio tries twice more by itself",
            "pulumi config rm --path 'istio-mesh:traffic[0].retries'",
        ],
    ],
    [
        "a timeout without a unit",
        t({ timeout: 5 }),
        [
            "traffic[0].timeout",
            "5",
            'a whole number of at most 5 digits with unit ms, s, m or h, such as "5s"',
            "pulumi config set --path 'istio-mesh:traffic[0].timeout' 5s",
        ],
    ],
    [
        "a timeout in words",
        t({ timeout: "5 seconds" }),
        [
            "traffic[0].timeout",
            '"5 seconds"',
            'a whole number of at most 5 digits with unit ms, s, m or h, such as "5s"',
            "pulumi config set --path 'istio-mesh:traffic[0].timeout' 5s",
        ],
    ],
    [
        "a retry condition that Envoy lacks",
        t({ retries: { on: ["5xxx"] } }),
        [
            "traffic[0].retries.on[0]",
            '"5xxx"',
            '"503", "5xx", "gateway-error", "reset", "connect-failure", "refused-stream", "retriable-4xx", "cancelled", "unavailable"',
            "pulumi config set --path 'istio-mesh:traffic[0].retries.on[0]' 5xx",
        ],
    ],
    [
        "a share above the whole",
        t({ fault: { abort: { status: 503, percent: 101 } } }),
        [
            "traffic[0].fault.abort.percent",
            "101",
            "a whole number from 1 to 100",
            "pulumi config set --path 'istio-mesh:traffic[0].fault.abort.percent' 100",
        ],
    ],
    [
        "a certificate without its Secret",
        { ...base, gateways: [{ name: "edge", tls: {} }] },
        [
            "gateways[0].tls.secret",
            "nothing",
            "a lower-case letter first, then lower-case letters, digits and dashes, at most 53, no dash at the end",
            "pulumi config set --path 'istio-mesh:gateways[0].tls.secret' edge-certificate",
        ],
    ],
    [
        "two versions of a workload by one name",
        {
            ...base,
            workloads: [
                {
                    ...base.workloads[0],
                    versions: [
                        { name: "v2", image: "a:2" },
                        { name: "v2", image: "a:3" },
                    ],
                },
            ],
        },
        [
            "workloads[0].versions[1]",
            '"shop/checkout-v2" again',
            "each name once; the first is istio-mesh:workloads[0].versions[0]",
            "take it out of the stack's file, or rename it: pulumi config set --path 'istio-mesh:workloads[0].versions[1].name' <name>",
        ],
    ],
    [
        "a version by the name of the first",
        {
            ...base,
            workloads: [{ ...base.workloads[0], versions: [{ name: "v1", image: "a:2" }] }],
        },
        [
            "workloads[0].versions[0]",
            '"shop/checkout" again',
            "each name once; the first is istio-mesh:workloads[0]",
            "take it out of the stack's file, or rename it: pulumi config set --path 'istio-mesh:workloads[0].versions[0].name' <name>",
        ],
    ],
    [
        "a protocol that the workload doesn't speak",
        t({ protocol: "grpc" }),
        [
            "traffic[0].protocol",
            '"grpc", for a workload that speaks "http"',
            "the workload's own protocol, after which its port is named",
            "pulumi config set --path 'istio-mesh:traffic[0].protocol' http, or pulumi config set --path 'istio-mesh:workloads[0].protocol' grpc",
        ],
    ],
    [
        "a timeout and retries of gRPC at a waypoint",
        t(
            { protocol: "grpc", timeout: "2s", retries: { attempts: 1 }, deployedBy: "others" },
            ambient,
        ),
        [
            "traffic[0].timeout",
            '"2s"',
            "nothing in an ambient namespace: a GRPCRoute has no timeout",
            "pulumi config rm --path 'istio-mesh:traffic[0].timeout'",
        ],
        [
            "traffic[0].retries",
            '{"attempts":1,"on":["connect-failure","refused-stream","u...',
            "nothing in an ambient namespace: a GRPCRoute has no retries; Istio tries twice more by itself",
            "pulumi config rm --path 'istio-mesh:traffic[0].retries'",
        ],
    ],
]);
