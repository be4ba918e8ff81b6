import { elementKeys, TOP_KEYS, type Raw } from "../../support/settings";
import { table } from "./table";

table("checkSettings, of unknown keys", [
    [
        "a misspelt key at the top",
        { instalMethod: "helm" },
        [
            "instalMethod",
            'an unknown key with "helm"',
            TOP_KEYS,
            "did you mean installMethod? Rename it in the stack's file, or pulumi config rm istio-mesh:instalMethod",
        ],
    ],
    [
        "a key in other letters",
        { dataplane: "ambient" },
        [
            "dataplane",
            'an unknown key with "ambient"',
            TOP_KEYS,
            "did you mean dataPlane? Rename it in the stack's file, or pulumi config rm istio-mesh:dataplane",
        ],
    ],
    [
        "two letters swapped",
        { szie: "homelab" },
        [
            "szie",
            'an unknown key with "homelab"',
            TOP_KEYS,
            "did you mean size? Rename it in the stack's file, or pulumi config rm istio-mesh:szie",
        ],
    ],
    [
        "a key that is like none",
        { addons: { kiali: true } },
        [
            "addons",
            'an unknown key with {"kiali":true}',
            TOP_KEYS,
            "pulumi config rm istio-mesh:addons",
        ],
    ],
    [
        "a misspelt key instead of a needed one, once",
        { cluster: undefined, clutser: { name: "c1" } },
        [
            "clutser",
            'an unknown key with {"name":"c1"}',
            TOP_KEYS,
            "did you mean cluster? Rename it in the stack's file, or pulumi config rm istio-mesh:clutser",
        ],
    ],
    [
        "a misspelt target, once",
        { kubeContext: undefined, kubecontext: "context1" },
        [
            "kubecontext",
            'an unknown key with "context1"',
            TOP_KEYS,
            "did you mean kubeContext? Rename it in the stack's file, or pulumi config rm istio-mesh:kubecontext",
        ],
    ],
    [
        "an unknown key beside the one it is like, which is taken",
        { cluster: { name: "cluster1", names: "c" } },
        [
            "cluster.names",
            'an unknown key with "c"',
            "name, network, platform",
            "pulumi config rm --path 'istio-mesh:cluster.names'",
        ],
    ],
    [
        "an unknown key in cluster",
        { cluster: { name: "cluster1", region: "europe-west1" } },
        [
            "cluster.region",
            'an unknown key with "europe-west1"',
            "name, network, platform",
            "pulumi config rm --path 'istio-mesh:cluster.region'",
        ],
    ],
    [
        "an unknown key in mesh",
        { mesh: { mtls: "STRICT" } },
        [
            "mesh.mtls",
            'an unknown key with "STRICT"',
            "id, trustDomain, ca, accessLog, outboundTrafficPolicy",
            "pulumi config rm --path 'istio-mesh:mesh.mtls'",
        ],
    ],
    [
        "an unknown key in sizing",
        { sizing: { istoid: { minReplicas: 2 } } },
        [
            "sizing.istoid",
            'an unknown key with {"minReplicas":2}',
            "istiod, waypoint, ztunnel, cni, proxy",
            "did you mean istiod? Rename it in the stack's file, or pulumi config rm --path 'istio-mesh:sizing.istoid'",
        ],
    ],
    [
        "an unknown key in a part of sizing",
        { sizing: { ztunnel: { replicas: 3 } } },
        [
            "sizing.ztunnel.replicas",
            "an unknown key with 3",
            "cpu, memory, terminationGracePeriodSeconds",
            "pulumi config rm --path 'istio-mesh:sizing.ztunnel.replicas'",
        ],
    ],
    [
        "an unknown key in charts",
        { charts: { dir: "./charts" } },
        [
            "charts.dir",
            'an unknown key with "./charts"',
            "repository, oci, directory, hub, tag, operator",
            "pulumi config rm --path 'istio-mesh:charts.dir'",
        ],
    ],
    [
        "an unknown key in gatewayApi",
        { gatewayApi: { bundle: "experimental" } },
        [
            "gatewayApi.bundle",
            'an unknown key with "experimental"',
            "owner, channel, version, directory",
            "pulumi config rm --path 'istio-mesh:gatewayApi.bundle'",
        ],
    ],
    [
        "an unknown key in a namespace",
        { namespaces: [{ name: "shop" }, { name: "cart", sidecars: true }] },
        [
            "namespaces[1].sidecars",
            "an unknown key with true",
            elementKeys("namespaces"),
            "pulumi config rm --path 'istio-mesh:namespaces[1].sidecars'",
        ],
    ],
    [
        "an unknown key in a workload",
        {
            namespaces: [{ name: "shop" }],
            workloads: [{ name: "web", namespace: "shop", image: "web:1", port: 80, ports: [80] }],
        },
        [
            "workloads[0].ports",
            "an unknown key with [80]",
            elementKeys("workloads"),
            "pulumi config rm --path 'istio-mesh:workloads[0].ports'",
        ],
    ],
    [
        "an unknown key in a gateway",
        { gateways: [{ name: "edge", type: "NodePort" }] },
        [
            "gateways[0].type",
            'an unknown key with "NodePort"',
            elementKeys("gateways"),
            "pulumi config rm --path 'istio-mesh:gateways[0].type'",
        ],
    ],
    [
        "keys that JavaScript knows but the settings don't",
        JSON.parse('{"__proto__": {"size": "homelab"}, "constructor": 1, "toString": "x"}') as Raw,
        [
            "__proto__",
            'an unknown key with {"size":"homelab"}',
            TOP_KEYS,
            "pulumi config rm istio-mesh:__proto__",
        ],
        [
            "constructor",
            "an unknown key with 1",
            TOP_KEYS,
            "pulumi config rm istio-mesh:constructor",
        ],
        ["toString", 'an unknown key with "x"', TOP_KEYS, "pulumi config rm istio-mesh:toString"],
    ],
    [
        "the same inside an object",
        {
            cluster: JSON.parse(
                '{"name": "cluster1", "__proto__": {"name": "evil"}, "hasOwnProperty": 1}',
            ) as Raw,
        },
        [
            "cluster.__proto__",
            'an unknown key with {"name":"evil"}',
            "name, network, platform",
            "pulumi config rm --path 'istio-mesh:cluster.__proto__'",
        ],
        [
            "cluster.hasOwnProperty",
            "an unknown key with 1",
            "name, network, platform",
            "pulumi config rm --path 'istio-mesh:cluster.hasOwnProperty'",
        ],
    ],
    [
        "a key with a space, in a command that a shell takes",
        { "my key": 1 },
        ["my key", "an unknown key with 1", TOP_KEYS, "pulumi config rm 'istio-mesh:my key'"],
    ],
    [
        "nested keys with quotes and dots, in commands that a shell takes",
        { mesh: { "it's": 1, 'say "hi"': 2, "a.b": 3 } },
        [
            'mesh["it\'s"]',
            "an unknown key with 1",
            "id, trustDomain, ca, accessLog, outboundTrafficPolicy",
            "pulumi config rm --path 'istio-mesh:mesh[\"it'\\''s\"]'",
        ],
        [
            'mesh["say \\"hi\\""]',
            "an unknown key with 2",
            "id, trustDomain, ca, accessLog, outboundTrafficPolicy",
            'pulumi config rm --path \'istio-mesh:mesh["say \\"hi\\""]\'',
        ],
        [
            'mesh["a.b"]',
            "an unknown key with 3",
            "id, trustDomain, ca, accessLog, outboundTrafficPolicy",
            "pulumi config rm --path 'istio-mesh:mesh[\"a.b\"]'",
        ],
    ],
]);
