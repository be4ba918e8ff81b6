import { elementKeys } from "../../support/settings";
import { table } from "./table";

const LABEL = "a text of lower-case letters, digits and dashes, at most 63, no dash at either end";
const AMBIENT = "true only where the namespace's data plane is ambient";
const OWN =
    "a namespace of your own, which this stack makes: none of default, kube-*, istio-system, istio-cni, ztunnel, sail-operator";

table("checkSettings, of bad namespaces", [
    [
        "a namespace without a name",
        { namespaces: [{ waypoint: false }] },
        [
            "namespaces[0].name",
            "nothing",
            LABEL,
            "pulumi config set --path 'istio-mesh:namespaces[0].name' my-name",
        ],
    ],
    [
        "a namespace in capitals",
        { namespaces: [{ name: "My Shop" }] },
        [
            "namespaces[0].name",
            '"My Shop"',
            LABEL,
            "pulumi config set --path 'istio-mesh:namespaces[0].name' my-shop",
        ],
    ],
    [
        "a namespace whose name is a number, keeping it a text",
        { namespaces: [{ name: 42 }] },
        [
            "namespaces[0].name",
            "42",
            LABEL,
            "pulumi config set --path --type string 'istio-mesh:namespaces[0].name' 42",
        ],
    ],
    [
        "the namespace default",
        { namespaces: [{ name: "default" }] },
        [
            "namespaces[0].name",
            '"default"',
            OWN,
            "pulumi config set --path 'istio-mesh:namespaces[0].name' my-app",
        ],
    ],
    [
        "a namespace of Kubernetes",
        { namespaces: [{ name: "kube-system" }] },
        [
            "namespaces[0].name",
            '"kube-system"',
            OWN,
            "pulumi config set --path 'istio-mesh:namespaces[0].name' my-app",
        ],
    ],
    [
        "a namespace of the mesh itself",
        { namespaces: [{ name: "shop" }, { name: "istio-system" }] },
        [
            "namespaces[1].name",
            '"istio-system"',
            OWN,
            "pulumi config set --path 'istio-mesh:namespaces[1].name' my-app",
        ],
    ],
    [
        "a namespace twice",
        { namespaces: [{ name: "shop" }, { name: "cart" }, { name: "shop" }] },
        [
            "namespaces[2]",
            '"shop" again',
            "each name once; the first is istio-mesh:namespaces[0]",
            "take it out of the stack's file, or rename it: pulumi config set --path 'istio-mesh:namespaces[2].name' <name>",
        ],
    ],
    [
        "a namespace three times, each of the later ones",
        { namespaces: [{ name: "shop" }, { name: "shop" }, { name: "shop" }] },
        [
            "namespaces[1]",
            '"shop" again',
            "each name once; the first is istio-mesh:namespaces[0]",
            "take it out of the stack's file, or rename it: pulumi config set --path 'istio-mesh:namespaces[1].name' <name>",
        ],
        [
            "namespaces[2]",
            '"shop" again',
            "each name once; the first is istio-mesh:namespaces[0]",
            "take it out of the stack's file, or rename it: pulumi config set --path 'istio-mesh:namespaces[2].name' <name>",
        ],
    ],
    [
        "an unknown data plane",
        { namespaces: [{ name: "shop", dataPlane: "sidecars" }] },
        [
            "namespaces[0].dataPlane",
            '"sidecars"',
            '"sidecar", "ambient", "none"',
            "pulumi config set --path 'istio-mesh:namespaces[0].dataPlane' sidecar",
        ],
    ],
    [
        "a waypoint on a mesh of sidecars",
        { namespaces: [{ name: "shop", waypoint: true }] },
        [
            "namespaces[0].waypoint",
            'true, with data plane "sidecar"',
            AMBIENT,
            "pulumi config set --path 'istio-mesh:namespaces[0].dataPlane' ambient, or pulumi config rm --path 'istio-mesh:namespaces[0].waypoint'",
        ],
    ],
    [
        "a waypoint on a namespace of sidecars in an ambient mesh",
        {
            dataPlane: "ambient",
            namespaces: [{ name: "shop", dataPlane: "sidecar", waypoint: true }],
        },
        [
            "namespaces[0].waypoint",
            'true, with data plane "sidecar"',
            AMBIENT,
            "pulumi config set --path 'istio-mesh:namespaces[0].dataPlane' ambient, or pulumi config rm --path 'istio-mesh:namespaces[0].waypoint'",
        ],
    ],
    [
        "a waypoint on a namespace outside the mesh",
        { dataPlane: "ambient", namespaces: [{ name: "shop", dataPlane: "none", waypoint: true }] },
        [
            "namespaces[0].waypoint",
            'true, with data plane "none"',
            AMBIENT,
            "pulumi config set --path 'istio-mesh:namespaces[0].dataPlane' ambient, or pulumi config rm --path 'istio-mesh:namespaces[0].waypoint'",
        ],
    ],
    [
        "a waypoint in quotes",
        { dataPlane: "ambient", namespaces: [{ name: "shop", waypoint: "true" }] },
        [
            "namespaces[0].waypoint",
            '"true"',
            "true, false",
            "pulumi config set --path 'istio-mesh:namespaces[0].waypoint' true",
        ],
    ],
    [
        "a wrong data plane, without guessing about the waypoint",
        { namespaces: [{ name: "shop", dataPlane: "ambiant", waypoint: true }] },
        [
            "namespaces[0].dataPlane",
            '"ambiant"',
            '"sidecar", "ambient", "none"',
            "pulumi config set --path 'istio-mesh:namespaces[0].dataPlane' ambient",
        ],
    ],
    [
        "a misspelt data plane key, without guessing about the waypoint",
        { namespaces: [{ name: "shop", datPlane: "ambient", waypoint: true }] },
        [
            "namespaces[0].datPlane",
            'an unknown key with "ambient"',
            elementKeys("namespaces"),
            "did you mean dataPlane? Rename it in the stack's file, or pulumi config rm --path 'istio-mesh:namespaces[0].datPlane'",
        ],
    ],
    [
        "a wrong data plane of the mesh, without guessing about the waypoint",
        { dataPlane: "mesh", namespaces: [{ name: "shop", waypoint: true }] },
        [
            "dataPlane",
            '"mesh"',
            '"sidecar", "ambient"',
            "pulumi config set istio-mesh:dataPlane sidecar",
        ],
    ],
    [
        "what is wrong across namespaces, though one of them is wrong itself",
        {
            namespaces: [
                { name: "kube-public" },
                "cart",
                { name: "shop" },
                { name: "shop", waypoint: true },
            ],
        },
        [
            "namespaces[1]",
            '"cart"',
            `an object with ${elementKeys("namespaces")}`,
            "write istio-mesh:namespaces[1] as an object in the stack's file, such as { name: my-name }",
        ],
        [
            "namespaces[0].name",
            '"kube-public"',
            OWN,
            "pulumi config set --path 'istio-mesh:namespaces[0].name' my-app",
        ],
        [
            "namespaces[3]",
            '"shop" again',
            "each name once; the first is istio-mesh:namespaces[2]",
            "take it out of the stack's file, or rename it: pulumi config set --path 'istio-mesh:namespaces[3].name' <name>",
        ],
        [
            "namespaces[3].waypoint",
            'true, with data plane "sidecar"',
            AMBIENT,
            "pulumi config set --path 'istio-mesh:namespaces[3].dataPlane' ambient, or pulumi config rm --path 'istio-mesh:namespaces[3].waypoint'",
        ],
    ],
]);
