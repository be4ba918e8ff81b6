import type { Raw } from "../../support/settings";
import { table } from "./table";

const OUT = { name: "out", via: "chart" };
/** A stack with one namespace of sidecars, an egress gateway, and something that leaves by it. */
const e = (entry: object, more: object = {}): Raw => ({
    namespaces: [{ name: "shop" }],
    egressGateways: [OUT],
    ...more,
    security: {
        egress: [
            { name: "pay", gateway: "istio-egress/out", hosts: ["pay.example.com"], ...entry },
        ],
    },
});

table("checkSettings, of bad egress gateways", [
    [
        "an egress gateway that there is not",
        e({ gateway: "istio-egress/uot" }),
        [
            "security.egress[0].gateway",
            '"istio-egress/uot"',
            '"istio-egress/out"',
            "pulumi config set --path 'istio-mesh:security.egress[0].gateway' istio-egress/out",
        ],
    ],
    [
        "an egress gateway where there is none",
        e({}, { egressGateways: [] }),
        [
            "security.egress[0].gateway",
            '"istio-egress/out"',
            "nothing yet",
            "pulumi config set --path 'istio-mesh:egressGateways[0].name' out, or pulumi config rm --path 'istio-mesh:security.egress[0].gateway'",
        ],
    ],
    [
        "an egress gateway without its namespace",
        e({ gateway: "out" }),
        [
            "security.egress[0].gateway",
            '"out"',
            "<namespace>/<name> of one of egressGateways",
            "pulumi config set --path 'istio-mesh:security.egress[0].gateway' istio-egress/out",
        ],
    ],
    [
        "an egress gateway beside istiod",
        { egressGateways: [{ ...OUT, namespace: "istio-system" }] },
        [
            "egressGateways[0].namespace",
            '"istio-system"',
            "a namespace apart from the control plane and Kubernetes' own, so that it can be given to other people: none of default, kube-*, istio-system, istio-cni, ztunnel, sail-operator",
            "pulumi config set --path 'istio-mesh:egressGateways[0].namespace' istio-egress",
        ],
    ],
    [
        "an egress gateway in a namespace without injection",
        {
            namespaces: [{ name: "shop", dataPlane: "none" }],
            egressGateways: [{ ...OUT, namespace: "shop" }],
        },
        [
            "egressGateways[0].namespace",
            '"shop", whose data plane is "none"',
            "a namespace that allows injection: a gateway's proxy comes from istiod's injector",
            "pulumi config set --path 'istio-mesh:egressGateways[0].namespace' istio-egress",
        ],
    ],
    [
        "an egress gateway by the name of an ingress gateway beside it",
        {
            gateways: [{ name: "out", namespace: "edge" }],
            egressGateways: [{ ...OUT, namespace: "edge" }],
        },
        [
            "egressGateways[0]",
            '"edge/out" again',
            "each name once; the first is istio-mesh:gateways[0]",
            "take it out of the stack's file, or rename it: pulumi config set --path 'istio-mesh:egressGateways[0].name' <name>",
        ],
    ],
    [
        "a budget of an egress gateway that blocks every drain",
        { egressGateways: [{ ...OUT, minReplicas: 2, minAvailable: 2 }] },
        [
            "egressGateways[0].minAvailable",
            "2 of 2 replicas: a drain could never evict a pod",
            "1",
            "pulumi config set --path 'istio-mesh:egressGateways[0].minAvailable' 1",
        ],
    ],
    [
        "a wildcard by an egress gateway",
        e({ hosts: ["*.example.com"] }),
        [
            "security.egress[0].hosts[0]",
            '"*.example.com", by the egress gateway "istio-egress/out"',
            "a full name there: a wildcard has no address that the gateway could send requests on to",
            "name the hosts one by one, or pulumi config rm --path 'istio-mesh:security.egress[0].gateway'",
        ],
    ],
    [
        "a protocol that does not say for which host it is",
        e({ ports: [{ number: 5432, protocol: "TCP" }] }),
        [
            "security.egress[0].ports[0].protocol",
            '"TCP", by the egress gateway "istio-egress/out"',
            "HTTP, GRPC, HTTPS, TLS there: other connections don't say which host they are for",
            "pulumi config rm --path 'istio-mesh:security.egress[0].gateway'",
        ],
    ],
    [
        "two ports that the gateway could not tell apart",
        e({
            ports: [
                { number: 80, protocol: "HTTP" },
                { number: 8080, protocol: "GRPC" },
                { number: 443 },
            ],
        }),
        [
            "security.egress[0].ports[1]",
            'a second port of HTTP or GRPC, by the egress gateway "istio-egress/out"',
            "one port of each there: by its host alone, the gateway couldn't tell which is meant",
            "pulumi config rm --path 'istio-mesh:security.egress[0].ports[1]', or pulumi config rm --path 'istio-mesh:security.egress[0].gateway'",
        ],
    ],
    [
        "an entry's name twice",
        {
            security: {
                egress: [
                    { name: "pay", hosts: ["pay.example.com"] },
                    { name: "pay", hosts: ["bank.example.com"] },
                ],
            },
        },
        [
            "security.egress[1].name",
            '"pay" again',
            "each name once; the first is istio-mesh:security.egress[0]",
            "pulumi config set --path 'istio-mesh:security.egress[1].name' <name>",
        ],
    ],
    [
        "sidecars that would go past a waypoint",
        e({}, { egressGateways: [{ ...OUT, via: "waypoint" }] }),
        [
            "security.egress[0].gateway",
            '"istio-egress/out" by waypoint, for callers in shop (sidecar)',
            "callers with ambient: sidecars go past a waypoint",
            "pulumi config set --path 'istio-mesh:egressGateways[0].via' chart",
        ],
    ],
    [
        "ambient callers of a gateway for sidecars, beside others",
        e({}, { namespaces: [{ name: "shop" }, { name: "cart", dataPlane: "ambient" }] }),
        [
            "security.egress[0].gateway",
            '"istio-egress/out" by chart, for callers in cart (ambient)',
            "callers with sidecars: ztunnel hands requests to waypoints alone",
            "pulumi config set --path 'istio-mesh:security.egress[0].namespaces[0]' shop",
        ],
    ],
    [
        "a sidecar scope without the gateway",
        e({}, { namespaces: [{ name: "shop", sidecarScope: ["web"] }] }),
        [
            "namespaces[0].sidecarScope",
            '["web"], with the egress gateway "istio-egress/out"',
            'a list with "istio-egress": its requests leave by that namespace',
            "pulumi config set --path 'istio-mesh:namespaces[0].sidecarScope[1]' istio-egress",
        ],
    ],
    [
        "a network policy that closes the way to the gateway",
        e({}, { namespaces: [{ name: "shop", networkPolicy: {} }] }),
        [
            "namespaces[0].networkPolicy.to",
            '[], with the egress gateway "istio-egress/out"',
            'a list with "istio-egress": its requests leave by that namespace',
            "pulumi config set --path 'istio-mesh:namespaces[0].networkPolicy.to[0]' istio-egress",
        ],
    ],
]);
