import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { MeshObject } from "../../components";
import { deploy, find, outline } from "../support/mocks";

describe("MeshObject", () => {
    it("is the object itself, replaced in place because its name is fixed", async () => {
        const { resources } = await deploy(() => {
            new MeshObject("strict", {
                apiVersion: "security.istio.io/v1",
                kind: "PeerAuthentication",
                metadata: { name: "default", namespace: pulumi.output("shop") },
                spec: { mtls: { mode: pulumi.output("STRICT" as const) } },
            });
        });
        assert.deepEqual(outline(resources), [
            "kubernetes:security.istio.io/v1:PeerAuthentication strict",
        ]);
        const { inputs, options } = find(resources, "strict");
        assert.deepEqual(inputs, {
            apiVersion: "security.istio.io/v1",
            kind: "PeerAuthentication",
            metadata: { name: "default", namespace: "shop" },
            spec: { mtls: { mode: "STRICT" } },
        });
        assert.deepEqual(options, { deleteBeforeReplace: true });
    });

    it("refuses what its CRD refuses, before anything is registered", async () => {
        const { resources, result } = await deploy(() => {
            try {
                new MeshObject("strict", {
                    apiVersion: "security.istio.io/v1",
                    kind: "PeerAuthentication",
                    metadata: { name: "default" },
                    // @ts-expect-error: neither the word nor the key is known
                    spec: { mtls: { mode: "STRIKT" }, select: {} },
                });
                return "nothing";
            } catch (error) {
                return error instanceof pulumi.RunError ? error.message : error;
            }
        });
        assert.deepEqual(resources, []);
        assert.equal(
            result,
            `PeerAuthentication strict is not what its CRD takes; it was not made.

  spec.mtls.mode
    given:   "STRIKT"
    allowed: "UNSET", "DISABLE", "PERMISSIVE", "STRICT"
    fix:     write spec.mtls.mode as "UNSET", "DISABLE", "PERMISSIVE", "STRICT"

  spec.select
    given:   {}
    allowed: mtls, portLevelMtls, selector
    fix:     did you mean selector?`,
        );
    });
});
