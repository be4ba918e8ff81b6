import assert from "node:assert/strict";
import { egressGatewayObject } from "../../../components/egress/gateway-api-objects";
import { egressPlan } from "../../../components/egress/plan";
import { gateway, mail, names, payment, spec } from "./entries";

describe("egressPlan by the Gateway API", () => {
    const objects = egressPlan(gateway("gateway-api"), [payment, mail]);
    const group = "networking.istio.io";
    const parent = (name: string, port: number) => ({
        group,
        kind: "ServiceEntry",
        name,
        port,
    });

    it("routes from callers to the gateway, and from it to each host", () => {
        assert.deepEqual(names(objects), [
            "ServiceEntry istio-egress/payment",
            "ServiceEntry istio-egress/mail",
            "DestinationRule istio-egress/out",
            "HTTPRoute istio-egress/payment",
            "TLSRoute istio-egress/payment",
            "TLSRoute istio-egress/mail",
            "HTTPRoute istio-egress/payment-1",
            "TLSRoute istio-egress/payment-1",
            "HTTPRoute istio-egress/payment-2",
            "TLSRoute istio-egress/payment-2",
            "TLSRoute istio-egress/mail-1",
            "AuthorizationPolicy istio-egress/out",
        ]);
        assert.deepEqual(spec(objects, "HTTPRoute", "payment"), {
            parentRefs: [parent("payment", 8080)],
            rules: [{ backendRefs: [{ name: "out-istio", port: 80 }] }],
        });
        assert.deepEqual(spec(objects, "TLSRoute", "mail"), {
            parentRefs: [parent("mail", 443)],
            hostnames: ["mail.example.com"],
            rules: [{ backendRefs: [{ name: "out-istio", port: 443 }] }],
        });
        assert.deepEqual(spec(objects, "HTTPRoute", "payment-1"), {
            parentRefs: [{ name: "out", sectionName: "read" }],
            hostnames: ["pay.example.com"],
            rules: [
                {
                    backendRefs: [{ group, kind: "Hostname", name: "pay.example.com", port: 8080 }],
                },
            ],
        });
    });

    it("has callers come by mTLS to the Service that istiod makes", () => {
        assert.deepEqual(spec(objects, "DestinationRule", "out"), {
            host: "out-istio.istio-egress.svc.cluster.local",
            trafficPolicy: {
                portLevelSettings: [{ port: { number: 80 }, tls: { mode: "ISTIO_MUTUAL" } }],
            },
        });
        const { targetRefs, selector } = spec(objects, "AuthorizationPolicy", "out") as Record<
            string,
            unknown
        >;
        assert.deepEqual(
            [targetRefs, selector],
            [[{ group: "gateway.networking.k8s.io", kind: "Gateway", name: "out" }], undefined],
        );
    });

    it("listens inside of the cluster alone, and waits for no address", () => {
        const { metadata, spec: wanted } = egressGatewayObject(
            gateway("gateway-api"),
            "out-options",
        );
        assert.deepEqual(metadata, {
            name: "out",
            namespace: "istio-egress",
            annotations: { "pulumi.com/waitFor": "condition=Accepted" },
        });
        const allowedRoutes = { namespaces: { from: "Same" } };
        assert.deepEqual(wanted, {
            gatewayClassName: "istio",
            infrastructure: {
                annotations: { "networking.istio.io/service-type": "ClusterIP" },
                parametersRef: { group: "", kind: "ConfigMap", name: "out-options" },
            },
            listeners: [
                {
                    name: "read",
                    port: 80,
                    protocol: "HTTPS",
                    allowedRoutes,
                    tls: {
                        mode: "Terminate",
                        options: { "gateway.istio.io/tls-terminate-mode": "ISTIO_MUTUAL" },
                    },
                },
                {
                    name: "passed",
                    port: 443,
                    protocol: "TLS",
                    allowedRoutes,
                    tls: { mode: "Passthrough" },
                },
            ],
        });
    });
});
