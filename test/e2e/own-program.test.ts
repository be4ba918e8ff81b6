/** Proves the program of docs/components.md with the real engine, where Istio's kinds are known. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { SandboxStack } from "../../sandbox";
import { applyIstioCrds, list, open } from "./sandbox";

const KINDS = "peerauthentications,authorizationpolicies,destinationrules,virtualservices";

/** What is in the team's namespace. */
async function made(): Promise<readonly string[]> {
    const objects = await list(KINDS);
    return objects
        .filter(({ metadata }) => metadata.namespace === "payments")
        .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
        .sort();
}

describe("a program that uses single components", function () {
    this.timeout(120_000);
    let stack: SandboxStack;

    before(async () => {
        await applyIstioCrds();
        stack = await open("own-program", {
            from: "dev",
            program: join(__dirname, "../../docs/own-program.ts"),
        });
    });

    it("makes its part of a mesh, judged by the policy pack", async () => {
        await stack.up();
        assert.deepEqual(await made(), [
            "AuthorizationPolicy default-deny",
            "AuthorizationPolicy shop-reads-ledger",
            "DestinationRule ledger",
            "PeerAuthentication default",
            "VirtualService ledger",
        ]);
        const [namespace] = (await list("namespaces")).filter(
            ({ metadata }) => metadata.name === "payments",
        );
        assert.equal(namespace?.metadata.labels?.["istio-injection"], "enabled");
    });

    it("has nothing to change the second time, and goes away", async () => {
        const { summary } = await stack.up();
        assert.deepEqual(Object.keys(summary.resourceChanges ?? {}), ["same"]);
        await stack.destroy();
        assert.deepEqual(await made(), []);
    });
});
