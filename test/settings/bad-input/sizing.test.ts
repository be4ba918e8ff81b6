import { table } from "./table";

const MEMORY = 'a whole number above zero with unit Mi, Gi, M or G, such as "128Mi"';
const CPU = 'cores or millicores above zero, as text, such as "500m" or "2"';

table("checkSettings, of bad sizing", [
    [
        "0 replicas of istiod",
        { sizing: { istiod: { minReplicas: 0 } } },
        [
            "sizing.istiod.minReplicas",
            "0",
            "a whole number from 1 to 100",
            "pulumi config set --path 'istio-mesh:sizing.istiod.minReplicas' 3",
        ],
    ],
    [
        "too many replicas of istiod",
        { sizing: { istiod: { maxReplicas: 101 } } },
        [
            "sizing.istiod.maxReplicas",
            "101",
            "a whole number from 1 to 100",
            "pulumi config set --path 'istio-mesh:sizing.istiod.maxReplicas' 10",
        ],
    ],
    [
        "a budget of 0",
        { sizing: { istiod: { minAvailable: 0 } } },
        [
            "sizing.istiod.minAvailable",
            "0",
            "a whole number from 1 to 99",
            "pulumi config set --path 'istio-mesh:sizing.istiod.minAvailable' 1",
        ],
    ],
    [
        "fewer replicas of istiod at most than at least",
        { sizing: { istiod: { maxReplicas: 2 } } },
        [
            "sizing.istiod.maxReplicas",
            "2, below minReplicas 3",
            "3 or more",
            "pulumi config set --path 'istio-mesh:sizing.istiod.maxReplicas' 3",
        ],
    ],
    [
        "a budget of istiod that blocks every drain",
        { sizing: { istiod: { minAvailable: 3 } } },
        [
            "sizing.istiod.minAvailable",
            "3 of 3 replicas: a drain could never evict a pod",
            "1 to 2",
            "pulumi config set --path 'istio-mesh:sizing.istiod.minAvailable' 2",
        ],
    ],
    [
        "a budget of a homelab's only istiod",
        { size: "homelab", sizing: { istiod: { minAvailable: 1 } } },
        [
            "sizing.istiod.minAvailable",
            "1 of 1 replica: a drain could never evict a pod",
            "nothing while there is 1 replica",
            "pulumi config rm --path 'istio-mesh:sizing.istiod.minAvailable'",
        ],
    ],
    [
        "a budget of waypoints that blocks every drain",
        { sizing: { waypoint: { minReplicas: 4, minAvailable: 7 } } },
        [
            "sizing.waypoint.minAvailable",
            "7 of 4 replicas: a drain could never evict a pod",
            "1 to 3",
            "pulumi config set --path 'istio-mesh:sizing.waypoint.minAvailable' 3",
        ],
    ],
    [
        "a grace period of 0",
        { sizing: { ztunnel: { terminationGracePeriodSeconds: 0 } } },
        [
            "sizing.ztunnel.terminationGracePeriodSeconds",
            "0",
            "whole seconds from 1 to 86400",
            "pulumi config set --path 'istio-mesh:sizing.ztunnel.terminationGracePeriodSeconds' 300",
        ],
    ],
    [
        "a grace period with a unit",
        { sizing: { ztunnel: { terminationGracePeriodSeconds: "30s" } } },
        [
            "sizing.ztunnel.terminationGracePeriodSeconds",
            '"30s"',
            "whole seconds from 1 to 86400",
            "pulumi config set --path 'istio-mesh:sizing.ztunnel.terminationGracePeriodSeconds' 300",
        ],
    ],
    [
        "replicas of a node agent",
        { sizing: { cni: { minReplicas: 2 } } },
        [
            "sizing.cni.minReplicas",
            "an unknown key with 2",
            "cpu, memory",
            "pulumi config rm --path 'istio-mesh:sizing.cni.minReplicas'",
        ],
    ],
    [
        "CPU of zero",
        { sizing: { proxy: { cpu: "0" } } },
        [
            "sizing.proxy.cpu",
            '"0"',
            CPU,
            "pulumi config set --path 'istio-mesh:sizing.proxy.cpu' 500m",
        ],
    ],
    [
        "CPU of zero millicores",
        { sizing: { proxy: { cpu: "0m" } } },
        [
            "sizing.proxy.cpu",
            '"0m"',
            CPU,
            "pulumi config set --path 'istio-mesh:sizing.proxy.cpu' 500m",
        ],
    ],
    [
        "CPU as a number, keeping it as a text",
        { sizing: { proxy: { cpu: 2 } } },
        [
            "sizing.proxy.cpu",
            "2",
            CPU,
            "pulumi config set --path --type string 'istio-mesh:sizing.proxy.cpu' 2",
        ],
    ],
    [
        "CPU with a unit of memory",
        { sizing: { proxy: { cpu: "1Gi" } } },
        [
            "sizing.proxy.cpu",
            '"1Gi"',
            CPU,
            "pulumi config set --path 'istio-mesh:sizing.proxy.cpu' 500m",
        ],
    ],
    [
        "memory without a unit",
        { sizing: { proxy: { memory: "256" } } },
        [
            "sizing.proxy.memory",
            '"256"',
            MEMORY,
            "pulumi config set --path 'istio-mesh:sizing.proxy.memory' 256Mi",
        ],
    ],
    [
        "memory as a number",
        { sizing: { proxy: { memory: 256 } } },
        [
            "sizing.proxy.memory",
            "256",
            MEMORY,
            "pulumi config set --path 'istio-mesh:sizing.proxy.memory' 256Mi",
        ],
    ],
    [
        "memory of zero",
        { sizing: { proxy: { memory: "0Mi" } } },
        [
            "sizing.proxy.memory",
            '"0Mi"',
            MEMORY,
            "pulumi config set --path 'istio-mesh:sizing.proxy.memory' 128Mi",
        ],
    ],
    [
        "memory in a unit in other letters",
        { sizing: { proxy: { memory: "1gb" } } },
        [
            "sizing.proxy.memory",
            '"1gb"',
            MEMORY,
            "pulumi config set --path 'istio-mesh:sizing.proxy.memory' 1G",
        ],
    ],
    [
        "memory in millis",
        { sizing: { proxy: { memory: "100m" } } },
        [
            "sizing.proxy.memory",
            '"100m"',
            MEMORY,
            "pulumi config set --path 'istio-mesh:sizing.proxy.memory' 100M",
        ],
    ],
    [
        "memory as a fraction",
        { sizing: { proxy: { memory: "1.5Gi" } } },
        [
            "sizing.proxy.memory",
            '"1.5Gi"',
            MEMORY,
            "pulumi config set --path 'istio-mesh:sizing.proxy.memory' 128Mi",
        ],
    ],
    [
        "one part, while it judges the others",
        {
            sizing: {
                proxy: { cpu: "lots" },
                istiod: { maxReplicas: 1 },
                waypoint: { minAvailable: 3 },
            },
        },
        [
            "sizing.proxy.cpu",
            '"lots"',
            CPU,
            "pulumi config set --path 'istio-mesh:sizing.proxy.cpu' 500m",
        ],
        [
            "sizing.istiod.maxReplicas",
            "1, below minReplicas 3",
            "3 or more",
            "pulumi config set --path 'istio-mesh:sizing.istiod.maxReplicas' 3",
        ],
        [
            "sizing.waypoint.minAvailable",
            "3 of 3 replicas: a drain could never evict a pod",
            "1 to 2",
            "pulumi config set --path 'istio-mesh:sizing.waypoint.minAvailable' 2",
        ],
    ],
]);
