import assert from "node:assert/strict";
import type { z } from "zod";
import type { Manifest } from "../../../components/kinds";
import { trafficPlan, type Where } from "../../../components/traffic/plan";
import { serviceTraffic } from "../../../settings/traffic";

type Given = Partial<z.input<typeof serviceTraffic>>;

function plan(given: Given, where: Where) {
    return trafficPlan(
        serviceTraffic.parse({ service: "checkout", namespace: "shop", ...given }),
        where,
    );
}

const sidecar: Where = { dataPlane: "sidecar" };
const ambient: Where = { dataPlane: "ambient" };
const names = ({ objects }: { objects: readonly Manifest[] }) =>
    objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ""}/${metadata.name}`);
const specOf = (objects: readonly Manifest[], kind: string): unknown =>
    objects.find((object) => object.kind === kind)?.spec;

const canary: Given = {
    versions: [
        { name: "v1", weight: 90 },
        { name: "v2", weight: 10, header: { name: "X-Canary", value: "always" } },
    ],
    mirror: { version: "v2", percent: 25 },
    timeout: "250ms",
};
const edge: Given = { hosts: ["shop.example.com"], gateway: "public/edge" };

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
