import type { Raw } from "../../support/settings";
import { table } from "./table";

const NAME =
    "a lower-case letter first, then lower-case letters, digits and dashes, at most 53, no dash at the end";
const PORT = "a port from 1 to 65535";
const IMAGE = "an image with a digest or a tag other than latest";

const SHOP: Raw = { namespaces: [{ name: "shop" }] };
const WEB: Raw = { name: "web", namespace: "shop", image: "web:1.0", port: 8080 };

table("checkSettings, of bad workloads", [
    [
        "a workload that says nothing",
        { workloads: [{}] },
        [
            "workloads[0].name",
            "nothing",
            NAME,
            "pulumi config set --path 'istio-mesh:workloads[0].name' my-name",
        ],
        [
            "workloads[0].namespace",
            "nothing",
            "a text of lower-case letters, digits and dashes, at most 63, no dash at either end",
            "pulumi config set --path 'istio-mesh:workloads[0].namespace' my-name",
        ],
        [
            "workloads[0].image",
            "nothing",
            IMAGE,
            "pulumi config set --path 'istio-mesh:workloads[0].image' ghcr.io/stefanprodan/podinfo:6.9.0",
        ],
        [
            "workloads[0].port",
            "nothing",
            PORT,
            "pulumi config set --path 'istio-mesh:workloads[0].port' 8080",
        ],
    ],
    [
        "a workload where there are no namespaces",
        { workloads: [WEB] },
        [
            "workloads[0].namespace",
            '"shop"',
            "nothing yet: namespaces is empty",
            "pulumi config set --path 'istio-mesh:namespaces[0].name' shop",
        ],
    ],
    [
        "a workload in an unknown namespace",
        { namespaces: [{ name: "cart" }], workloads: [WEB] },
        [
            "workloads[0].namespace",
            '"shop"',
            '"cart"',
            "pulumi config set --path 'istio-mesh:namespaces[1].name' shop",
        ],
    ],
    [
        "a workload in a misspelt namespace",
        { namespaces: [{ name: "shops" }], workloads: [WEB] },
        [
            "workloads[0].namespace",
            '"shop"',
            '"shops"',
            "pulumi config set --path 'istio-mesh:workloads[0].namespace' shops",
        ],
    ],
    [
        "workloads in several unknown namespaces, each with a place of its own",
        {
            namespaces: [{ name: "cart" }],
            workloads: [WEB, { ...WEB, namespace: "billing" }, { ...WEB, name: "api" }],
        },
        [
            "workloads[0].namespace",
            '"shop"',
            '"cart"',
            "pulumi config set --path 'istio-mesh:namespaces[1].name' shop",
        ],
        [
            "workloads[1].namespace",
            '"billing"',
            '"cart"',
            "pulumi config set --path 'istio-mesh:namespaces[2].name' billing",
        ],
        [
            "workloads[2].namespace",
            '"shop"',
            '"cart"',
            "pulumi config set --path 'istio-mesh:namespaces[1].name' shop",
        ],
    ],
    [
        "a workload's namespace only once the namespaces are right",
        { namespaces: [{ name: "Shop" }], workloads: [{ ...WEB, port: 0 }] },
        [
            "namespaces[0].name",
            '"Shop"',
            "a text of lower-case letters, digits and dashes, at most 63, no dash at either end",
            "pulumi config set --path 'istio-mesh:namespaces[0].name' shop",
        ],
        [
            "workloads[0].port",
            "0",
            PORT,
            "pulumi config set --path 'istio-mesh:workloads[0].port' 8080",
        ],
    ],
    [
        "a workload twice",
        { ...SHOP, workloads: [WEB, WEB] },
        [
            "workloads[1]",
            '"shop/web" again',
            "each name once; the first is istio-mesh:workloads[0]",
            "take it out of the stack's file, or rename it: pulumi config set --path 'istio-mesh:workloads[1].name' <name>",
        ],
    ],
    [
        "a workload by the name of a gateway in its namespace",
        { ...SHOP, gateways: [{ name: "web", namespace: "shop" }], workloads: [WEB] },
        [
            "workloads[0]",
            '"shop/web" again',
            "each name once; the first is istio-mesh:gateways[0]",
            "take it out of the stack's file, or rename it: pulumi config set --path 'istio-mesh:workloads[0].name' <name>",
        ],
    ],
    [
        "a workload by the name of its namespace's waypoint",
        {
            namespaces: [{ name: "shop", dataPlane: "ambient", waypoint: true }],
            workloads: [{ ...WEB, name: "waypoint" }],
        },
        [
            "workloads[0]",
            '"shop/waypoint" again',
            "each name once; the first is istio-mesh:namespaces[0].waypoint",
            "take it out of the stack's file, or rename it: pulumi config set --path 'istio-mesh:workloads[0].name' <name>",
        ],
    ],
    [
        "a name that no Service can have",
        { ...SHOP, workloads: [{ ...WEB, name: "2048" }] },
        [
            "workloads[0].name",
            '"2048"',
            NAME,
            "pulumi config set --path 'istio-mesh:workloads[0].name' app-2048",
        ],
    ],
    [
        "port 0",
        { ...SHOP, workloads: [{ ...WEB, port: 0 }] },
        [
            "workloads[0].port",
            "0",
            PORT,
            "pulumi config set --path 'istio-mesh:workloads[0].port' 8080",
        ],
    ],
    [
        "a port above 65535",
        { ...SHOP, workloads: [{ ...WEB, port: 65536 }] },
        [
            "workloads[0].port",
            "65536",
            PORT,
            "pulumi config set --path 'istio-mesh:workloads[0].port' 8080",
        ],
    ],
    [
        "a negative port",
        { ...SHOP, workloads: [{ ...WEB, port: -1 }] },
        [
            "workloads[0].port",
            "-1",
            PORT,
            "pulumi config set --path 'istio-mesh:workloads[0].port' 8080",
        ],
    ],
    [
        "a port in quotes, keeping it",
        { ...SHOP, workloads: [{ ...WEB, port: "9898" }] },
        [
            "workloads[0].port",
            '"9898"',
            PORT,
            "pulumi config set --path 'istio-mesh:workloads[0].port' 9898",
        ],
    ],
    [
        "a port by its name",
        { ...SHOP, workloads: [{ ...WEB, port: "http" }] },
        [
            "workloads[0].port",
            '"http"',
            PORT,
            "pulumi config set --path 'istio-mesh:workloads[0].port' 8080",
        ],
    ],
    [
        "0 replicas",
        { ...SHOP, workloads: [{ ...WEB, replicas: 0 }] },
        [
            "workloads[0].replicas",
            "0",
            "a whole number from 1 to 100",
            "pulumi config set --path 'istio-mesh:workloads[0].replicas' 1",
        ],
    ],
    [
        "101 replicas",
        { ...SHOP, workloads: [{ ...WEB, replicas: 101 }] },
        [
            "workloads[0].replicas",
            "101",
            "a whole number from 1 to 100",
            "pulumi config set --path 'istio-mesh:workloads[0].replicas' 1",
        ],
    ],
    [
        "an image without a tag, keeping its name",
        { ...SHOP, workloads: [{ ...WEB, image: "ghcr.io/me/web" }] },
        [
            "workloads[0].image",
            '"ghcr.io/me/web"',
            IMAGE,
            "pulumi config set --path 'istio-mesh:workloads[0].image' ghcr.io/me/web:<tag>",
        ],
    ],
    [
        "an image of a registry with a port, without a tag",
        { ...SHOP, workloads: [{ ...WEB, image: "localhost:5000/web" }] },
        [
            "workloads[0].image",
            '"localhost:5000/web"',
            IMAGE,
            "pulumi config set --path 'istio-mesh:workloads[0].image' localhost:5000/web:<tag>",
        ],
    ],
    [
        "an image by latest, keeping its name",
        { ...SHOP, workloads: [{ ...WEB, image: "ghcr.io/me/web:latest" }] },
        [
            "workloads[0].image",
            '"ghcr.io/me/web:latest"',
            IMAGE,
            "pulumi config set --path 'istio-mesh:workloads[0].image' ghcr.io/me/web:<tag>",
        ],
    ],
    [
        "an image with an empty tag",
        { ...SHOP, workloads: [{ ...WEB, image: "web:" }] },
        [
            "workloads[0].image",
            '"web:"',
            IMAGE,
            "pulumi config set --path 'istio-mesh:workloads[0].image' web:<tag>",
        ],
    ],
    [
        "an image with a digest that is cut short",
        { ...SHOP, workloads: [{ ...WEB, image: "web@sha256:abc" }] },
        [
            "workloads[0].image",
            '"web@sha256:abc"',
            IMAGE,
            "pulumi config set --path 'istio-mesh:workloads[0].image' web:<tag>",
        ],
    ],
]);
