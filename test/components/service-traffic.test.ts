import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ServiceTraffic, type ServiceTrafficArgs } from "../../components";
import { deploy, find, outline } from "../support/mocks";

const checkout = {
    service: "checkout",
    namespace: "shop",
    versions: [
        { name: "v1", weight: 90 },
        { name: "v2", weight: 10 },
    ],
} satisfies Partial<ServiceTrafficArgs>;
const make = (args: ServiceTrafficArgs) =>
    deploy(() => {
        try {
            return new ServiceTraffic("canary", args);
        } catch (error) {
            return error instanceof pulumi.RunError ? error.message : error;
        }
    });

describe("ServiceTraffic", () => {
    it("makes Istio's objects for sidecars", async () => {
        const { resources, outputs } = await make({ ...checkout, dataPlane: "sidecar" });
        assert.deepEqual(outline(resources), [
            "istio-mesh:mesh:ServiceTraffic canary",
            "kubernetes:networking.istio.io/v1:DestinationRule canary-checkout-DestinationRule | in canary",
            "kubernetes:networking.istio.io/v1:VirtualService canary-checkout-VirtualService | in canary",
        ]);
        assert.deepEqual(outputs, { canary: {} });
    });

    it("makes a route and a Service for each version for a waypoint", async () => {
        const { resources } = await make({ ...checkout, dataPlane: "ambient" });
        assert.deepEqual(outline(resources), [
            "istio-mesh:mesh:ServiceTraffic canary",
            "kubernetes:core/v1:Service canary-checkout-v1 | in canary",
            "kubernetes:core/v1:Service canary-checkout-v2 | in canary",
            "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute canary-checkout-HTTPRoute | in canary",
        ]);
        const { metadata, spec } = find(resources, "canary-checkout-v2").inputs;
        assert.deepEqual(metadata, {
            name: "checkout-v2",
            namespace: "shop",
            annotations: { "pulumi.com/skipAwait": "true" },
        });
        assert.deepEqual(spec, {
            selector: { app: "checkout", version: "v2" },
            ports: [{ name: "http", port: 80, targetPort: "http" }],
        });
    });

    it("refuses what its proxies can't do, before anything is registered", async () => {
        const { resources, result } = await make({
            ...checkout,
            dataPlane: "ambient",
            fault: { abort: { status: 503 } },
            rateLimit: { requests: 5 },
        });
        assert.deepEqual(resources, []);
        assert.equal(
            result,
            `ServiceTraffic canary was not made.

  fault
    given:   {"abort":{"status":503,"percent":100}}
    allowed: nothing in an ambient namespace: an HTTPRoute has no faults
    fix:     take fault out

  rateLimit
    given:   {"requests":5,"per":"1s"}
    allowed: nothing in an ambient namespace: Istio takes no EnvoyFilter for a waypoint
    fix:     take rateLimit out`,
        );
    });

    it("refuses wrong arguments by their place", async () => {
        const { result } = await make({
            ...checkout,
            dataPlane: "sidecar",
            versions: [{ name: "v1", weight: -1 }],
        });
        assert.match(
            String(result),
            /^ServiceTraffic canary was not made\.\n\n {2}versions\[0\]\.weight\n/,
        );
    });
});
