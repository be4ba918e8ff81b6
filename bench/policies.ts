/**
 * What the policy pack adds to a preview as a stack grows: a program that registers served namespaces
 * and nothing else, with the real engine and no cluster, so that nothing but the engine stands against
 * the pack. With a provider the ratio can only be smaller.
 *
 * `npm run bench:policies`; `-- --write` puts the figures into docs/policies-performance.md.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { ComponentResource } from "@pulumi/pulumi";
import { Stack } from "@pulumi/pulumi/automation";
import { rules } from "../policy/rules";
import { resolveTools } from "../sandbox";
import { openWorkspace } from "../sandbox/engine";
import { statePlaces } from "../sandbox/places";
import { SILENT } from "../sandbox/progress";

const ROOT = join(__dirname, "..");
const SIZES = [1, 250, 500, 1000];
const RUNS = 3;

/** A Namespace as the engine and policies see it, without a provider to ask. */
class Served extends ComponentResource {
    constructor(name: string) {
        const labels = { "istio-injection": "enabled", team: "shop" };
        super("kubernetes:core/v1:Namespace", name, { metadata: { name, labels } });
        this.registerOutputs({ metadata: { name, labels } });
    }
}

function median(values: readonly number[]): number {
    return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

async function seconds(state: string, size: number, pack: boolean): Promise<number> {
    const workDir = mkdtempSync(join(state, "work-"));
    writeFileSync(join(workDir, "Pulumi.yaml"), "name: bench\nruntime: nodejs\n");
    const program = () => {
        for (let index = 0; index < size; index++) new Served(`shop-${index}`);
        return Promise.resolve({});
    };
    const tools = await resolveTools(SILENT);
    const workspace = await openWorkspace(statePlaces(state), tools, workDir, program);
    const stack = await Stack.createOrSelect("bench", workspace);
    const began = performance.now();
    await stack.preview(pack ? { policyPacks: [join(ROOT, "policy")] } : {});
    return (performance.now() - began) / 1000;
}

async function main(write: boolean): Promise<void> {
    const state = mkdtempSync(join(tmpdir(), "istio-mesh-bench-"));
    const rows: string[] = [];
    try {
        for (const size of SIZES) {
            const times = { bare: [] as number[], pack: [] as number[] };
            for (let run = 0; run < RUNS; run++) {
                times.bare.push(await seconds(state, size, false));
                times.pack.push(await seconds(state, size, true));
            }
            const [bare, pack] = [median(times.bare), median(times.pack)];
            rows.push(
                `| ${size} | ${bare.toFixed(1)} s | ${pack.toFixed(1)} s | ${(pack / bare).toFixed(2)} | ${(pack - bare).toFixed(1)} s |`,
            );
            process.stdout.write(`${rows.at(-1) ?? ""}\n`);
        }
    } finally {
        rmSync(state, { recursive: true, force: true });
    }
    if (!write) return;
    const page = `<!-- Written by \`npm run bench:policies -- --write\`. -->

# What the policies cost

${rules.length} rules on ${cpus().length} cores; wall time of a preview, median of ${RUNS}. The program registers served namespaces and
nothing else, without a provider, so that only the engine stands against the pack. Starting the pack is
the first row's difference; what a namespace adds is the growth below it.

| namespaces | without | with the pack | ratio | difference |
| --- | --- | --- | --- | --- |
${rows.join("\n")}
`;
    writeFileSync(join(ROOT, "docs", "policies-performance.md"), page);
}

void main(process.argv.includes("--write"));
