/**
 * A sandbox whose mesh lives: real istiod, real Envoys, a small HTTP server behind each. It is a sandbox of
 * its own beside the one that the other end-to-end tests share. LIVING_STATE names the state folder of one
 * that runs already and is kept, for quick repetition.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openStack, resetSandbox, resolveTools, SandboxProblem, startCluster } from "../../sandbox";
import { statePlaces } from "../../sandbox/places";
import { progressOn } from "../../sandbox/progress";
import { appAddress, onLoopback, openPort } from "../../sandbox/living/addresses";
import { awaitLiving, readReport } from "../../sandbox/living/mesh";
import { livingPlaces } from "../../sandbox/living/places";
import { atEnd } from "./sandbox";
import type { PodReport } from "../../sandbox/living/report";
import { LIVING_LABEL } from "../../sandbox/living/roles";
import { resolveLivingTools } from "../../sandbox/living/tools";

export const NAMESPACE = process.env["LIVING_NS"] ?? "shop";
export const INGRESS = "istio-ingress";
export const TRUST_DOMAIN = process.env["LIVING_TD"] ?? "living.example";
export const CLUSTER = "living-cluster";
/** Port on which the example apps listen. */
export const APP_PORT = 9898;

const APPS = ["frontend", "checkout", "cart"] as const;
const given = process.env["LIVING_STATE"];

let state = "";
let kubectlPath = "";
let made = false;

/**
 * Starts the sandbox and deploys the shop once for all living tests of a run. Where the living mesh can't be
 * had (no Go to build istiod, no Envoy), the tests of the hook's suite are skipped and the reason is printed.
 */
export async function startShop(hook: Mocha.Context): Promise<void> {
    if (state !== "") return;
    const progress = progressOn(process.stdout);
    const tools = await resolveTools(progress);
    kubectlPath = tools.kubectl;
    if (given !== undefined) {
        state = given;
        return;
    }
    const living = await resolveLivingTools(progress).catch((error: unknown) => {
        if (!(error instanceof SandboxProblem)) throw error;
        progress.line(`Skipped: ${error.message}`);
        hook.skip();
    });
    state = await mkdtemp(join(tmpdir(), "istio-mesh-living-"));
    made = true;
    await startCluster({ state, tools, progress, living });
    const stack = await openStack("living", {
        state,
        tools,
        from: "dev",
        config: {
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
        },
    });
    await stack.up();
    for (const name of [NAMESPACE, INGRESS])
        await kubectl("label", "namespace", name, `${LIVING_LABEL}=enabled`, "--overwrite");
    await allReady();
}

// Once for the whole run, because the tests share one shop: also when it is interrupted.
atEnd(async () => {
    if (!made || state === "") return;
    await resetSandbox({ state });
    await rm(state, { recursive: true, force: true });
});

/** Runs kubectl against the living sandbox. */
export function kubectl(...args: string[]): Promise<string> {
    return kubectlWith("", ...args);
}

