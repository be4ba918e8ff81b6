import assert from "node:assert/strict";
import {
    ambient,
    canary,
    edge,
    type Given,
    names,
    plan,
    sidecar,
    specOf,
} from "../../support/traffic";

describe("trafficPlan of gRPC", () => {
    it("tells sidecars of gRPC as of HTTP, and a gateway of the Gateway API by a GRPCRoute", () => {
        const grpc: Given = { ...edge, timeout: undefined, protocol: "grpc" };
        assert.deepEqual(names(plan(grpc, { ...sidecar, edge: "kubernetes" })), [
            "VirtualService shop/checkout",
            "GRPCRoute shop/checkout-ingress",
        ]);
        assert.deepEqual(
            specOf(plan({ protocol: "grpc" }, sidecar).objects, "VirtualService"),
            specOf(plan({}, sidecar).objects, "VirtualService"),
        );
    });

    it("is a GRPCRoute for gRPC, which can say no timeout", () => {
        const { objects, services } = plan(
            { ...canary, timeout: undefined, protocol: "grpc" },
            ambient,
        );
        assert.deepEqual(
            services.map(({ name, protocol }) => [name, protocol]),
            [
                ["checkout-v1", "grpc"],
                ["checkout-v2", "grpc"],
            ],
        );
        const filters = [
            {
                type: "RequestMirror",
                requestMirror: { backendRef: { name: "checkout-v2", port: 80 }, percent: 25 },
            },
        ];
        assert.deepEqual(objects, [
            {
                apiVersion: "gateway.networking.k8s.io/v1",
                kind: "GRPCRoute",
                metadata: { name: "checkout", namespace: "shop" },
                spec: {
                    parentRefs: [{ group: "", kind: "Service", name: "checkout", port: 80 }],
                    rules: [
                        {
                            matches: [{ headers: [{ name: "X-Canary", value: "always" }] }],
                            backendRefs: [{ name: "checkout-v2", port: 80, weight: 1 }],
                            filters,
                        },
                        {
                            backendRefs: [
                                { name: "checkout-v1", port: 80, weight: 90 },
                                { name: "checkout-v2", port: 80, weight: 10 },
                            ],
                            filters,
                        },
                    ],
                },
            },
        ]);
    });
});
