/**
 * Deploys an example into the living sandbox for one suite: up, its pods as real processes, and at the end a
 * second up that changes nothing, and a destroy that leaves nothing of it.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { openStack } from "../../sandbox";
import { checkStack } from "../../sandbox/stack-files";
import type { SandboxStack } from "../../sandbox";
import { INGRESS, NAMESPACE } from "./living-objects";
import { bringToLife, kubectl, shop, startLiving } from "./living-sandbox";

/** Kinds that an example's objects are of, as kubectl names them. */
const KINDS = [
    "virtualservices.networking.istio.io",
    "destinationrules.networking.istio.io",
    "gateways.networking.istio.io",
    "serviceentries.networking.istio.io",
    "envoyfilters.networking.istio.io",
    "sidecars.networking.istio.io",
    "authorizationpolicies.security.istio.io",
    "peerauthentications.security.istio.io",
    "requestauthentications.security.istio.io",
    "telemetries.telemetry.istio.io",
    "httproutes.gateway.networking.k8s.io",
    "gateways.gateway.networking.k8s.io",
].join(",");

/** Names of all objects of Istio and the Gateway API, as `<kind>/<namespace>/<name>`, sorted. */
export async function meshObjects(): Promise<readonly string[]> {
    const { items } = JSON.parse(
        await kubectl("get", KINDS, "-A", "-o", "json", "--ignore-not-found").then(
            (text) => text || '{"items":[]}',
        ),
    ) as { items: { kind: string; metadata: { namespace: string; name: string } }[] };
    return items
        .map(({ kind, metadata }) => `${kind}/${metadata.namespace}/${metadata.name}`)
        .sort();
}

/** What differs from most examples. */
interface Differs {
    /** Namespaces whose pods are to run as real processes. Defaults to the shop's and the gateway's. */
    readonly namespaces?: readonly string[];
    /** What to say otherwise than the example's file, whose config it is given. */
    readonly config?: (file: Readonly<Record<string, unknown>>) => Promise<object>;
}

/** A suite around an example's own tests, which are in `body`. `objects` is all that it makes of the mesh's kinds. */
export function example(
    name: string,
    objects: readonly string[],
    body: () => void,
    { namespaces = [NAMESPACE, INGRESS], config }: Differs = {},
): void {
    describe(`example ${name}`, function () {
        this.timeout(120_000);
        let stack: SandboxStack;
        let judged: SandboxStack;

        before(async function () {
            // A machine with empty caches builds istiod here.
            this.timeout(30 * 60_000);
            await startLiving(this);
            const { places, tools } = shop();
            const file = parse(await readFile(await checkStack(name), "utf8")) as {
                config: Record<string, unknown>;
            };
            const options = {
                state: places.root,
                tools,
                config: { ...(await config?.(file.config)) },
            };
            judged = await openStack(name, options);
            stack = await openStack(name, { ...options, policy: false });
            await stack.up();
            await bringToLife(namespaces);
        });

        it("makes its objects, and istiod takes all of them", async () => {
            assert.deepEqual(await meshObjects(), [...objects].sort());
        });

        it("breaks no policy of its level", async () => {
            await judged.preview();
        });

        describe("with real requests", function () {
            // Real processes on shared cores stall now and then; what is wrong fails three times.
            this.retries(2);
            body();
        });

        // A suite of its own: a suite runs its tests before its inner suites.
        describe("afterwards", () => {
            it("changes nothing at a second up", async () => {
                const { summary } = await stack.up();
                const { same: _same, ...changes } = summary.resourceChanges ?? {};
                assert.deepEqual(changes, {});
            });

            it("is gone after a destroy", async function () {
                this.timeout(180_000);
                await stack.destroy();
                assert.deepEqual(await meshObjects(), []);
                const left = await kubectl("get", "namespaces", "-o", "name");
                for (const namespace of namespaces) {
                    assert.ok(!left.split("\n").includes(`namespace/${namespace}`), left);
                }
            });
        });
    });
}
