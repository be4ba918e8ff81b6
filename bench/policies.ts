/**
 * What the policy pack adds to a preview as a stack grows: served namespaces and nothing else, with the real
 * engine, provider and API server, so that a preview is what it is for a user.
 *
 * `npm run bench:policies`; `-- --write` puts the figures into docs/policies-performance.md.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { Provider } from "@pulumi/kubernetes";
import { Namespace } from "@pulumi/kubernetes/core/v1";
import { Stack } from "@pulumi/pulumi/automation";
import { rules } from "../policy/rules";
import { resetSandbox, resolveTools, startCluster } from "../sandbox";
import type { Cluster, Toolbox } from "../sandbox";
import { openWorkspace } from "../sandbox/engine";
import { statePlaces } from "../sandbox/places";
import { SILENT } from "../sandbox/progress";

const ROOT = join(__dirname, "..");
const SIZES = [1, 250, 500, 1000];
const RUNS = 3;

interface Surroundings {
    readonly state: string;
    readonly tools: Toolbox;
    readonly cluster: Cluster;
}

function median(values: readonly number[]): number {
    return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

async function seconds(
    { state, tools, cluster }: Surroundings,
    size: number,
    pack: boolean,
): Promise<number> {
    const workDir = mkdtempSync(join(state, "work-"));
    writeFileSync(join(workDir, "Pulumi.yaml"), "name: bench\nruntime: nodejs\n");
    const program = () => {
        const provider = new Provider("cluster", { kubeconfig: cluster.kubeconfig });
        const labels = { "istio-injection": "enabled", team: "shop" };
        for (let index = 0; index < size; index++) {
            const metadata = { name: `shop-${index}`, labels };
            new Namespace(metadata.name, { metadata }, { provider });
        }
        return Promise.resolve({});
    };
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
        const tools = await resolveTools(SILENT);
        const around = { state, tools, cluster: await startCluster({ state, tools }) };
        for (const size of SIZES) {
            const times = { bare: [] as number[], pack: [] as number[] };
            for (let run = 0; run < RUNS; run++) {
                times.bare.push(await seconds(around, size, false));
                times.pack.push(await seconds(around, size, true));
            }
            const [bare, pack] = [median(times.bare), median(times.pack)];
            rows.push(
                `| ${size} | ${bare.toFixed(1)} s | ${pack.toFixed(1)} s | ${(pack / bare).toFixed(2)} | ${(pack - bare).toFixed(1)} s |`,
            );
            process.stdout.write(`${rows.at(-1) ?? ""}\n`);
        }
    } finally {
        await resetSandbox({ state });
        rmSync(state, { recursive: true, force: true });
    }
    if (!write) return;
    const page = `<!-- Written by \`npm run bench:policies -- --write\`. -->

# What the policies cost

${rules.length} rules on ${cpus().length} cores; wall time of a preview, median of ${RUNS}. The program registers served namespaces and
nothing else, with the real provider and API server. Starting the pack is the first row's difference; what
a namespace adds is the growth below it.

| namespaces | without | with the pack | ratio | difference |
| --- | --- | --- | --- | --- |
${rows.join("\n")}
`;
    writeFileSync(join(ROOT, "docs", "policies-performance.md"), page);
}

void main(process.argv.includes("--write"));