/** Runs kubectl with something on its standard input. */
export function kubectlWith(input: string, ...args: string[]): Promise<string> {
    const config = ["--kubeconfig", statePlaces(state).kubeconfig];
    return new Promise((done, failed) => {
        const child = execFile(
            kubectlPath,
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

/** A Kubernetes object to apply. */
export interface Manifest {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: Readonly<Record<string, unknown>> & { readonly name: string };
    readonly spec?: unknown;
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

/** An Istio object in the shop's namespace. */
export function istio(group: string, kind: string, name: string, spec: unknown): Manifest {
    const namespace = kind === "Gateway" ? INGRESS : NAMESPACE;
    return {
        apiVersion: `${group}.istio.io/v1`,
        kind,
        metadata: { name, namespace },
        spec,
    };
}

/** A gateway for every host, and the VirtualService that a host leads to. */
export function routed(host: string, http: readonly unknown[]): readonly Manifest[] {
    return [
        istio("networking", "Gateway", "shop", {
            selector: { istio: "ingress" },
            servers: [{ port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["*"] }],
        }),
        istio("networking", "VirtualService", host.split(".")[0] ?? host, {
            hosts: [host],
            gateways: [`${INGRESS}/shop`],
            http,
        }),
    ];
}

/** An answer, and how long it took. */
export interface Answer {
    readonly status: number;
    readonly text: string;
    readonly milliseconds: number;
    readonly headers: Readonly<Record<string, unknown>>;
}

/** What to ask. */
export interface Ask {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
}

/** One request on a connection of its own. Rejects when the connection is refused or reset. */
export function ask(url: string, { method = "GET", headers = {} }: Ask = {}): Promise<Answer> {
    const began = Date.now();
    return new Promise((done, failed) => {
        const call = httpRequest(
            url,
            { method, headers, agent: false, timeout: 30_000 },
            (response) => {
                const parts: Buffer[] = [];
                response.on("data", (part: Buffer) => parts.push(part));
                response.on("error", failed);
                response.on("end", () => {
                    done({
                        status: response.statusCode ?? 0,
                        text: Buffer.concat(parts).toString("utf8"),
                        milliseconds: Date.now() - began,
                        headers: response.headers,
                    });
                });
            },
        );
        call.on("timeout", () => call.destroy(new Error("no answer within 30 s")));
        call.on("error", failed);
        call.end();
    });
}

let gatewayUrl = "";

/** Asks through the ingress gateway for a host. */
export async function through(host: string, path: string, how: Ask = {}): Promise<Answer> {
    if (gatewayUrl === "") {
        const address = await kubectl(
            ...["-n", INGRESS, "get", "service", INGRESS, "-o", "jsonpath={.spec.clusterIP}"],
        );
        gatewayUrl = `http://${onLoopback(address)}:${openPort(80)}`;
    }
    return ask(`${gatewayUrl}${path}`, { ...how, headers: { ...how.headers, host } });
}

/** Asks many times, twenty at once. */
export async function many(count: number, work: () => Promise<Answer>): Promise<Answer[]> {
    const answers: Answer[] = [];
    const worker = async (): Promise<void> => {
        while (count > 0) {
            count -= 1;
            answers.push(await work());
        }
    };
    await Promise.all(Array.from({ length: 20 }, worker));
    return answers;
}

/** How often each value occurs. */
export function counted(values: readonly (string | number)[]): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
    return counts;
}

/** The JSON of an app's answer. */
export function said(answer: Answer): Record<string, unknown> {
    return JSON.parse(answer.text) as Record<string, unknown>;
}

/** The living pods as the agent reports them, of one app or istiod's or the gateway's. */
export async function pods(app: string): Promise<readonly PodReport[]> {
    const report = await readReport(livingPlaces(statePlaces(state)));
    return (report?.pods ?? []).filter(({ pod }) =>
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
    return ask(`http://${appAddress(address, true)}:${APP_PORT}${path}`);
}

/** How many requests for a path an app has had. */
export async function requestsTo(app: string, path: string): Promise<number> {
    return Number(said(await behind(app, "/count"))[path] ?? 0);
}

/** Waits until every living pod is ready. */
export async function allReady(patience = 60_000): Promise<void> {
    const places = livingPlaces(statePlaces(state));
    const report = await awaitLiving(places, [NAMESPACE, INGRESS, "istio-system"], patience);
    const waiting = (report?.pods ?? []).filter(({ ready }) => !ready);
    assert.deepEqual(
        waiting.map(({ pod: name, reason }) => `${name}: ${reason}`),
        [],
    );
}

/**
 * Repeats a check until it holds: what istiod is told takes a moment to reach every Envoy.
 * @throws what the check threw last when it does not hold within `patience` milliseconds.
 */
export async function eventually<T>(check: () => Promise<T>, patience = 20_000): Promise<T> {
    const until = Date.now() + patience;
    for (;;) {
        try {
            return await check();
        } catch (error) {
            if (Date.now() > until) throw error;
            await sleep(200);
        }
    }
}
