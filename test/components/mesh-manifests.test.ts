import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Mesh } from "../../components";
import { deploy, outline } from "../support/mocks";
import { settingsWith } from "../support/settings";
import { scratchFolder } from "../support/scratch";

describe("Mesh with YAML of one's own", () => {
    const folder = scratchFolder();

    /** Runs a mesh with one PeerAuthentication, and gives its own part of what is made, or why nothing is. */
    async function mesh(mode: string) {
        const file = join(folder.path, "strict.yaml");
        writeFileSync(
            file,
            [
                "apiVersion: security.istio.io/v1",
                "kind: PeerAuthentication",
                "metadata: { name: strict, namespace: shop }",
                "spec:",
                `  mtls: { mode: ${mode} }`,
            ].join("\n"),
        );
        const { resources, result } = await deploy(() => {
            try {
                new Mesh(
                    "mesh",
                    settingsWith({ namespaces: [{ name: "shop" }], manifests: [file] }),
                );
                return "made";
            } catch (error) {
                return error instanceof pulumi.RunError
                    ? error.message.replaceAll(folder.path, "<folder>")
                    : error;
            }
        });
        return { made: outline(resources), result };
    }

    it("makes each object, once the mesh and its namespaces are there", async () => {
        const { made, result } = await mesh("STRICT");
        assert.equal(result, "made");
        assert.deepEqual(
            made.filter((line) => line.includes("strict")),
            [
                "kubernetes:security.istio.io/v1:PeerAuthentication mesh-manifests-shop/strict-PeerAuthentication | in mesh | after mesh-helm-base, mesh-helm-istiod, mesh-shop",
            ],
        );
    });

    it("makes nothing at all when one is wrong, whoever wrote the program", async () => {
        const { made, result } = await mesh("STRIKT");
        assert.deepEqual(made, []);
        assert.equal(
            result,
            `Mesh mesh was not made.

  manifests[0]
    given:   <folder>/strict.yaml:5: PeerAuthentication shop/strict spec.mtls.mode is "STRIKT"
    allowed: "UNSET", "DISABLE", "PERMISSIVE", "STRICT"
    fix:     write spec.mtls.mode as "UNSET", "DISABLE", "PERMISSIVE", "STRICT" (<folder>/strict.yaml:5)`,
        );
    });
});
