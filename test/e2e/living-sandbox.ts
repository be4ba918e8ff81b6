/**
 * A sandbox whose mesh lives: real istiod, real Envoys, a small HTTP server behind each. It is a sandbox of
 * its own beside the one that the other end-to-end tests share. LIVING_STATE names the state folder of one
 * that runs already and is kept, for quick repetition.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStack, resetSandbox, resolveTools, SandboxProblem, startCluster } from "../../sandbox";
import type { Toolbox } from "../../sandbox";
import { statePlaces } from "../../sandbox/places";
import type { StatePlaces } from "../../sandbox/places";
import { progressOn } from "../../sandbox/progress";
import { Loopback, openPort } from "../../sandbox/living/addresses";
import { awaitLiving, readReport } from "../../sandbox/living/mesh";
import { livingPlaces } from "../../sandbox/living/places";
import {
    APP_PORT,
    CLUSTER,
    HOST,
    INGRESS,
    NAMESPACE,
    TRUST_DOMAIN,
    toFrontend,
} from "./living-objects";
import type { Manifest } from "./living-objects";
import { ask, eventually, said } from "./living-requests";
import type { Answer, Ask } from "./living-requests";
import { atEnd } from "./sandbox";
import type { LivingReport, PodReport } from "../../sandbox/living/report";
import { LIVING_LABEL } from "../../sandbox/living/roles";
import { resolveLivingTools } from "../../sandbox/living/tools";
import type { LivingTools } from "../../sandbox/living/tools";

const APPS = ["frontend", "checkout", "cart"] as const;
const given = process.env["LIVING_STATE"];

/** What the shop's stack says, on top of stack dev. */
export const STACK_CONFIG: Readonly<Record<string, unknown>> = {
    "istio-mesh:dataPlane": "sidecar",
    "istio-mesh:cluster": { name: CLUSTER },
    "istio-mesh:mesh": { id: "living-mesh", trustDomain: TRUST_DOMAIN },
    "istio-mesh:namespaces": [{ name: NAMESPACE, dataPlane: "sidecar" }],
    "istio-mesh:gateways": [{ name: INGRESS }],
    "istio-mesh:workloads": APPS.map((name) => ({
        name,
        namespace: NAMESPACE,
        image: "example.com/shop:1.0.0",
        port: APP_PORT,
    })),
};

/** What runs for the tests. */
export interface Shop {
    readonly places: StatePlaces;
    readonly tools: Toolbox;
    /** Absent for a sandbox that was there already: LIVING_STATE. */
    readonly living?: LivingTools;
}

let running: Shop | undefined;

/** The sandbox of the living tests. */
export function shop(): Shop {
    if (running === undefined) throw new Error("the shop has not been started");
    return running;
}

const SHOPS: readonly string[] = [NAMESPACE, INGRESS];
let shopIsUp = given !== undefined;

/**
 * Starts the sandbox once for all living tests of a run, without a stack. Where the living mesh can't be
 * had (no Go to build istiod, no Envoy), the tests of the hook's suite are skipped and the reason is printed.
 */
export async function startLiving(hook: Mocha.Context): Promise<Shop> {
    if (running !== undefined) return running;
    const progress = progressOn(process.stdout);
    const tools = await resolveTools(progress);
    if (given !== undefined) return (running = { places: statePlaces(given), tools });
    const living = await resolveLivingTools(progress).catch((error: unknown) => {
        if (!(error instanceof SandboxProblem)) throw error;
        progress.line(`Skipped: ${error.message}`);
        hook.skip();
    });
    const state = await mkdtemp(join(tmpdir(), "istio-mesh-living-"));
    running = { places: statePlaces(state), tools, living };
    await startCluster({ state, tools, progress, living });
    return running;
}

function shopStack(): ReturnType<typeof openStack> {
    const { places, tools } = shop();
    return openStack("living", {
        state: places.root,
        tools,
        from: "dev",
        config: STACK_CONFIG,
        // Policies have tests of their own; here they would only cost time.
        policy: false,
    });
}

/** Deploys the shop once for all living tests of a run. */
async function startShop(hook: Mocha.Context): Promise<void> {
    await startLiving(hook);
    if (shopIsUp) return;
    shopIsUp = true;
    await (await shopStack()).up();
    await bringToLife(SHOPS);
}

/** Takes the shop's stack away, for a suite that needs the sandbox for a mesh of its own. */
export async function closeShop(): Promise<void> {
    if (!shopIsUp || given !== undefined) return;
    await (await shopStack()).destroy();
    shopIsUp = false;
}

/** Has the pods of namespaces run as real processes, and waits until all are ready. */
export async function bringToLife(namespaces: readonly string[]): Promise<void> {
    gatewayAddress = ""; // Another stack's gateway had another one.
    for (const name of namespaces)
        await kubectl("label", "namespace", name, `${LIVING_LABEL}=enabled`, "--overwrite");
    await allReady(60_000, namespaces);
}

