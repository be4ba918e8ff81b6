/** What one service's settings come to. That Envoy does what they say is proved on the living mesh. */
import assert from "node:assert/strict";
import { manifestMisfits } from "../../../components/kinds";
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

const host = "checkout.shop.svc.cluster.local";

describe("trafficPlan", () => {
    describe("for sidecars", () => {
        it("tells five seconds and three retries when nothing else is said", () => {
            const { objects, services } = plan({}, sidecar);
            assert.deepEqual(services, []);
            assert.deepEqual(objects, [
                {
                    apiVersion: "networking.istio.io/v1",
                    kind: "VirtualService",
                    metadata: { name: "checkout", namespace: "shop" },
                    spec: {
                        hosts: [host],
                        gateways: ["mesh"],
                        http: [
                            {
                                route: [{ destination: { host, port: { number: 80 } } }],
                                timeout: "5s",
                                retries: {
                                    attempts: 3,
                                    retryOn:
                                        "connect-failure,refused-stream,unavailable,cancelled,503",
                                },
                            },
                        ],
                    },
                },
            ]);
        });

        it("names versions as subsets, headers before shares", () => {
            const { objects, services } = plan(canary, sidecar);
            assert.deepEqual(services, []);
            assert.deepEqual(specOf(objects, "DestinationRule"), {
                host,
                subsets: [
                    { name: "v1", labels: { version: "v1" } },
                    { name: "v2", labels: { version: "v2" } },
                ],
            });
            const to = (subset: string) => ({ host, subset, port: { number: 80 } });
            const common = {
                timeout: "0.25s",
                retries: {
                    attempts: 3,
                    retryOn: "connect-failure,refused-stream,unavailable,cancelled,503",
                },
                mirrors: [{ destination: to("v2"), percentage: { value: 25 } }],
            };
            assert.deepEqual(specOf(objects, "VirtualService"), {
                hosts: [host],
                gateways: ["mesh"],
                http: [
                    {
                        match: [{ headers: { "x-canary": { exact: "always" } } }],
                        route: [{ destination: to("v2") }],
                        ...common,
                    },
                    {
                        route: [
                            { destination: to("v1"), weight: 90 },
                            { destination: to("v2"), weight: 10 },
                        ],
                        ...common,
                    },
                ],
            });
        });

        it("shares one VirtualService with a gateway of Istio's own API", () => {
            const { objects } = plan(edge, sidecar);
            assert.deepEqual(names({ objects }), ["VirtualService shop/checkout"]);
            const { hosts, gateways } = specOf(objects, "VirtualService") as Record<
                string,
                unknown
            >;
            assert.deepEqual(
                [hosts, gateways],
                [
                    [host, "shop.example.com"],
                    ["mesh", "public/edge"],
                ],
            );
        });

        it("gives a gateway of the Gateway API its own route, to a Service for each version", () => {
            const { objects, services } = plan(
                { ...canary, ...edge },
                { ...sidecar, edge: "kubernetes" },
            );
            assert.deepEqual(names({ objects }), [
                "DestinationRule shop/checkout",
                "VirtualService shop/checkout",
                "HTTPRoute shop/checkout-ingress",
            ]);
            assert.deepEqual(
                services.map(({ name }) => name),
                ["checkout-v1", "checkout-v2"],
            );
        });

        it("breaks circuits, fails over, injects faults and limits rates", () => {
            const { objects } = plan(
                {
                    retries: { attempts: 0 },
                    circuitBreaker: { maxConnections: 9, maxPendingRequests: 8, maxRequests: 7 },
                    failover: [{ from: "eu-west", to: "eu-central" }],
                    fault: { delay: { duration: "2s", percent: 5 }, abort: { status: 418 } },
                    rateLimit: { requests: 100, per: "1m" },
                },
                sidecar,
            );
            assert.deepEqual(specOf(objects, "DestinationRule"), {
                host,
                trafficPolicy: {
                    connectionPool: {
                        tcp: { maxConnections: 9 },
                        http: { http1MaxPendingRequests: 8, http2MaxRequests: 7 },
                    },
                    outlierDetection: {
                        consecutive5xxErrors: 5,
                        interval: "10s",
                        baseEjectionTime: "30s",
                        maxEjectionPercent: 50,
                    },
                    loadBalancer: {
                        localityLbSetting: {
                            enabled: true,
                            failover: [{ from: "eu-west", to: "eu-central" }],
                        },
                    },
                },
            });
            // Its patch is relative to another filter: without a priority age would decide.
            assert.equal((specOf(objects, "EnvoyFilter") as { priority?: number }).priority, 10);
            const { http } = specOf(objects, "VirtualService") as { http: object[] };
            assert.deepEqual(http, [
                {
                    route: [{ destination: { host, port: { number: 80 } } }],
                    timeout: "5s",
                    retries: { attempts: 0 },
                    fault: {
                        delay: { fixedDelay: "2s", percentage: { value: 5 } },
                        abort: { httpStatus: 418, percentage: { value: 100 } },
                    },
                },
            ]);
            assert.match(
                JSON.stringify(specOf(objects, "EnvoyFilter")),
                /"token_bucket":\{"max_tokens":100,"tokens_per_fill":100,"fill_interval":"60s"\}/,
            );
        });

        it("watches for failing pods when it must fail over", () => {
            const { objects } = plan({ failover: [{ from: "a", to: "b" }] }, sidecar);
            const { trafficPolicy } = specOf(objects, "DestinationRule") as {
                trafficPolicy: Record<string, unknown>;
            };
            assert.deepEqual(Object.keys(trafficPolicy), ["outlierDetection", "loadBalancer"]);
        });
    });

    describe("for a waypoint", () => {
        it("is an HTTPRoute of the Service, to a Service for each version", () => {
            const { objects, services } = plan(canary, ambient);
            assert.deepEqual(services, [
                {
                    name: "checkout-v1",
                    namespace: "shop",
                    selector: { app: "checkout", version: "v1" },
                    port: 80,
                    protocol: "http",
                },
                {
                    name: "checkout-v2",
                    namespace: "shop",
                    selector: { app: "checkout", version: "v2" },
                    port: 80,
                    protocol: "http",
                },
            ]);
            const common = {
                timeouts: { request: "250ms" },
                filters: [
                    {
                        type: "RequestMirror",
                        requestMirror: {
                            backendRef: { name: "checkout-v2", port: 80 },
                            percent: 25,
                        },
                    },
                ],
            };
            assert.deepEqual(objects, [
                {
                    apiVersion: "gateway.networking.k8s.io/v1",
                    kind: "HTTPRoute",
                    metadata: { name: "checkout", namespace: "shop" },
                    spec: {
                        parentRefs: [{ group: "", kind: "Service", name: "checkout", port: 80 }],
                        rules: [
                            {
                                matches: [{ headers: [{ name: "X-Canary", value: "always" }] }],
                                backendRefs: [{ name: "checkout-v2", port: 80, weight: 1 }],
                                ...common,
                            },
                            {
                                backendRefs: [
                                    { name: "checkout-v1", port: 80, weight: 90 },
                                    { name: "checkout-v2", port: 80, weight: 10 },
                                ],
                                ...common,
                            },
                        ],
                    },
                },
            ]);
        });

        it("breaks the circuit of each Service that a route leads to", () => {
            assert.deepEqual(names(plan({ ...canary, circuitBreaker: {} }, ambient)), [
                "DestinationRule shop/checkout",
                "DestinationRule shop/checkout-v1",
                "DestinationRule shop/checkout-v2",
                "HTTPRoute shop/checkout",
            ]);
        });

        it("has a gateway of Istio's own API route to versions by their Services", () => {
            const { objects } = plan({ ...canary, ...edge }, ambient);
            assert.deepEqual(names({ objects }), [
                "HTTPRoute shop/checkout",
                "VirtualService shop/checkout-ingress",
            ]);
            assert.match(
                JSON.stringify(specOf(objects, "VirtualService")),
                /"hosts":\["shop.example.com"\],"gateways":\["public\/edge"\].*"host":"checkout-v1\.shop\.svc/,
            );
        });
    });

    it("makes nothing that a CRD refuses", () => {
        const all: Given = {
            ...canary,
            ...edge,
            circuitBreaker: { maxConnections: 1 },
            failover: [{ from: "a", to: "b" }],
            fault: { delay: { duration: "1s" }, abort: { status: 500 } },
            rateLimit: { requests: 1 },
        };
        for (const where of [sidecar, ambient]) {
            for (const api of ["istio", "kubernetes"] as const) {
                for (const protocol of ["http", "grpc"] as const) {
                    const { objects } = plan({ ...all, protocol }, { ...where, edge: api });
                    assert.deepEqual(
                        objects.flatMap((object) => manifestMisfits(object)),
                        [],
                    );
                }
            }
        }
    });
});
