/** Changes of the project's own settings, on a small ambient mesh with one namespace of each data plane. */
import type { Scenario } from "./scenario";

const boutique = { name: "boutique-dev", waypoint: true };
const orders = { name: "orders" };
const legacy = { name: "legacy", dataPlane: "sidecar" };
const plain = { name: "plain", dataPlane: "none" };
const namespaces = [boutique, orders, legacy, plain];
const istiod = { minReplicas: 2, maxReplicas: 2 };
const waypoint = { minReplicas: 2, maxReplicas: 4 };
const gateway = { name: "istio-ingress", minReplicas: 2, maxReplicas: 2 };
const image = "ghcr.io/stefanprodan/podinfo:6.9.0";
const workload = (name: string, replicas: number, tag = image) => ({
    name,
    namespace: "boutique-dev",
    image: tag,
    port: 9898,
    replicas,
});
const shop = [workload("frontend", 1), workload("checkout", 1), workload("cart", 2)];

/** What is deployed before the changes, over stack dev. */
export const ambientBase = {
    namespaces,
    sizing: { istiod, waypoint },
    gateways: [gateway],
    workloads: shop,
};

const sized = (more: object) => ({ sizing: { istiod, waypoint, ...more } });

export const ambientScenarios: readonly Scenario[] = [
    { change: "nothing at all", expected: [] },
    {
        change: "more memory for istiod",
        config: sized({ istiod: { ...istiod, memory: "256Mi" } }),
        expected: ["istiod-restart"],
    },
    {
        change: "a third istiod",
        config: sized({ istiod: { minReplicas: 3, maxReplicas: 3 } }),
        expected: [],
    },
    {
        change: "one istiod less",
        config: sized({ istiod: { minReplicas: 1, maxReplicas: 1 } }),
        judged: true,
        expected: ["config-push"],
    },
    {
        change: "istiod is autoscaled",
        config: sized({ istiod: { minReplicas: 2, maxReplicas: 5 } }),
        expected: ["config-push"],
    },
    { change: "access logs", config: { mesh: { accessLog: true } }, expected: ["config-push"] },
    {
        change: "unknown hosts are refused",
        config: { mesh: { outboundTrafficPolicy: "REGISTRY_ONLY" } },
        expected: ["traffic-shifted"],
    },
    {
        change: "another trust domain",
        config: { mesh: { trustDomain: "example.com" } },
        expected: ["data-plane-restart", "connections-cut", "security-weakened"],
    },
    { change: "a mesh id", config: { mesh: { id: "mesh-one" } }, expected: ["data-plane-restart"] },
    {
        change: "a network",
        config: { cluster: { name: "homelab-cluster", network: "lan" } },
        expected: ["traffic-shifted", "data-plane-restart", "node-level", "connections-cut"],
    },
    {
        change: "another name of the cluster",
        config: { cluster: { name: "renamed" } },
        expected: ["istiod-restart", "data-plane-restart", "node-level", "connections-cut"],
    },
    {
        change: "the platform k3s",
        config: { cluster: { name: "homelab-cluster", platform: "k3s" } },
        expected: ["istiod-restart", "data-plane-restart", "node-level"],
    },
    {
        change: "an older patch release",
        config: { istioVersion: "1.31.1" },
        judged: true,
        expected: [
            "istiod-restart",
            "gateway-restart",
            "data-plane-restart",
            "node-level",
            "connections-cut",
        ],
    },
    {
        change: "images from another registry",
        config: { charts: { hub: "registry.example.com/istio" } },
        expected: [
            "istiod-restart",
            "gateway-restart",
            "data-plane-restart",
            "node-level",
            "connections-cut",
        ],
    },
    {
        change: "more memory for ztunnel",
        config: sized({ ztunnel: { memory: "128Mi" } }),
        expected: ["node-level", "connections-cut"],
    },
    {
        change: "a longer grace period of ztunnel",
        config: sized({ ztunnel: { terminationGracePeriodSeconds: 600 } }),
        expected: ["node-level", "connections-cut"],
    },
    {
        change: "more memory for the CNI agent",
        config: sized({ cni: { memory: "128Mi" } }),
        expected: ["node-level"],
    },
    {
        change: "more memory for sidecars",
        config: sized({ proxy: { memory: "128Mi" } }),
        expected: ["data-plane-restart"],
    },
    {
        change: "more memory for waypoints",
        config: sized({ waypoint: { ...waypoint, memory: "128Mi" } }),
        expected: ["gateway-restart", "connections-cut"],
    },
    {
        change: "waypoints start with three",
        config: sized({ waypoint: { minReplicas: 3, maxReplicas: 4 } }),
        expected: [],
    },
    {
        change: "waypoints may shrink to one",
        config: sized({ waypoint: { minReplicas: 1, maxReplicas: 4 } }),
        expected: ["connections-cut"],
    },
    {
        change: "a namespace loses its waypoint",
        config: { namespaces: [{ name: "boutique-dev" }, orders, legacy, plain] },
        expected: ["traffic-shifted", "gateway-restart", "connections-cut", "security-weakened"],
    },
    {
        change: "a namespace gets a waypoint",
        config: { namespaces: [boutique, { ...orders, waypoint: true }, legacy, plain] },
        expected: ["traffic-shifted"],
    },
    {
        change: "an ambient namespace gets sidecars",
        config: { namespaces: [boutique, { ...orders, dataPlane: "sidecar" }, legacy, plain] },
        expected: ["data-plane-restart", "security-weakened"],
    },
    {
        change: "an ambient namespace leaves the mesh",
        config: { namespaces: [boutique, { ...orders, dataPlane: "none" }, legacy, plain] },
        expected: ["security-weakened"],
    },
    {
        change: "a namespace with sidecars moves to ambient",
        config: { namespaces: [boutique, orders, { name: "legacy" }, plain] },
        expected: ["data-plane-restart"],
    },
    {
        change: "a namespace with sidecars leaves the mesh",
        config: { namespaces: [boutique, orders, { ...legacy, dataPlane: "none" }, plain] },
        expected: ["data-plane-restart", "security-weakened"],
    },
    {
        change: "a namespace joins ambient",
        config: { namespaces: [boutique, orders, legacy, { name: "plain" }] },
        expected: ["traffic-shifted"],
    },
    {
        change: "a namespace gets sidecars",
        config: { namespaces: [boutique, orders, legacy, { ...plain, dataPlane: "sidecar" }] },
        expected: ["data-plane-restart"],
    },
    {
        change: "a new namespace",
        config: { namespaces: [...namespaces, { name: "stock" }] },
        expected: [],
    },
    {
        change: "a namespace is given up",
        config: { namespaces: [boutique, orders, legacy] },
        expected: ["irreversible"],
    },
    {
        change: "a third gateway pod",
        config: { gateways: [{ ...gateway, minReplicas: 3, maxReplicas: 3 }] },
        expected: [],
    },
    {
        change: "one gateway pod less",
        config: { gateways: [{ ...gateway, minReplicas: 1, maxReplicas: 1 }] },
        expected: ["connections-cut"],
    },
    {
        change: "more memory for the gateway",
        config: { gateways: [{ ...gateway, memory: "256Mi" }] },
        expected: ["gateway-restart", "connections-cut"],
    },
    {
        change: "a gateway by node port",
        config: { gateways: [{ ...gateway, serviceType: "NodePort" }] },
        expected: ["traffic-shifted", "connections-cut"],
    },
    {
        change: "a second gateway",
        config: { gateways: [gateway, { name: "second-ingress" }] },
        expected: [],
    },
    {
        change: "the gateway is given up",
        config: { gateways: [] },
        expected: ["traffic-shifted", "connections-cut", "irreversible"],
    },
    {
        change: "more pods of a workload",
        config: { workloads: [workload("frontend", 4), shop[1], shop[2]] },
        expected: [],
    },
    {
        change: "fewer pods of a workload",
        config: { workloads: [shop[0], shop[1], workload("cart", 1)] },
        expected: ["connections-cut"],
    },
    {
        change: "another image of a workload",
        config: {
            workloads: [
                workload("frontend", 1, "ghcr.io/stefanprodan/podinfo:6.9.1"),
                shop[1],
                shop[2],
            ],
        },
        expected: ["data-plane-restart"],
    },
    {
        change: "a new workload",
        config: { workloads: [...shop, workload("reviews", 1)] },
        expected: ["config-push"],
    },
    {
        change: "a workload is given up",
        config: { workloads: [shop[0], shop[1]] },
        expected: ["traffic-shifted", "connections-cut"],
    },
    {
        change: "the Gateway API's CRDs get another owner",
        config: { gatewayApi: { owner: "external" } },
        expected: [],
    },
    {
        change: "the size production",
        config: { size: "production" },
        expected: [
            "istiod-restart",
            "gateway-restart",
            "data-plane-restart",
            "node-level",
            "connections-cut",
        ],
    },
    {
        change: "every namespace gets sidecars",
        config: {
            dataPlane: "sidecar",
            namespaces: [{ name: "boutique-dev" }, orders, legacy, plain],
        },
        expected: [
            "istiod-restart",
            "traffic-shifted",
            "gateway-restart",
            "data-plane-restart",
            "node-level",
            "connections-cut",
            "security-weakened",
            "irreversible",
        ],
    },
];
