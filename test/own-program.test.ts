/** A program that uses single components, as docs/components.md shows it. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import { ServiceTraffic } from "../components";
import { exported, REFUSAL } from "../docs/components-page";
import { deploy, find, outline, valueOf } from "./support/mocks";

const program = createRequire(__filename)("../docs/own-program.ts") as () => {
    readonly namespace: pulumi.Output<string>;
};

describe("a program of one's own", () => {
    before(() => {
        pulumi.runtime.setAllConfig({ "istio-mesh:kubeContext": "kind-test" });
    });
    after(() => {
        pulumi.runtime.setAllConfig({});
    });

    it("makes a team's part of a mesh, with one provider", async () => {
        const { resources, result } = await deploy(program);
        const first =
            "ledger-service, payments, payments-default-PeerAuthentication, payments-default-deny-AuthorizationPolicy";
        assert.deepEqual(outline(resources), [
            "pulumi:providers:kubernetes cluster",
            "istio-mesh:mesh:MeshNamespace payments",
            "kubernetes:core/v1:Namespace payments | in payments",
            "kubernetes:security.istio.io/v1:AuthorizationPolicy payments-default-deny-AuthorizationPolicy | in payments | after payments",
            "kubernetes:security.istio.io/v1:PeerAuthentication payments-default-PeerAuthentication | in payments | after payments",
            "kubernetes:core/v1:Service ledger-service | after payments",
            "kubernetes:security.istio.io/v1:AuthorizationPolicy shop-reads-ledger | after payments",
            `istio-mesh:mesh:ServiceTraffic ledger | after ${first}`,
            `kubernetes:networking.istio.io/v1:DestinationRule ledger-ledger-DestinationRule | in ledger | after ${first}`,
            `kubernetes:networking.istio.io/v1:VirtualService ledger-ledger-VirtualService | in ledger | after ${first}`,
        ]);
        assert.deepEqual(
            resources
                .filter(({ type }) => type.startsWith("kubernetes:"))
                .map(({ provider }) => provider),
            Array.from({ length: 7 }, () => "cluster"),
        );
        assert.deepEqual(find(resources, "cluster").inputs, { context: "kind-test" });
        assert.equal(await valueOf(result.namespace), "payments");
    });

    it("is refused in the words of the page", async () => {
        const { result } = await deploy(() => {
            try {
                return new ServiceTraffic("ledger", {
                    service: "ledger",
                    namespace: "payments",
                    dataPlane: "sidecar",
                    timeout: "2 seconds",
                });
            } catch (error) {
                return (error as Error).message;
            }
        });
        assert.equal(result, REFUSAL);
    });

    it("finds a sentence for every component on the page", () => {
        const components = exported();
        assert.ok(components.length > 10);
        for (const { name, text } of components) assert.match(text, /^\S.*\.$/, name);
    });
});