/** Hook before a suite: the shop runs, and its frontend answers to `HOST` through the gateway. */
export async function openShop(this: Mocha.Context): Promise<void> {
    // A machine with empty caches builds istiod here.
    this.timeout(30 * 60_000);
    await startShop(this);
    await apply(...toFrontend);
    await eventually(async () => {
        assert.equal((await through(HOST, "/")).status, 200);
    }, 60_000);
}

// Once for the whole run, because the tests share one shop: also when it is interrupted.
atEnd(async () => {
    if (running?.living === undefined) return;
    const state = running.places.root;
    await resetSandbox({ state });
    await rm(state, { recursive: true, force: true });
});

/** Runs kubectl against the living sandbox. */
export function kubectl(...args: string[]): Promise<string> {
    return kubectlWith("", ...args);
}

/** Runs kubectl with something on its standard input. */
export function kubectlWith(input: string, ...args: string[]): Promise<string> {
    const { places, tools } = shop();
    const config = ["--kubeconfig", places.kubeconfig];
    return new Promise((done, failed) => {
        const child = execFile(
            tools.kubectl,
            [...config, ...args],
            { maxBuffer: 64 * 1024 * 1024 },
            (error, stdout, stderr) => {
                if (error) failed(new Error(stderr.trim()));
                else done(stdout);
            },
        );
        child.stdin?.end(input);
    });
}

const applied: Manifest[] = [];

/** Applies objects and remembers them, so that `takeAway` can delete them. */
export async function apply(...objects: Manifest[]): Promise<void> {
    applied.push(...objects);
    await kubectlWith(list(objects), "apply", "-f", "-");
}

/** Deletes everything that was applied since the last call, but for what is to be kept. */
export async function takeAway(kept: readonly Manifest[] = []): Promise<void> {
    const named = ({ kind, metadata }: Manifest): string => `${kind}/${metadata.name}`;
    const names = new Set(kept.map(named));
    const objects = applied.splice(0).filter((object) => !names.has(named(object)));
    applied.push(...kept);
    if (objects.length === 0) return;
    await kubectlWith(list(objects), "delete", "--ignore-not-found", "-f", "-");
}

function list(items: readonly Manifest[]): string {
    return JSON.stringify({ apiVersion: "v1", kind: "List", items });
}

/** Where the living mesh's addresses lie on this machine. */
export async function loopback(): Promise<Loopback> {
    return new Loopback((await report())?.slot ?? 0);
}

function report(): Promise<LivingReport | undefined> {
    return readReport(livingPlaces(shop().places));
}

let gatewayAddress = "";

/** Asks through the ingress gateway for a host. */
export async function through(host: string, path: string, how: Ask = {}): Promise<Answer> {
    gatewayAddress ||= await kubectl(
        ...["-n", INGRESS, "get", "service", INGRESS, "-o", "jsonpath={.spec.clusterIP}"],
    );
    // A living mesh that starts again may get another part of loopback.
    const gateway = `${(await loopback()).of(gatewayAddress)}:${openPort(80)}`;
    return ask(`http://${gateway}${path}`, { ...how, headers: { ...how.headers, host } });
}

/** The living pods as the agent reports them, of one app or istiod's or the gateway's. */
export async function pods(app: string): Promise<readonly PodReport[]> {
    return ((await report())?.pods ?? []).filter(({ pod }) =>
        (pod.split("/")[1] ?? "").startsWith(`${app}-`),
    );
}

/** The one living pod of an app. */
export async function pod(app: string): Promise<PodReport> {
    const [first, ...more] = await pods(app);
    assert.ok(first !== undefined, `no living pod of ${app}`);
    assert.deepEqual(more, []);
    return first;
}

/** An app itself, past its sidecar: its counters and its switch for failing. */
export async function behind(app: string, path: string): Promise<Answer> {
    const { address } = await pod(app);
    return ask(`http://${(await loopback()).app(address, true)}:${APP_PORT}${path}`);
}

/** How many requests for a path an app has had. */
export async function requestsTo(app: string, path: string): Promise<number> {
    return Number(said(await behind(app, "/count"))[path] ?? 0);
}

/** Waits until every living pod is ready. */
export async function allReady(patience = 60_000, namespaces = SHOPS): Promise<void> {
    const places = livingPlaces(shop().places);
    const seen = await awaitLiving(places, [...namespaces, "istio-system"], patience);
    const waiting = (seen?.pods ?? []).filter(({ ready }) => !ready);
    assert.deepEqual(
        waiting.map(({ pod: name, reason }) => `${name}: ${reason}`),
        [],
    );
}

/** Pods that a revision's istiod serves, in its own view: `namespace/pod`, sorted. */
export async function servedBy(revision: string): Promise<readonly string[]> {
    const { address } = await pod(`istiod-${revision}`);
    const answer = await fetch(`http://${address}:15014/debug/syncz`);
    const clients = (await answer.json()) as readonly { readonly proxy: string }[] | null;
    return (clients ?? []).map(({ proxy }) => proxy.split(".").reverse().join("/")).sort();
}
