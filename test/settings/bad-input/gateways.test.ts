import { table } from "./table";

table("checkSettings, of bad gateways", [
    [
        "a gateway without a name",
        { gateways: [{}] },
        [
            "gateways[0].name",
            "nothing",
            "a lower-case letter first, then lower-case letters, digits and dashes, at most 53, no dash at the end",
            "pulumi config set --path 'istio-mesh:gateways[0].name' my-name",
        ],
    ],
    [
        "a gateway's name longer than a Helm release's",
        { gateways: [{ name: "g".repeat(54) }] },
        [
            "gateways[0].name",
            '"gggggggggggggggggggggggggggggggggggggggggggggggggggggg"',
            "a lower-case letter first, then lower-case letters, digits and dashes, at most 53, no dash at the end",
            "pulumi config set --path 'istio-mesh:gateways[0].name' ggggggggggggggggggggggggggggggggggggggggggggggggggggg",
        ],
    ],
    [
        "a gateway beside istiod",
        { gateways: [{ name: "edge", namespace: "istio-system" }] },
        [
            "gateways[0].namespace",
            '"istio-system"',
            "a namespace apart from the control plane and Kubernetes' own, so that it can be given to other people: none of default, kube-*, istio-system, istio-cni, ztunnel, sail-operator",
            "pulumi config set --path 'istio-mesh:gateways[0].namespace' istio-ingress",
        ],
    ],
    [
        "a gateway in a namespace of Kubernetes",
        { gateways: [{ name: "edge", namespace: "default" }] },
        [
            "gateways[0].namespace",
            '"default"',
            "a namespace apart from the control plane and Kubernetes' own, so that it can be given to other people: none of default, kube-*, istio-system, istio-cni, ztunnel, sail-operator",
            "pulumi config set --path 'istio-mesh:gateways[0].namespace' istio-ingress",
        ],
    ],
    [
        "a gateway in a namespace without injection",
        {
            namespaces: [{ name: "shop", dataPlane: "none" }],
            gateways: [{ name: "edge", namespace: "shop" }],
        },
        [
            "gateways[0].namespace",
            '"shop", whose data plane is "none"',
            "a namespace that allows injection: a gateway's proxy comes from istiod's injector",
            "pulumi config set --path 'istio-mesh:gateways[0].namespace' istio-ingress",
        ],
    ],
    [
        "a gateway twice, once by default",
        { gateways: [{ name: "edge" }, { name: "edge", namespace: "istio-ingress" }] },
        [
            "gateways[1]",
            '"istio-ingress/edge" again',
            "each name once; the first is istio-mesh:gateways[0]",
            "take it out of the stack's file, or rename it: pulumi config set --path 'istio-mesh:gateways[1].name' <name>",
        ],
    ],
    [
        "a gateway by the name of its namespace's waypoint",
        {
            dataPlane: "ambient",
            namespaces: [{ name: "shop", waypoint: true }],
            gateways: [{ name: "waypoint", namespace: "shop" }],
        },
        [
            "gateways[0]",
            '"shop/waypoint" again',
            "each name once; the first is istio-mesh:namespaces[0].waypoint",
            "take it out of the stack's file, or rename it: pulumi config set --path 'istio-mesh:gateways[0].name' <name>",
        ],
    ],
    [
        "a misspelt service type",
        { gateways: [{ name: "edge", serviceType: "Loadbalancer" }] },
        [
            "gateways[0].serviceType",
            '"Loadbalancer"',
            '"LoadBalancer", "NodePort", "ClusterIP"',
            "pulumi config set --path 'istio-mesh:gateways[0].serviceType' LoadBalancer",
        ],
    ],
    [
        "fewer replicas at most than at least",
        { gateways: [{ name: "edge", minReplicas: 5, maxReplicas: 4 }] },
        [
            "gateways[0].maxReplicas",
            "4, below minReplicas 5",
            "5 or more",
            "pulumi config set --path 'istio-mesh:gateways[0].maxReplicas' 5",
        ],
    ],
    [
        "fewer replicas at most than the size's least",
        { gateways: [{ name: "edge", maxReplicas: 2 }] },
        [
            "gateways[0].maxReplicas",
            "2, below minReplicas 3",
            "3 or more",
            "pulumi config set --path 'istio-mesh:gateways[0].maxReplicas' 3",
        ],
    ],
    [
        "a budget that blocks every drain",
        { gateways: [{ name: "edge", minReplicas: 2, minAvailable: 2 }] },
        [
            "gateways[0].minAvailable",
            "2 of 2 replicas: a drain could never evict a pod",
            "1",
            "pulumi config set --path 'istio-mesh:gateways[0].minAvailable' 1",
        ],
    ],
    [
        "a budget of a single replica",
        { size: "homelab", gateways: [{ name: "edge", minAvailable: 1 }] },
        [
            "gateways[0].minAvailable",
            "1 of 1 replica: a drain could never evict a pod",
            "nothing while there is 1 replica",
            "pulumi config rm --path 'istio-mesh:gateways[0].minAvailable'",
        ],
    ],
    [
        "a wrong least number, without guessing about the others",
        { gateways: [{ name: "edge", minReplicas: "5x", maxReplicas: 1, minAvailable: 9 }] },
        [
            "gateways[0].minReplicas",
            '"5x"',
            "a whole number from 1 to 100",
            "pulumi config set --path 'istio-mesh:gateways[0].minReplicas' 3",
        ],
    ],
]);
