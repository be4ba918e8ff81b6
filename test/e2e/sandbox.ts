/**
 * One sandbox for all end-to-end tests: started before the first, ended after the last, in a folder
 * of its own, so that a developer's sandbox is left alone.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { chartSources, openStack, resetSandbox, resolveTools, startCluster } from "../../sandbox";
import type { Cluster, SandboxStack, StackOptions, Toolbox } from "../../sandbox";
import { progressOn, SILENT } from "../../sandbox/progress";

interface Running {
    readonly state: string;
    readonly tools: Toolbox;
    readonly cluster: Cluster;
}

let running: Running | undefined;

/** The sandbox that the tests share. */
export function sandbox(): Running {
    if (running === undefined) {
        throw new Error("the sandbox has not been started: run by `npm run e2e`");
    }
    return running;
}

const endings: (() => Promise<void>)[] = [];

/** Has something ended after the last test, or when the run is interrupted: mocha skips its hooks then. */
export function atEnd(ending: () => Promise<void>): void {
    endings.push(ending);
}

let ended: Promise<void> | undefined;

/** One interrupt may come twice, from the terminal and from npm: the second waits for what the first began. */
function end(): Promise<void> {
    ended ??= (async () => {
        for (const ending of endings) await ending();
    })();
    return ended;
}

atEnd(async () => {
    if (running === undefined) return;
    const { state } = running;
    running = undefined;
    await resetSandbox({ state });
    await rm(state, { recursive: true, force: true });
});

/**
 * Whether the engine writes its state only at the end of a run, and not at each step, which takes it longer
 * than the cluster takes for what is done. Only a run whose engine is killed needs the steps.
 */
export function skipCheckpoints(skip: boolean): void {
    process.env["PULUMI_SKIP_CHECKPOINTS"] = String(skip);
}

/** Mocha calls these around the whole run. */
export const mochaHooks = {
    async beforeAll(this: Mocha.Context): Promise<void> {
        // A machine with empty caches builds every tool here.
        this.timeout(80 * 60_000);
        for (const signal of ["SIGINT", "SIGTERM"] as const) {
            process.on(signal, () => void end().finally(() => process.exit(130)));
        }
        skipCheckpoints(true);
        const state = await mkdtemp(join(tmpdir(), "istio-mesh-e2e-"));
        const progress = progressOn(process.stdout);
        const tools = await resolveTools(progress);
        running = { state, tools, cluster: await startCluster({ state, tools, progress }) };
    },
    /** What failed and is tried again, is tried a moment later: a stall outlives three attempts in a row. */
    async afterEach(this: Mocha.Context): Promise<void> {
        const { currentTest: test } = this;
        if (test !== undefined && !test.isPassed() && !test.isFailed() && !test.isPending())
            await sleep(5_000);
    },
    async afterAll(this: Mocha.Context): Promise<void> {
        this.timeout(60_000);
        await end();
    },
};

/** Opens a stack in the shared sandbox. What the engine printed is kept in `printed`. */
export async function open(
    name: string,
    options: StackOptions = {},
): Promise<SandboxStack & { readonly printed: string[] }> {
    const { state, tools } = sandbox();
    const printed: string[] = [];
    const stack = await openStack(name, {
        state,
        tools,
        output: (text) => printed.push(text),
        ...options,
    });
    return { ...stack, printed };
}

/** Objects as the API server holds them. */
export interface KubeObject {
    readonly kind: string;
    readonly metadata: {
        readonly name: string;
        readonly namespace?: string;
        readonly labels?: Readonly<Record<string, string>>;
        readonly annotations?: Readonly<Record<string, string>>;
    };
    readonly [field: string]: unknown;
}

/** Runs kubectl against the sandbox. */
export async function kubectl(...args: string[]): Promise<string> {
    const { tools, cluster } = sandbox();
    const { stdout } = await promisify(execFile)(
        tools.kubectl,
        ["--kubeconfig", cluster.kubeconfig, ...args],
        { maxBuffer: 64 * 1024 * 1024 },
    );
    return stdout;
}

const CRDS =
    "https://raw.githubusercontent.com/istio/istio/1.31.3/manifests/charts/base/files/crd-all.gen.yaml";

/** Makes Istio's kinds known to the API server, without a mesh. */
export async function applyIstioCrds(): Promise<void> {
    const { charts } = await chartSources(SILENT);
    const crds = charts === undefined ? CRDS : join(charts, "base/files/crd-all.gen.yaml");
    await kubectl("apply", "--server-side", "--force-conflicts", "-f", crds);
    await kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s");
}

/** Every object of the given kinds (`deployments,hpa`), in all namespaces. */
export async function list(kinds: string): Promise<readonly KubeObject[]> {
    const { items } = JSON.parse(await kubectl("get", kinds, "-A", "-o", "json")) as {
        items: KubeObject[];
    };
    return items;
}
