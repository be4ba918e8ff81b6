import assert from "node:assert/strict";
import { MeshNamespace, type MeshNamespaceArgs } from "../../components";
import { deploy, find, outline } from "../support/mocks";

const make = (args: MeshNamespaceArgs) => deploy(() => new MeshNamespace("shop", args));
const NAMESPACE = "kubernetes:core/v1:Namespace";

describe("MeshNamespace", () => {
    it("is a namespace on its data plane, and nothing more", async () => {
        const { resources, outputs } = await make({ name: "shop", dataPlane: "sidecar" });
        assert.deepEqual(outline(resources), [
            "istio-mesh:mesh:MeshNamespace shop",
            `${NAMESPACE} shop | in shop`,
        ]);
        assert.deepEqual(outputs, { shop: { namespace: "shop" } });
    });

    it("has more waypoints judge for all of it, and a canary take its share", async () => {
        const { resources } = await make({
            name: "shop",
            dataPlane: "ambient",
            waypoint: true,
            waypointFor: "all",
            waypointCanary: { name: "second", weight: 5 },
            defaultDeny: true,
            waypoints: ["waypoint", "second"],
        });
        assert.deepEqual(find(resources, "shop", NAMESPACE).inputs["metadata"], {
            name: "shop",
            labels: {
                "istio.io/dataplane-mode": "ambient",
                "istio.io/use-waypoint": "waypoint",
                "istio.io/use-waypoint-canary": "second",
            },
            annotations: { "istio.io/use-waypoint-canary-weight": "5" },
        });
        const { labels } = find(resources, "shop-waypoint-gateway").inputs["metadata"] as {
            labels: unknown;
        };
        assert.deepEqual(labels, { "istio.io/waypoint-for": "all" });
        const target = (name: string) => ({
            group: "gateway.networking.k8s.io",
            kind: "Gateway",
            name,
        });
        assert.deepEqual(
            ["default-deny", "only-waypoint"].map(
                (name) => find(resources, `shop-${name}-AuthorizationPolicy`).inputs["spec"],
            ),
            [
                { targetRefs: [target("waypoint"), target("second")] },
                {
                    action: "ALLOW",
                    rules: [
                        {
                            from: [
                                {
                                    source: {
                                        serviceAccounts: ["shop/waypoint", "shop/second"],
                                    },
                                },
                            ],
                        },
                    ],
                },
            ],
        );
    });

    it("is governed by all that is said of it", async () => {
        const { resources } = await make({
            name: "shop",
            dataPlane: "ambient",
            waypoint: true,
            mtls: "STRICT",
            defaultDeny: true,
            ingressUseWaypoint: true,
            quota: { pods: 10 },
            podSecurity: "restricted",
            networkPolicy: {},
            size: "homelab",
        });
        assert.deepEqual(outline(resources).sort(), [
            "istio-mesh:mesh:MeshNamespace shop",
            "istio-mesh:mesh:Waypoint shop-waypoint | in shop | after shop",
            "kubernetes:core/v1:ConfigMap shop-waypoint-options | in shop-waypoint | after shop",
            `${NAMESPACE} shop | in shop`,
            "kubernetes:core/v1:ResourceQuota shop-quota | in shop | after shop",
            "kubernetes:gateway.networking.k8s.io/v1:Gateway shop-waypoint-gateway | in shop-waypoint | after shop, shop-waypoint-options",
            "kubernetes:networking.k8s.io/v1:NetworkPolicy shop-network-policy | in shop | after shop",
            "kubernetes:security.istio.io/v1:AuthorizationPolicy shop-default-deny-AuthorizationPolicy | in shop | after shop",
            "kubernetes:security.istio.io/v1:AuthorizationPolicy shop-only-waypoint-AuthorizationPolicy | in shop | after shop",
            "kubernetes:security.istio.io/v1:PeerAuthentication shop-default-PeerAuthentication | in shop | after shop",
        ]);
        assert.deepEqual(find(resources, "shop", NAMESPACE).inputs["metadata"], {
            name: "shop",
            labels: {
                "istio.io/dataplane-mode": "ambient",
                "istio.io/use-waypoint": "waypoint",
                "istio.io/ingress-use-waypoint": "true",
                "pod-security.kubernetes.io/enforce": "restricted",
                "pod-security.kubernetes.io/warn": "restricted",
            },
        });
    });
});
