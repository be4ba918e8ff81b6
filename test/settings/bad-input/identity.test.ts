import { table } from "./table";

const CLUSTER_NAME =
    "a letter first, then letters, digits and dashes, at most 63, and no word that YAML reads as a boolean or null";
const LABEL = "a text of lower-case letters, digits and dashes, at most 63, no dash at either end";
const TARGET =
    "the context that names the cluster to change; there is no default, so that a stack can't land on whatever context happens to be current";

table("checkSettings, of bad names", [
    [
        "no cluster",
        { cluster: undefined },
        [
            "cluster",
            "nothing",
            "an object with name, network, platform",
            "pulumi config set --path 'istio-mesh:cluster.name' cluster1",
        ],
    ],
    [
        "a cluster without a name",
        { cluster: {} },
        [
            "cluster.name",
            "nothing",
            CLUSTER_NAME,
            "pulumi config set --path 'istio-mesh:cluster.name' cluster1",
        ],
    ],
    [
        "a cluster's name as a number",
        { cluster: { name: 1234 } },
        [
            "cluster.name",
            "1234",
            CLUSTER_NAME,
            "pulumi config set --path 'istio-mesh:cluster.name' cluster-1234",
        ],
    ],
    [
        "a cluster's name of digits",
        { cluster: { name: "1234" } },
        [
            "cluster.name",
            '"1234"',
            CLUSTER_NAME,
            "pulumi config set --path 'istio-mesh:cluster.name' cluster-1234",
        ],
    ],
    [
        "a cluster's name that YAML reads as a boolean",
        { cluster: { name: "true" } },
        [
            "cluster.name",
            '"true"',
            CLUSTER_NAME,
            "pulumi config set --path 'istio-mesh:cluster.name' cluster-true",
        ],
    ],
    [
        "a cluster's name that YAML reads as a boolean in other letters",
        { cluster: { name: "No" } },
        [
            "cluster.name",
            '"No"',
            CLUSTER_NAME,
            "pulumi config set --path 'istio-mesh:cluster.name' cluster-no",
        ],
    ],
    [
        "a cluster's name that YAML reads as null",
        { cluster: { name: "null" } },
        [
            "cluster.name",
            '"null"',
            CLUSTER_NAME,
            "pulumi config set --path 'istio-mesh:cluster.name' cluster-null",
        ],
    ],
    [
        "a cluster's name that YAML reads as a number",
        { cluster: { name: "1e5" } },
        [
            "cluster.name",
            '"1e5"',
            CLUSTER_NAME,
            "pulumi config set --path 'istio-mesh:cluster.name' cluster-1e5",
        ],
    ],
    [
        "a cluster's name that is null",
        { cluster: { name: null } },
        [
            "cluster.name",
            "null",
            CLUSTER_NAME,
            "pulumi config set --path 'istio-mesh:cluster.name' cluster1",
        ],
    ],
    [
        "a cluster's name that is empty",
        { cluster: { name: "" } },
        [
            "cluster.name",
            '""',
            CLUSTER_NAME,
            "pulumi config set --path 'istio-mesh:cluster.name' cluster1",
        ],
    ],
    [
        "a cluster's name with an underscore",
        { cluster: { name: "prod_eu" } },
        [
            "cluster.name",
            '"prod_eu"',
            CLUSTER_NAME,
            "pulumi config set --path 'istio-mesh:cluster.name' prod-eu",
        ],
    ],
    [
        "a cluster's name that ends in a dash",
        { cluster: { name: "prod-" } },
        [
            "cluster.name",
            '"prod-"',
            CLUSTER_NAME,
            "pulumi config set --path 'istio-mesh:cluster.name' prod",
        ],
    ],
    [
        "a cluster's name with a quote",
        { cluster: { name: "it's" } },
        [
            "cluster.name",
            '"it\'s"',
            CLUSTER_NAME,
            "pulumi config set --path 'istio-mesh:cluster.name' it-s",
        ],
    ],
    [
        "a cluster's name of 64 letters",
        { cluster: { name: "a".repeat(64) } },
        [
            "cluster.name",
            '"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...',
            CLUSTER_NAME,
            "pulumi config set --path 'istio-mesh:cluster.name' aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ],
    ],
    [
        "a network in capitals",
        { cluster: { name: "cluster1", network: "Net_1" } },
        [
            "cluster.network",
            '"Net_1"',
            LABEL,
            "pulumi config set --path 'istio-mesh:cluster.network' net-1",
        ],
    ],
    [
        "a mesh ID with a dot",
        { mesh: { id: "mesh.eu" } },
        ["mesh.id", '"mesh.eu"', LABEL, "pulumi config set --path 'istio-mesh:mesh.id' mesh-eu"],
    ],
    [
        "a trust domain in capitals",
        { mesh: { trustDomain: "Example.com" } },
        [
            "mesh.trustDomain",
            '"Example.com"',
            "a lower-case domain name of at most 255 characters",
            "pulumi config set --path 'istio-mesh:mesh.trustDomain' example.com",
        ],
    ],
    [
        "a trust domain that is a URL",
        { mesh: { trustDomain: "https://example.com" } },
        [
            "mesh.trustDomain",
            '"https://example.com"',
            "a lower-case domain name of at most 255 characters",
            "pulumi config set --path 'istio-mesh:mesh.trustDomain' example.com",
        ],
    ],
    [
        "a trust domain that is too long",
        { mesh: { trustDomain: "a".repeat(256) } },
        [
            "mesh.trustDomain",
            '"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...',
            "a lower-case domain name of at most 255 characters",
            "pulumi config set --path 'istio-mesh:mesh.trustDomain' cluster.local",
        ],
    ],
    [
        "an outbound policy in small letters",
        { mesh: { outboundTrafficPolicy: "registry_only" } },
        [
            "mesh.outboundTrafficPolicy",
            '"registry_only"',
            '"ALLOW_ANY", "REGISTRY_ONLY"',
            "pulumi config set --path 'istio-mesh:mesh.outboundTrafficPolicy' REGISTRY_ONLY",
        ],
    ],
    [
        "no target",
        { kubeContext: undefined },
        [
            "kubeContext",
            "nothing",
            TARGET,
            "choose one that kubectl config get-contexts -o name lists: pulumi config set istio-mesh:kubeContext <context>",
        ],
    ],
    [
        "an empty target",
        { kubeContext: "" },
        [
            "kubeContext",
            "nothing",
            TARGET,
            "choose one that kubectl config get-contexts -o name lists: pulumi config set istio-mesh:kubeContext <context>",
        ],
    ],
    [
        "a target that is null, once",
        { kubeContext: null },
        [
            "kubeContext",
            "null",
            "the name of a context",
            "pulumi config set istio-mesh:kubeContext <context>",
        ],
    ],
    [
        "a kubeconfig that is no path",
        { kubeconfig: ["a", "b"] },
        [
            "kubeconfig",
            '["a","b"]',
            "a path",
            "pulumi config set istio-mesh:kubeconfig '~/.kube/config'",
        ],
    ],
]);
