/**
 * Gateways, waypoints and node agents.
 * What a node agent's restart does: https://istio.io/latest/docs/ambient/upgrade/helm/
 */
import { falls, updates, when } from "./rows";
import type { Row } from "./rows";

const ROLLED = "Its pods are replaced; open connections end after the grace period.";

export const proxies: readonly Row[] = [
    ...updates("gateway", [
        ["spec.template.**", ["gateway-restart", "connections-cut"], ROLLED],
        [
            "spec.replicas",
            "connections-cut",
            "Pods of the gateway end, and their open connections with them.",
            falls(1, Infinity),
        ],
        ["spec.replicas", "nothing", "More pods; none restarts."],
        ["spec.strategy.**", "nothing", "Only the next rollout goes another way."],
        ["spec.**", "gateway-restart", "Another property of the gateway's Deployment."],
    ]),
    when("create", "gateway", "nothing", "A new gateway; nobody uses it yet."),
    when(
        "delete",
        "gateway",
        ["traffic-shifted", "connections-cut"],
        "Nothing enters here any more.",
    ),
    when(
        "replace",
        "gateway",
        ["gateway-restart", "connections-cut"],
        "The gateway is gone until its successor is ready.",
    ),
    ...updates("gateway Service", [
        [
            "spec.type",
            ["traffic-shifted", "connections-cut"],
            "The gateway is reached in another way; its address may change.",
        ],
        [
            "spec.selector.**",
            ["traffic-shifted", "connections-cut"],
            "The address leads to other pods, or to none.",
        ],
        ["spec.ports.**", "traffic-shifted", "The gateway answers on other ports."],
        [
            "spec.externalTrafficPolicy",
            "traffic-shifted",
            "Load balancers reach other nodes, and the client's address is seen or hidden.",
        ],
        [
            "spec.loadBalancer*",
            "traffic-shifted",
            "The load balancer gets another address or lets others in.",
        ],
        [
            "metadata.annotations.*",
            "traffic-shifted",
            "The cloud may change or replace the load balancer.",
        ],
        ["spec.**", "traffic-shifted", "The gateway is reached in another way."],
    ]),
    when("create", "gateway Service", "nothing", "A new address; nobody uses it yet."),
    when(
        "delete",
        "gateway Service",
        ["traffic-shifted", "connections-cut", "irreversible"],
        "The address is given back; a new Service may get another.",
    ),
    when(
        "replace",
        "gateway Service",
        ["traffic-shifted", "connections-cut", "irreversible"],
        "The address is given back; the new Service may get another.",
    ),
    ...updates("gateway options", [
        [
            "data.deployment.spec.replicas",
            "connections-cut",
            "Proxies end, and their open connections with them.",
            falls(1),
        ],
        ["data.deployment.spec.replicas", "nothing", "More proxies; none restarts."],
        [
            "data.deployment.**",
            ["gateway-restart", "connections-cut"],
            "istiod rolls the gateway or waypoint out anew.",
        ],
        [
            "data.horizontalPodAutoscaler.spec.minReplicas",
            "connections-cut",
            "Proxies end when there is little to do, and their open connections with them.",
            falls(1),
        ],
        [
            "data.horizontalPodAutoscaler.**",
            "nothing",
            "Scales within other bounds; nothing restarts.",
        ],
        [
            "data.podDisruptionBudget.**",
            "nothing",
            "Drains may take other numbers of pods at once.",
        ],
        ["data.service.**", "traffic-shifted", "The gateway is reached in another way."],
    ]),
    when("create", "gateway options", "nothing", "Options of a gateway or waypoint."),
    when(
        "delete",
        "gateway options",
        "gateway-restart",
        "istiod rolls the gateway or waypoint out with its defaults.",
    ),
    when(
        "replace",
        "gateway options",
        "gateway-restart",
        "For a moment the gateway or waypoint has istiod's defaults.",
    ),
    ...updates("waypoint", [
        [
            "spec.gatewayClassName",
            ["gateway-restart", "traffic-shifted"],
            "Another controller serves it.",
        ],
        [
            "spec.infrastructure.**",
            "gateway-restart",
            "istiod rolls the waypoint out with other options.",
        ],
        ["spec.listeners.**", "traffic-shifted", "Other traffic goes through the waypoint."],
        [
            'metadata.labels["istio.io/waypoint-for"]',
            "traffic-shifted",
            "Traffic to services, to workloads or to both goes through it.",
        ],
        [
            'metadata.labels["istio.io/rev"]',
            "gateway-restart",
            "Another istiod serves the waypoint.",
        ],
        ["spec.**", "traffic-shifted", "Another property of the waypoint."],
    ]),
    when(
        "create",
        "waypoint",
        "nothing",
        "A new waypoint; traffic goes there once a label names it.",
    ),
    when(
        "delete",
        "waypoint",
        ["traffic-shifted", "connections-cut", "security-weakened"],
        "L7 routes and policies bound to it no longer hold.",
    ),
    when(
        "replace",
        "waypoint",
        ["gateway-restart", "connections-cut"],
        "What uses the waypoint can't be reached until the new one is ready.",
    ),
    ...updates("gateway object", [
        [
            "spec.listeners.*.tls.**",
            "security-weakened",
            "TLS of a listener: another certificate, or less of it.",
        ],
        [
            "spec.listeners.**",
            "traffic-shifted",
            "The gateway listens for other hosts, ports or routes.",
        ],
        [
            "spec.infrastructure.**",
            "gateway-restart",
            "istiod rolls the gateway out with other options.",
        ],
        [
            "spec.gatewayClassName",
            ["gateway-restart", "traffic-shifted", "connections-cut"],
            "Another controller serves it.",
        ],
        ["spec.addresses.**", "traffic-shifted", "The gateway answers at another address."],
    ]),
    when("create", "gateway object", "nothing", "A new gateway; nobody uses it yet."),
    when(
        "delete",
        "gateway object",
        ["traffic-shifted", "connections-cut", "irreversible"],
        "Nothing enters here any more, and its address is given back.",
    ),
    when(
        "replace",
        "gateway object",
        ["gateway-restart", "connections-cut", "irreversible"],
        "Its address is given back; the new gateway may get another.",
    ),
    ...updates("ztunnel", [
        [
            "spec.template.spec.containers.*.env.ISTIO_META_CLUSTER_ID.**",
            ["node-level", "connections-cut"],
            "ztunnel says another cluster's name: unless istiod knows it by that name, no pod gets a certificate.",
        ],
        [
            "spec.template.**",
            ["node-level", "connections-cut"],
            "ztunnel is replaced node by node; connections of every captured pod on the node end after the grace period.",
        ],
        ["spec.updateStrategy.**", "nothing", "Only the next rollout goes another way."],
        ["spec.**", "node-level", "Another property of ztunnel's DaemonSet."],
    ]),
    when(
        "create",
        "ztunnel",
        "node-level",
        "A ztunnel starts on every node; it captures nothing until a label says so.",
    ),
    when(
        "delete",
        "ztunnel",
        ["node-level", "connections-cut", "security-weakened"],
        "Pods still captured lose their network; the others their mTLS.",
    ),
    when(
        "replace",
        "ztunnel",
        ["node-level", "connections-cut"],
        "ztunnel is gone on all nodes at once: captured pods have no network until it is back.",
    ),
    ...updates("cni", [
        [
            "spec.template.**",
            "node-level",
            "The CNI agent is replaced node by node; pods that start meanwhile wait for it.",
        ],
        ["spec.updateStrategy.**", "nothing", "Only the next rollout goes another way."],
        ["spec.**", "node-level", "Another property of the CNI agent's DaemonSet."],
    ]),
    when(
        "create",
        "cni",
        "node-level",
        "A CNI agent starts on every node and adds itself to the node's CNI configuration.",
    ),
    when(
        "delete",
        "cni",
        ["node-level", "security-weakened"],
        "New pods are no longer redirected to the mesh.",
    ),
    when(
        "replace",
        "cni",
        "node-level",
        "Gone on all nodes at once: pods that start meanwhile wait for it.",
    ),
    ...updates("cni config", [["data.**", "node-level", "The CNI agent reads it when it starts."]]),
    when("create", "cni config", "nothing", "Settings of a new CNI agent."),
    when("delete", "cni config", "node-level", "The CNI agent doesn't start without it."),
    when("replace", "cni config", "node-level", "The CNI agent doesn't start while it is gone."),
];
