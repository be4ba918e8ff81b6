/** What an egress gateway's settings come to. That Envoy does what they say is proved on the living mesh. */
import assert from "node:assert/strict";
import { egressGatewayObject } from "../../../components/egress/gateway-api-objects";
import { egressPlan, leavingBy } from "../../../components/egress/plan";
import { manifestMisfits } from "../../../components/kinds";
import { egress } from "../../../settings/security";
import { gateway, mail, names, payment, SERVICE, spec } from "./entries";

describe("egressPlan", () => {
    for (const via of ["chart", "gateway-api", "waypoint"] as const) {
        it(`makes by ${via} only what the CRDs take`, () => {
            const objects = [
                ...egressPlan(gateway(via), [payment, mail]),
                egressGatewayObject(gateway(via), "out-options"),
            ];
            assert.deepEqual(
                objects.flatMap((object) => manifestMisfits(object)),
                [],
            );
        });

        it(`makes nothing by ${via} before anything leaves by it`, () => {
            assert.deepEqual(egressPlan(gateway(via), []), []);
        });
    }

    describe("by the chart", () => {
        const objects = egressPlan(gateway("chart"), [payment, mail]);

        it("keeps everything in the gateway's namespace", () => {
            assert.deepEqual(names(objects), [
                "ServiceEntry istio-egress/payment",
                "ServiceEntry istio-egress/mail",
                "Gateway istio-egress/out",
                "DestinationRule istio-egress/out",
                "VirtualService istio-egress/payment-1",
                "VirtualService istio-egress/payment-2",
                "VirtualService istio-egress/mail-1",
                "AuthorizationPolicy istio-egress/out",
            ]);
        });

        it("shows the host to its namespaces, and to the gateway", () => {
            assert.deepEqual(spec(objects, "ServiceEntry", "payment"), {
                hosts: ["pay.example.com", "bank.example.com"],
                location: "MESH_EXTERNAL",
                resolution: "DNS",
                ports: [
                    { number: 8080, protocol: "HTTP", name: "http-8080" },
                    { number: 8443, protocol: "HTTPS", name: "https-8443" },
                ],
                exportTo: [".", "shop"],
            });
        });

        it("reads requests that come by mTLS, and passes on what stays encrypted", () => {
            assert.deepEqual(spec(objects, "Gateway", "out"), {
                selector: { istio: "out" },
                servers: [
                    {
                        port: { number: 80, name: "read", protocol: "HTTPS" },
                        hosts: ["./pay.example.com", "./bank.example.com"],
                        tls: { mode: "ISTIO_MUTUAL" },
                    },
                    {
                        port: { number: 443, name: "passed", protocol: "TLS" },
                        hosts: ["./pay.example.com", "./bank.example.com", "./mail.example.com"],
                        tls: { mode: "PASSTHROUGH" },
                    },
                ],
            });
        });

        it("asks the gateway for each host by its name", () => {
            const subset = (name: string, sni: string) => ({
                name,
                trafficPolicy: {
                    portLevelSettings: [
                        { port: { number: 80 }, tls: { mode: "ISTIO_MUTUAL", sni } },
                    ],
                },
            });
            assert.deepEqual(spec(objects, "DestinationRule", "out"), {
                host: SERVICE,
                subsets: [
                    subset("payment-1", "pay.example.com"),
                    subset("payment-2", "bank.example.com"),
                ],
            });
        });

        it("sends callers to the gateway, and the gateway to the host", () => {
            const own = "istio-egress/out";
            assert.deepEqual(spec(objects, "VirtualService", "payment-2"), {
                hosts: ["bank.example.com"],
                gateways: ["mesh", own],
                exportTo: [".", "shop"],
                http: [
                    {
                        match: [{ gateways: ["mesh"], port: 8080 }],
                        route: [
                            {
                                destination: {
                                    host: SERVICE,
                                    subset: "payment-2",
                                    port: { number: 80 },
                                },
                            },
                        ],
                    },
                    {
                        match: [{ gateways: [own], port: 80 }],
                        route: [
                            { destination: { host: "bank.example.com", port: { number: 8080 } } },
                        ],
                    },
                ],
                tls: [
                    {
                        match: [{ gateways: ["mesh"], port: 8443, sniHosts: ["bank.example.com"] }],
                        route: [{ destination: { host: SERVICE, port: { number: 443 } } }],
                    },
                    {
                        match: [{ gateways: [own], port: 443, sniHosts: ["bank.example.com"] }],
                        route: [
                            { destination: { host: "bank.example.com", port: { number: 8443 } } },
                        ],
                    },
                ],
            });
            const { http, exportTo } = spec(objects, "VirtualService", "mail-1") as Record<
                string,
                unknown
            >;
            assert.deepEqual([http, exportTo], [undefined, undefined]);
        });

        it("lets only the namespaces out that may call, where the gateway knows who calls", () => {
            assert.deepEqual(spec(objects, "AuthorizationPolicy", "out"), {
                selector: { matchLabels: { istio: "out" } },
                action: "ALLOW",
                rules: [
                    {
                        from: [{ source: { namespaces: ["shop"] } }],
                        to: [
                            {
                                operation: {
                                    hosts: [
                                        "pay.example.com",
                                        "pay.example.com:*",
                                        "bank.example.com",
                                        "bank.example.com:*",
                                    ],
                                    ports: ["80"],
                                },
                            },
                        ],
                    },
                    {
                        to: [{ operation: { ports: ["443"] } }],
                        when: [
                            {
                                key: "connection.sni",
                                values: ["pay.example.com", "bank.example.com"],
                            },
                        ],
                    },
                    {
                        to: [{ operation: { ports: ["443"] } }],
                        when: [{ key: "connection.sni", values: ["mail.example.com"] }],
                    },
                ],
            });
            assert.deepEqual(
                names(egressPlan(gateway("chart"), [mail])).filter((name) =>
                    name.startsWith("AuthorizationPolicy"),
                ),
                [],
            );
        });
    });

    describe("by a waypoint", () => {
        const objects = egressPlan(gateway("waypoint"), [payment, mail]);

        it("names it on each host, and tells it who may call", () => {
            assert.deepEqual(names(objects), [
                "ServiceEntry istio-egress/payment",
                "ServiceEntry istio-egress/mail",
                "AuthorizationPolicy istio-egress/payment",
            ]);
            assert.deepEqual(objects[0]?.metadata, {
                name: "payment",
                namespace: "istio-egress",
                labels: { "istio.io/use-waypoint": "out" },
            });
            assert.deepEqual(spec(objects, "AuthorizationPolicy", "payment"), {
                targetRefs: [
                    { group: "networking.istio.io", kind: "ServiceEntry", name: "payment" },
                ],
                action: "ALLOW",
                rules: [{ from: [{ source: { namespaces: ["shop"] } }] }],
            });
        });
    });
});

describe("leavingBy", () => {
    it("finds what names the gateway, by namespace and name", () => {
        const direct = egress.parse({ name: "direct", hosts: ["a.example.com"] });
        const other = { ...mail, gateway: "istio-egress/other" };
        assert.deepEqual(leavingBy(gateway("chart"), [payment, direct, other]), [payment]);
    });
});
