/** Changes of the project's own settings, on a production mesh with sidecars. */
import type { Scenario } from "./scenario";

const boutique = { name: "boutique" };
const image = "ghcr.io/stefanprodan/podinfo:6.9.0";
const workload = (name: string) => ({
    name,
    namespace: "boutique",
    image,
    port: 9898,
    replicas: 2,
});
const gateway = { name: "istio-ingress" };
const cluster = { name: "prod-cluster", network: "prod-network" };
const mesh = { id: "prod-mesh", trustDomain: "prod.example.com", accessLog: true };

/** What is deployed before the changes, over stack prod. */
export const sidecarBase = {
    installMethod: "helm",
    update: null,
    istioVersion: "1.31.1",
    namespaces: [boutique],
    workloads: [workload("frontend"), workload("cart")],
    gateways: [gateway],
    cluster,
    mesh,
};

export const sidecarScenarios: readonly Scenario[] = [
    { change: "nothing at all", expected: [] },
    {
        change: "every namespace moves to ambient",
        config: { dataPlane: "ambient" },
        judged: true,
        expected: [
            "istiod-restart",
            "traffic-shifted",
            "gateway-restart",
            "data-plane-restart",
            "node-level",
        ],
    },
    {
        change: "istiod starts with four",
        config: { sizing: { istiod: { minReplicas: 4 } } },
        expected: [],
    },
    {
        change: "istiod may shrink to two",
        config: { sizing: { istiod: { minReplicas: 2 } } },
        expected: ["config-push"],
    },
    {
        change: "a newer patch release",
        config: { istioVersion: "1.31.3" },
        expected: ["istiod-restart", "gateway-restart", "data-plane-restart"],
    },
    {
        change: "the minor before",
        config: { istioVersion: "1.30.7", gatewayApi: { owner: "external" } },
        expected: ["istiod-restart", "gateway-restart", "data-plane-restart"],
    },
    {
        change: "no access logs",
        config: { mesh: { ...mesh, accessLog: false } },
        expected: ["config-push"],
    },
    {
        change: "another mesh id",
        config: { mesh: { ...mesh, id: "other-mesh" } },
        expected: ["data-plane-restart"],
    },
    {
        change: "another network",
        config: { cluster: { ...cluster, network: "other-network" } },
        expected: ["traffic-shifted", "data-plane-restart"],
    },
    {
        change: "more memory for sidecars",
        config: { sizing: { proxy: { memory: "256Mi" } } },
        expected: ["data-plane-restart"],
    },
    {
        change: "gateways start with four",
        config: { gateways: [{ ...gateway, minReplicas: 4 }] },
        expected: [],
    },
    {
        change: "gateways may shrink to two",
        config: { gateways: [{ ...gateway, minReplicas: 2 }] },
        expected: ["connections-cut"],
    },
    {
        change: "drains must leave two gateway pods",
        config: { gateways: [{ ...gateway, minAvailable: 2 }] },
        expected: [],
    },
    {
        change: "ambient beside the sidecars",
        config: { namespaces: [boutique, { name: "orders", dataPlane: "ambient" }] },
        expected: [
            "istiod-restart",
            "traffic-shifted",
            "gateway-restart",
            "data-plane-restart",
            "node-level",
        ],
    },
    {
        change: "the size homelab",
        config: { size: "homelab" },
        expected: [
            "config-push",
            "istiod-restart",
            "gateway-restart",
            "data-plane-restart",
            "connections-cut",
        ],
    },
];
