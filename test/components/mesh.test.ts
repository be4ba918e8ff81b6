import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Mesh } from "../../components";
import { deploy, find, outline, valueOf } from "../support/mocks";
import { settingsWith, type Raw } from "../support/settings";

/** Runs a mesh of these settings. */
function mesh(raw: Raw = {}) {
    return deploy(() => new Mesh("mesh", settingsWith(raw)));
}

const SIDECARS = "mesh-helm-base, mesh-helm-istiod";
const NODES = "mesh-helm-base, mesh-helm-cni, mesh-helm-istiod, mesh-helm-ztunnel";

describe("Mesh", () => {
    it("makes the control plane of a mesh of sidecars, then what it serves", async () => {
        const { resources } = await mesh({
            namespaces: [{ name: "shop" }, { name: "legacy", dataPlane: "none" }],
        });
        assert.deepEqual(outline(resources).sort(), [
            "istio-mesh:mesh:GatewayApi mesh-gateway-api | in mesh",
            "istio-mesh:mesh:HelmInstall mesh-helm | in mesh | after mesh-gateway-api-crds, mesh-istio-system",
            "istio-mesh:mesh:Mesh mesh",
            `istio-mesh:mesh:MeshNamespace mesh-legacy | in mesh | after ${SIDECARS}`,
            `istio-mesh:mesh:MeshNamespace mesh-shop | in mesh | after ${SIDECARS}`,
            `kubernetes:core/v1:Namespace mesh-istio-system | in mesh`,
            `kubernetes:core/v1:Namespace mesh-legacy | in mesh-legacy | after ${SIDECARS}`,
            `kubernetes:core/v1:Namespace mesh-shop | in mesh-shop | after ${SIDECARS}`,
            "kubernetes:helm.sh/v4:Chart mesh-helm-base | in mesh-helm",
            "kubernetes:helm.sh/v4:Chart mesh-helm-istiod | in mesh-helm | after mesh-helm-base",
            "kubernetes:yaml/v2:ConfigGroup mesh-gateway-api-crds | in mesh-gateway-api",
        ]);
    });

    it("makes node agents, waypoints and gateways of an ambient mesh", async () => {
        const { resources } = await mesh({
            dataPlane: "ambient",
            namespaces: [
                { name: "shop", waypoint: true },
                { name: "cart", dataPlane: "sidecar" },
            ],
            gateways: [{ name: "edge" }, { name: "inner", namespace: "cart" }],
        });
        const nodeAgents = "mesh-istio-cni, mesh-istio-system, mesh-ztunnel";
        assert.deepEqual(outline(resources).sort(), [
            "istio-mesh:mesh:GatewayApi mesh-gateway-api | in mesh",
            `istio-mesh:mesh:HelmInstall mesh-helm | in mesh | after mesh-gateway-api-crds, ${nodeAgents}`,
            `istio-mesh:mesh:IngressGateway mesh-cart/inner | in mesh | after mesh-cart, ${NODES}`,
            `istio-mesh:mesh:IngressGateway mesh-istio-ingress/edge | in mesh | after ${NODES}, mesh-istio-ingress`,
            "istio-mesh:mesh:Mesh mesh",
            `istio-mesh:mesh:MeshNamespace mesh-cart | in mesh | after ${NODES}`,
            `istio-mesh:mesh:MeshNamespace mesh-shop | in mesh | after ${NODES}`,
            "istio-mesh:mesh:Waypoint mesh-shop-waypoint | in mesh-shop | after mesh-shop",
            `kubernetes:core/v1:ConfigMap mesh-shop-waypoint-options | in mesh-shop-waypoint | after mesh-shop`,
            `kubernetes:core/v1:Namespace mesh-cart | in mesh-cart | after ${NODES}`,
            "kubernetes:core/v1:Namespace mesh-istio-cni | in mesh",
            `kubernetes:core/v1:Namespace mesh-istio-ingress | in mesh | after ${NODES}`,
            "kubernetes:core/v1:Namespace mesh-istio-system | in mesh",
            `kubernetes:core/v1:Namespace mesh-shop | in mesh-shop | after ${NODES}`,
            "kubernetes:core/v1:Namespace mesh-ztunnel | in mesh",
            "kubernetes:gateway.networking.k8s.io/v1:Gateway mesh-shop-waypoint-gateway | in mesh-shop-waypoint | after mesh-shop, mesh-shop-waypoint-options",
            "kubernetes:helm.sh/v4:Chart mesh-cart/inner-chart | in mesh-cart/inner | after mesh-cart",
            "kubernetes:helm.sh/v4:Chart mesh-helm-base | in mesh-helm",
            "kubernetes:helm.sh/v4:Chart mesh-helm-cni | in mesh-helm | after mesh-helm-istiod",
            "kubernetes:helm.sh/v4:Chart mesh-helm-istiod | in mesh-helm | after mesh-helm-base",
            "kubernetes:helm.sh/v4:Chart mesh-helm-ztunnel | in mesh-helm | after mesh-helm-cni",
            "kubernetes:helm.sh/v4:Chart mesh-istio-ingress/edge-chart | in mesh-istio-ingress/edge | after mesh-istio-ingress",
            "kubernetes:yaml/v2:ConfigGroup mesh-gateway-api-crds | in mesh-gateway-api",
        ]);
    });

    it("makes waypoints beside the namespaces' own, and what leaves by an egress gateway", async () => {
        const { resources } = await mesh({
            dataPlane: "ambient",
            gatewayApi: { owner: "external" },
            namespaces: [{ name: "shop" }],
            waypoints: [{ name: "second", namespace: "shop", cpu: "1" }],
            egressGateways: [{ name: "out", via: "waypoint" }],
            security: {
                egress: [
                    { name: "pay", gateway: "istio-egress/out", hosts: ["pay.example.com"] },
                    { name: "direct", hosts: ["mail.example.com"] },
                ],
            },
        });
        const added = outline(resources).filter((line) =>
            /second|out|pay|direct|egress/.test(line),
        );
        assert.deepEqual(added.sort(), [
            `istio-mesh:mesh:EgressGateway mesh-istio-egress/out | in mesh | after ${NODES}, mesh-istio-egress`,
            `istio-mesh:mesh:MeshSecurity mesh-security | in mesh | after ${NODES}, mesh-istio-egress, mesh-shop`,
            "istio-mesh:mesh:Waypoint mesh-istio-egress/out-waypoint | in mesh-istio-egress/out | after mesh-istio-egress",
            `istio-mesh:mesh:Waypoint mesh-shop/second | in mesh | after ${NODES}, mesh-shop`,
            "kubernetes:core/v1:ConfigMap mesh-istio-egress/out-waypoint-options | in mesh-istio-egress/out-waypoint | after mesh-istio-egress",
            "kubernetes:core/v1:ConfigMap mesh-shop/second-options | in mesh-shop/second | after mesh-shop",
            `kubernetes:core/v1:Namespace mesh-istio-egress | in mesh | after ${NODES}`,
            "kubernetes:gateway.networking.k8s.io/v1:Gateway mesh-istio-egress/out-waypoint-gateway | in mesh-istio-egress/out-waypoint | after mesh-istio-egress, mesh-istio-egress/out-waypoint-options",
            "kubernetes:gateway.networking.k8s.io/v1:Gateway mesh-shop/second-gateway | in mesh-shop/second | after mesh-shop, mesh-shop/second-options",
            "kubernetes:networking.istio.io/v1:ServiceEntry mesh-istio-egress/out-pay-ServiceEntry | in mesh-istio-egress/out | after mesh-istio-egress/out-waypoint-gateway, mesh-istio-egress/out-waypoint-options",
            `kubernetes:networking.istio.io/v1:ServiceEntry mesh-security-istio-system/direct-ServiceEntry | in mesh-security | after ${NODES}, mesh-istio-egress, mesh-shop`,
        ]);
    });

    it("asks for each thing only after all that it waits for", async () => {
        const { resources } = await mesh({
            dataPlane: "ambient",
            namespaces: [{ name: "shop", waypoint: true }],
            gateways: [{ name: "edge" }],
            egressGateways: [{ name: "out", via: "waypoint" }],
            waypoints: [{ name: "second", namespace: "shop" }],
        });
        const asked = resources.map(({ name }) => name);
        resources.forEach(({ name, parent, dependsOn }, i) => {
            const needs = parent === undefined ? dependsOn : [parent, ...dependsOn];
            const early = needs.filter((other) => asked.indexOf(other) >= i);
            assert.deepEqual({ name, early }, { name, early: [] });
        });
    });

    it("writes the planned names and labels on its namespaces", async () => {
        const { resources } = await mesh({
            cluster: { name: "cluster1", network: "network1" },
            namespaces: [{ name: "shop" }],
        });
        assert.deepEqual(find(resources, "mesh-istio-system").inputs["metadata"], {
            name: "istio-system",
            labels: { "topology.istio.io/network": "network1" },
        });
        const shop = find(resources, "mesh-shop", "kubernetes:core/v1:Namespace");
        assert.deepEqual(shop.inputs["metadata"], {
            name: "shop",
            labels: { "istio-injection": "enabled" },
        });
    });

    it("leaves the Gateway API alone where somebody else owns it", async () => {
        const { resources } = await mesh({ gatewayApi: { owner: "external" } });
        assert.deepEqual(outline(resources), [
            "istio-mesh:mesh:Mesh mesh",
            "kubernetes:core/v1:Namespace mesh-istio-system | in mesh",
            "istio-mesh:mesh:HelmInstall mesh-helm | in mesh | after mesh-istio-system",
            "kubernetes:helm.sh/v4:Chart mesh-helm-base | in mesh-helm",
            "kubernetes:helm.sh/v4:Chart mesh-helm-istiod | in mesh-helm | after mesh-helm-base",
        ]);
    });

    it("can be made twice in one program, by other names", async () => {
        const settings = settingsWith({
            dataPlane: "ambient",
            namespaces: [{ name: "shop", waypoint: true }],
            gateways: [{ name: "edge" }],
        });
        const { resources } = await deploy(() => {
            new Mesh("blue", settings);
            new Mesh("green", settings);
        });
        const ids = resources.map(({ type, name }) => `${type} ${name}`);
        assert.equal(ids.length, 38);
        assert.equal(new Set(ids).size, ids.length);
    });

    it("keeps names apart that only join to the same text", async () => {
        const { resources } = await mesh({
            gateways: [
                { name: "c", namespace: "a-b" },
                { name: "b-c", namespace: "a" },
            ],
        });
        const gateways = resources.filter(({ type }) => type === "istio-mesh:mesh:IngressGateway");
        assert.deepEqual(
            gateways.map(({ name }) => name),
            ["mesh-a-b/c", "mesh-a/b-c"],
        );
    });

    it("registers its revision and its gateways' addresses", async () => {
        const { outputs, result } = await mesh({ gateways: [{ name: "edge" }] });
        const addresses = { "istio-ingress/edge": "edge.istio-ingress.svc.cluster.local" };
        assert.deepEqual(outputs["mesh"], { revision: "default", gatewayAddresses: addresses });
        assert.equal(await valueOf(result.revision), "default");
        assert.deepEqual(await valueOf(result.gatewayAddresses), addresses);
    });

    it("has no addresses without gateways", async () => {
        const { result } = await mesh();
        assert.deepEqual(await valueOf(result.gatewayAddresses), {});
    });
});

describe("Mesh.namespaceName", () => {
    const raw = { namespaces: [{ name: "shop" }], gateways: [{ name: "edge" }] };

    it("names a namespace, with what it waits for", async () => {
        const { resources, result } = await deploy(() => {
            const made = new Mesh("mesh", settingsWith(raw));
            new pulumi.ComponentResource("test:index:User", "user", {
                namespace: made.namespaceName("shop"),
            });
            return made;
        });
        assert.equal(await valueOf(result.namespaceName("shop")), "shop");
        assert.deepEqual(find(resources, "user").dependsOn, ["mesh-shop"]);
    });

    it("names a gateway's namespace too", async () => {
        const { result } = await mesh(raw);
        assert.equal(await valueOf(result.namespaceName("istio-ingress")), "istio-ingress");
    });

    it("says which namespaces there are when there is none by a name", async () => {
        const { result } = await mesh(raw);
        assert.throws(() => result.namespaceName("istio-system"), {
            name: "Error",
            message:
                'no namespace "istio-system" in this mesh; it has: istio-ingress, shop. Add it to namespaces.',
        });
    });
});
