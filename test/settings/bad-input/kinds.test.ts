import { elementKeys } from "../../support/settings";
import { table } from "./table";

const LABEL = "a text of lower-case letters, digits and dashes, at most 63, no dash at either end";

table("checkSettings, of wrong kinds", [
    [
        "a list for a word",
        { installMethod: ["helm"] },
        [
            "installMethod",
            '["helm"]',
            '"helm", "sail"',
            "pulumi config set istio-mesh:installMethod helm",
        ],
    ],
    [
        "null for a word",
        { size: null },
        ["size", "null", '"homelab", "production"', "pulumi config set istio-mesh:size production"],
    ],
    [
        "an unknown word that is near a known one",
        { size: "homelb" },
        [
            "size",
            '"homelb"',
            '"homelab", "production"',
            "pulumi config set istio-mesh:size homelab",
        ],
    ],
    [
        "an unknown word that is near none, with the default",
        { size: "large" },
        [
            "size",
            '"large"',
            '"homelab", "production"',
            "pulumi config set istio-mesh:size production",
        ],
    ],
    [
        "a data plane that only namespaces can have",
        { dataPlane: "none" },
        [
            "dataPlane",
            '"none"',
            '"sidecar", "ambient"',
            "pulumi config set istio-mesh:dataPlane sidecar",
        ],
    ],
    [
        "an install method that this program lacks",
        { installMethod: "istioctl" },
        [
            "installMethod",
            '"istioctl"',
            '"helm", "sail"',
            "pulumi config set istio-mesh:installMethod helm",
        ],
    ],
    [
        "an unknown platform, which is better left out",
        { cluster: { name: "cluster1", platform: "eks" } },
        [
            "cluster.platform",
            '"eks"',
            '"gke", "k3d", "k3s", "microk8s", "minikube", "openshift"',
            "pulumi config rm --path 'istio-mesh:cluster.platform'",
        ],
    ],
    [
        "a misspelt platform",
        { cluster: { name: "cluster1", platform: "open-shift" } },
        [
            "cluster.platform",
            '"open-shift"',
            '"gke", "k3d", "k3s", "microk8s", "minikube", "openshift"',
            "pulumi config set --path 'istio-mesh:cluster.platform' openshift",
        ],
    ],
    [
        "an object as a text that isn't JSON",
        { cluster: "name=cluster1" },
        [
            "cluster",
            '"name=cluster1"',
            "an object with name, network, platform",
            "write istio-mesh:cluster as an object in the stack's file, such as { name: cluster1 }",
        ],
    ],
    [
        "an object as a list",
        { cluster: ["cluster1"] },
        [
            "cluster",
            '["cluster1"]',
            "an object with name, network, platform",
            "write istio-mesh:cluster as an object in the stack's file, such as { name: cluster1 }",
        ],
    ],
    [
        "an object as null",
        { mesh: null },
        [
            "mesh",
            "null",
            "an object with id, trustDomain, ca, accessLog, outboundTrafficPolicy",
            "write istio-mesh:mesh as an object in the stack's file, such as { id: my-name }",
        ],
    ],
    [
        "an object as a number",
        { charts: 5 },
        [
            "charts",
            "5",
            "an object with repository, oci, directory, hub, tag, operator",
            "write istio-mesh:charts as an object in the stack's file, such as { repository: https://blob.istio.io/istio-release/charts }",
        ],
    ],
    [
        "a nested object as a text",
        { sizing: { istiod: "3 replicas" } },
        [
            "sizing.istiod",
            '"3 replicas"',
            "an object with minReplicas, maxReplicas, minAvailable, cpu, memory",
            "write istio-mesh:sizing.istiod as an object in the stack's file, such as { minReplicas: 3 }",
        ],
    ],
    [
        "a list as an object",
        { namespaces: { name: "shop" } },
        [
            "namespaces",
            '{"name":"shop"}',
            "a list",
            "write istio-mesh:namespaces as a list in the stack's file, such as [{ name: my-name }]",
        ],
    ],
    [
        "a list as a text that isn't JSON",
        { workloads: "web, cart" },
        [
            "workloads",
            '"web, cart"',
            "a list",
            "write istio-mesh:workloads as a list in the stack's file, such as [{ name: my-name, namespace: my-name, image: ghcr.io/stefanprodan/podinfo:6.9.0, port: 8080 }]",
        ],
    ],
    [
        "a list as null",
        { gateways: null },
        [
            "gateways",
            "null",
            "a list",
            "write istio-mesh:gateways as a list in the stack's file, such as [{ name: my-name }]",
        ],
    ],
    [
        "a text as an element of a list",
        { namespaces: ["shop"] },
        [
            "namespaces[0]",
            '"shop"',
            `an object with ${elementKeys("namespaces")}`,
            "write istio-mesh:namespaces[0] as an object in the stack's file, such as { name: my-name }",
        ],
    ],
    [
        "null as an element of a list",
        { gateways: [null] },
        [
            "gateways[0]",
            "null",
            `an object with ${elementKeys("gateways")}`,
            "write istio-mesh:gateways[0] as an object in the stack's file, such as { name: my-name }",
        ],
    ],
    [
        "a list as an element of a list",
        { workloads: [[]] },
        [
            "workloads[0]",
            "[]",
            `an object with ${elementKeys("workloads")}`,
            "write istio-mesh:workloads[0] as an object in the stack's file, such as { name: my-name, namespace: my-name, image: ghcr.io/stefanprodan/podinfo:6.9.0, port: 8080 }",
        ],
    ],
    [
        "a boolean in quotes, keeping what it says",
        { mesh: { accessLog: "false" } },
        [
            "mesh.accessLog",
            '"false"',
            "true, false",
            "pulumi config set --path 'istio-mesh:mesh.accessLog' false",
        ],
    ],
    [
        "yes for a boolean, keeping what it says",
        { mesh: { accessLog: "yes" } },
        [
            "mesh.accessLog",
            '"yes"',
            "true, false",
            "pulumi config set --path 'istio-mesh:mesh.accessLog' true",
        ],
    ],
    [
        "a word that is no boolean, with the default",
        { mesh: { accessLog: "verbose" } },
        [
            "mesh.accessLog",
            '"verbose"',
            "true, false",
            "pulumi config set --path 'istio-mesh:mesh.accessLog' false",
        ],
    ],
    [
        "a number in quotes, keeping it",
        { sizing: { istiod: { minReplicas: "4" } } },
        [
            "sizing.istiod.minReplicas",
            '"4"',
            "a whole number from 1 to 100",
            "pulumi config set --path 'istio-mesh:sizing.istiod.minReplicas' 4",
        ],
    ],
    [
        "a fraction for a count",
        { sizing: { istiod: { minReplicas: 1.5 } } },
        [
            "sizing.istiod.minReplicas",
            "1.5",
            "a whole number from 1 to 100",
            "pulumi config set --path 'istio-mesh:sizing.istiod.minReplicas' 3",
        ],
    ],
    [
        "an object for a text",
        { mesh: { id: { name: "mesh1" } } },
        [
            "mesh.id",
            '{"name":"mesh1"}',
            LABEL,
            "pulumi config set --path 'istio-mesh:mesh.id' my-name",
        ],
    ],
    [
        "a boolean for a text",
        { mesh: { trustDomain: true } },
        [
            "mesh.trustDomain",
            "true",
            "a lower-case domain name of at most 255 characters",
            "pulumi config set --path --type string 'istio-mesh:mesh.trustDomain' true",
        ],
    ],
    [
        "a very long value, cut",
        { mesh: { id: "M".repeat(5000) } },
        [
            "mesh.id",
            '"MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM...',
            LABEL,
            "pulumi config set --path 'istio-mesh:mesh.id' mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm",
        ],
    ],
]);
