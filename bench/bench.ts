/**
 * What a preview and a start cost. Ratios are taken within one run of this bench, because seconds
 * differ from machine to machine. `npm run bench`; `-- --cold` adds a start with empty caches (some
 * 20 minutes), `-- --write` puts the figures into docs/performance.md.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { openStack, resetSandbox, resolveTools, startCluster } from "../sandbox";
import { checkSettings, ownKeys } from "../settings/check";
import { barePlan } from "./plan";
import { memoryOf } from "./memory";
import { page, type Figures, type PreviewFigures } from "./page";

const ROOT = join(__dirname, "..");
const RUNS = 5;

function say(text: string): void {
    process.stdout.write(`${text}\n`);
}

/** Seconds that a command takes, or an error with its last words. */
function timed(command: string, args: readonly string[], env: NodeJS.ProcessEnv): number {
    const began = performance.now();
    const { status, stdout, stderr } = spawnSync(command, args, {
        cwd: ROOT,
        env,
        encoding: "utf8",
        maxBuffer: 1 << 28,
    });
    if (status !== 0) {
        throw new Error(`${command} ${args[0] ?? ""} failed:\n${(stdout + stderr).slice(-2000)}`);
    }
    return (performance.now() - began) / 1000;
}

function median(values: readonly number[]): number {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** Times every case in turn, several rounds, so that a slow minute hits them all alike. */
function rounds<K extends string>(cases: Record<K, () => number>): Record<K, number> {
    const names = Object.keys(cases) as K[];
    const times = new Map(names.map((name) => [name, [] as number[]]));
    for (let round = 0; round < RUNS; round++) {
        for (const name of names) {
            times.get(name)?.push(cases[name]());
        }
    }
    return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<
        K,
        number
    >;
}

/** The config that a stack file in the sandbox's work folder gives the program. */
function settingsIn(file: string) {
    const { config } = parse(readFileSync(file, "utf8")) as { config: Record<string, unknown> };
    const asText = Object.entries(config).map(([key, value]) => [
        key,
        typeof value === "string" ? value : JSON.stringify(value),
    ]);
    const { settings, problems } = checkSettings(
        ownKeys(Object.fromEntries(asText) as Record<string, string>),
    );
    if (settings === undefined) {
        throw new Error(JSON.stringify(problems));
    }
    return settings;
}

/** As the bare program has it: Sail's charts are its operator's to install. */
const BY_CHARTS = { "istio-mesh:installMethod": "helm", "istio-mesh:update": null };

async function previews(state: string, name: string): Promise<PreviewFigures> {
    const { stack } = await openStack(name, { state, config: BY_CHARTS });
    const { workDir, pulumiHome, envVars } = stack.workspace;
    const plan = join(state, `plan-${name}.json`);
    writeFileSync(plan, JSON.stringify(barePlan(settingsIn(join(workDir, `Pulumi.${name}.yaml`)))));
    const pack = {
        policyPacks: [join(ROOT, "policy")],
        policyPackConfigs: [join(ROOT, "policy", "levels", `${name}.json`)],
    };
    const preview = (program: string, options: object) => () =>
        timed(
            process.execPath,
            [
                join(ROOT, "bench", "preview.cjs"),
                JSON.stringify({
                    workDir,
                    stack: name,
                    pulumiHome,
                    pulumiRoot: join(state, "engine"),
                    env: envVars,
                    program: join(ROOT, program),
                    options,
                }),
            ],
            { ...process.env, ISTIO_MESH_BENCH_PLAN: plan },
        );
    return rounds({
        empty: preview("bench/empty-program.cjs", {}),
        bare: preview("bench/bare-program.cjs", {}),
        program: preview("index.ts", {}),
        withPack: preview("index.ts", pack),
    });
}

async function starts(cold: boolean): Promise<Figures["starts"]> {
    const folder = mkdtempSync(join(tmpdir(), "istio-mesh-bench-"));
    const start = (env: NodeJS.ProcessEnv) => timed("npm", ["start"], { ...process.env, ...env });
    const warm = { ISTIO_MESH_SANDBOX: join(folder, "sandbox") };
    try {
        const cachedTools = start(warm);
        const memory = await memoryOf(warm.ISTIO_MESH_SANDBOX);
        const figures = { cachedTools, memory, again: start(warm) };
        if (!cold) {
            return figures;
        }
        timed("npm", ["run", "sandbox", "--", "reset"], { ...process.env, ...warm });
        const empty = {
            ...warm,
            ISTIO_MESH_CACHE: join(folder, "cache"),
            GOCACHE: join(folder, "go-build"),
            GOMODCACHE: join(folder, "go-mod"),
        };
        return { ...figures, cold: start(empty) };
    } finally {
        timed("npm", ["run", "sandbox", "--", "reset"], { ...process.env, ...warm });
        // Go keeps its modules read-only.
        spawnSync("chmod", ["-R", "u+w", folder]);
        rmSync(folder, { recursive: true, force: true });
    }
}

async function main(flags: readonly string[]): Promise<void> {
    const state = mkdtempSync(join(tmpdir(), "istio-mesh-bench-"));
    try {
        const tools = await resolveTools({ line: say, step: (_text, work) => work() });
        await startCluster({ state, tools });
        const figures: Figures = {
            machine: { cores: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30) },
            runs: RUNS,
            previews: { dev: await previews(state, "dev"), prod: await previews(state, "prod") },
            starts: await starts(flags.includes("--cold")),
            test: timed("npm", ["test"], process.env),
        };
        say(page(figures));
        if (flags.includes("--write")) {
            writeFileSync(join(ROOT, "docs", "performance.md"), page(figures));
        }
    } finally {
        await resetSandbox({ state });
        rmSync(state, { recursive: true, force: true });
    }
}

void main(process.argv.slice(2));
