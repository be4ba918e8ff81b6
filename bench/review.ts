/**
 * What a review costs: its own time for a large stack, and what it adds to the preview it wraps.
 *   npm run bench:review            both; needs the sandbox
 *   npm run bench:review -- --own   only the own time
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStack, resetSandbox, resolveTools, startCluster } from "../sandbox";
import { SILENT } from "../sandbox/progress";
import type { ReviewEvent } from "../review/events/stream";
import type { Tree } from "../review/events/tree";
import { markdown } from "../review/page/markdown";
import { COMMENT_LIMIT, pageOf } from "../review/page/page";
import { terminal } from "../review/page/terminal";
import { reviewOf } from "../review/review";
import { readCluster } from "../review/run/cluster";
import { reviewed } from "../review/run/preview";

const RESOURCES = 2_000;
const RUNS = 5;

function say(text: string): void {
    process.stdout.write(`${text}\n`);
}

/** Deployments of which every other one changes its image. */
function largeStack(): readonly ReviewEvent[] {
    const workload = (index: number, image: string): Tree => ({
        metadata: { name: `app-${index}`, namespace: `team-${index % 50}` },
        spec: { replicas: 2, template: { spec: { containers: [{ name: "app", image }] } } },
    });
    const steps = Array.from({ length: RESOURCES }, (_, index): ReviewEvent => {
        const changed = index % 2 === 0;
        return {
            step: {
                op: changed ? "update" : "same",
                urn: `urn:pulumi:big::istio-mesh::kubernetes:apps/v1:Deployment::app-${index}`,
                type: "kubernetes:apps/v1:Deployment",
                custom: true,
                before: { inputs: workload(index, "app:1") },
                after: { inputs: workload(index, changed ? "app:2" : "app:1") },
            },
        };
    });
    return [...steps, { end: { changes: {}, result: "succeeded" } }];
}

/** Everything that a review does but the preview and reading the cluster. */
function pages(events: readonly ReviewEvent[]): number {
    const review = reviewOf({ stack: "big", target: "nowhere", events, rules: [] });
    const comment = pageOf(review, { write: markdown, limit: COMMENT_LIMIT });
    const text = pageOf(review, { write: (blocks) => terminal(blocks, 80), limit: Infinity });
    return comment.length + text.length;
}

function median(times: readonly number[]): number {
    return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;
}

async function timed(work: () => unknown): Promise<number> {
    const began = performance.now();
    await work();
    return (performance.now() - began) / 1000;
}

function ownTime(): void {
    const events = largeStack();
    const times: number[] = [];
    for (let run = 0; run < RUNS; run++) {
        // The processor's time: what else the machine does doesn't count.
        const began = process.cpuUsage();
        pages(events);
        const { user, system } = process.cpuUsage(began);
        times.push((user + system) / 1e6);
    }
    say(`own time for ${RESOURCES} resources: ${median(times).toFixed(2)} s (median of ${RUNS})`);
}

/** A preview alone against the same preview with all that a review adds, in turn. */
async function added(): Promise<void> {
    const state = mkdtempSync(join(tmpdir(), "istio-mesh-bench-"));
    try {
        const tools = await resolveTools(SILENT);
        const { kubeconfig, context } = await startCluster({ state, tools });
        const stack = await openStack("dev", { state, tools });
        const alone: number[] = [];
        const whole: number[] = [];
        for (let run = 0; run < RUNS; run++) {
            alone.push(await timed(() => stack.preview()));
            whole.push(
                await timed(async () => {
                    const events: ReviewEvent[] = [];
                    await stack.preview({
                        onEvent: (event) => {
                            const kept = reviewed(event);
                            if (kept) events.push(kept);
                        },
                    });
                    await readCluster({ kubectl: tools.kubectl, kubeconfig, context });
                    pages(events);
                }),
            );
        }
        const [bare, reviewedTime] = [median(alone), median(whole)];
        say(
            `preview of dev: ${bare.toFixed(1)} s alone, ${reviewedTime.toFixed(1)} s reviewed, ratio ${(reviewedTime / bare).toFixed(2)} (medians of ${RUNS})`,
        );
    } finally {
        await resetSandbox({ state });
        rmSync(state, { recursive: true, force: true });
    }
}

async function main(flags: readonly string[]): Promise<void> {
    ownTime();
    if (!flags.includes("--own")) await added();
}

void main(process.argv.slice(2));
