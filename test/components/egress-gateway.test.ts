import assert from "node:assert/strict";
import { EgressGateway } from "../../components";
import { gatewayValues } from "../../components/plan/gateway-plan";
import { deploy, find, outline } from "../support/mocks";
import { settingsWith } from "../support/settings";

describe("EgressGateway", () => {
    const make = (via: string, numbers: object = {}) => {
        const settings = settingsWith({
            size: "homelab",
            dataPlane: via === "waypoint" ? "ambient" : "sidecar",
            namespaces: [{ name: "shop" }],
            egressGateways: [{ name: "out", via, ...numbers }],
            security: {
                egress: [
                    {
                        name: "pay",
                        gateway: "istio-egress/out",
                        hosts: ["pay.example.com"],
                        ports: [{ number: 80, protocol: "HTTP" }],
                    },
                ],
            },
        });
        const gateway = settings.egressGateways[0]!;
        const args = { gateway, namespace: "istio-egress", mesh: settings };
        return deploy(() => {
            new EgressGateway("out", { ...args, egress: settings.security.egress });
            return { gateway, settings };
        });
    };
    const istio = "kubernetes:networking.istio.io/v1";
    const api = "kubernetes:gateway.networking.k8s.io/v1";

    it("makes the chart's gateway, which nobody reaches from outside, then what leads to it", async () => {
        const { resources, outputs, result } = await make("chart");
        assert.deepEqual(outline(resources).sort(), [
            "istio-mesh:mesh:EgressGateway out",
            "kubernetes:helm.sh/v4:Chart out-chart | in out",
            `${istio}:DestinationRule out-out-DestinationRule | in out | after out-chart`,
            `${istio}:Gateway out-out-Gateway | in out | after out-chart`,
            `${istio}:ServiceEntry out-pay-ServiceEntry | in out | after out-chart`,
            `${istio}:VirtualService out-pay-1-VirtualService | in out | after out-chart`,
        ]);
        const { gateway, settings } = result;
        const values = gatewayValues(
            { ...gateway, serviceType: "ClusterIP", awaitAddress: true },
            settings,
        );
        assert.deepEqual(values.service, {
            type: "ClusterIP",
            annotations: { "pulumi.com/skipAwait": "true" },
        });
        assert.deepEqual(find(resources, "out-chart").inputs, {
            chart: "gateway",
            name: "out",
            namespace: "istio-egress",
            values,
            version: "1.31.3",
            repositoryOpts: { repo: "https://blob.istio.io/istio-release/charts" },
        });
        assert.deepEqual(outputs, { out: {} });
    });

    it("makes the Gateway API's gateway with its sizes, then its routes", async () => {
        const { resources } = await make("gateway-api");
        assert.deepEqual(outline(resources).sort(), [
            "istio-mesh:mesh:EgressGateway out",
            "kubernetes:core/v1:ConfigMap out-options | in out",
            `${api}:Gateway out-gateway | in out | after out-options`,
            `${api}:HTTPRoute out-pay-1-HTTPRoute | in out | after out-gateway`,
            `${api}:HTTPRoute out-pay-HTTPRoute | in out | after out-gateway`,
            `${istio}:DestinationRule out-out-DestinationRule | in out | after out-gateway`,
            `${istio}:ServiceEntry out-pay-ServiceEntry | in out | after out-gateway`,
        ]);
        assert.deepEqual(find(resources, "out-options").inputs["metadata"], {
            name: "out-options",
            namespace: "istio-egress",
        });
    });

    it("makes a waypoint of its own sizes for ambient", async () => {
        const { resources } = await make("waypoint", { minReplicas: 2, maxReplicas: 4, cpu: "1" });
        assert.deepEqual(outline(resources).sort(), [
            "istio-mesh:mesh:EgressGateway out",
            "istio-mesh:mesh:Waypoint out-waypoint | in out",
            "kubernetes:core/v1:ConfigMap out-waypoint-options | in out-waypoint",
            `${api}:Gateway out-waypoint-gateway | in out-waypoint | after out-waypoint-options`,
            `${istio}:ServiceEntry out-pay-ServiceEntry | in out | after out-waypoint-gateway, out-waypoint-options`,
        ]);
        const { metadata, data } = find(resources, "out-waypoint-options").inputs as {
            metadata: unknown;
            data: Record<string, string>;
        };
        assert.deepEqual(metadata, { name: "out-options", namespace: "istio-egress" });
        assert.deepEqual(Object.keys(data), [
            "deployment",
            "horizontalPodAutoscaler",
            "podDisruptionBudget",
        ]);
        assert.match(data["deployment"] ?? "", /cpu: "1"/);
    });
});
