/**
 * Records what the engine says of each scenario's change, on a sandbox:
 *   node -r ./sandbox/typescript.cjs test/review/record.ts <recording> [<minutes>]
 * Each stack is deployed once, then every change is only previewed. Scenarios that are recorded already are
 * left alone: delete the recording's file to record them all anew. It stops after the given minutes (10) and
 * goes on when it is called again; its sandbox stays until nothing is left to record, in
 * ISTIO_MESH_SANDBOX or a folder beside the system's temporary ones.
 */
import { rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { cacheFolder } from "../../sandbox/places";
import { progressOn } from "../../sandbox/progress";
import { chartSources, openStack, resetSandbox, resolveTools, startCluster } from "../../sandbox";
import { reviewEvent } from "../../review/events/stream";
import type { ReviewEvent } from "../../review/events/stream";
import { readCluster } from "../../review/run/cluster";
import { extra } from "./extra-objects";
import { isOf, roundsOf, touchedBy } from "./rounds";
import { RECORDINGS } from "./recordings";
import type { Recording } from "./recordings";
import { isRecorded, portable, readStreams, writeStreams } from "./streams";

const progress = progressOn(process.stdout);

const prefixed = (config: Readonly<Record<string, unknown>>, directory: string | undefined) =>
    Object.fromEntries(
        Object.entries(config).map(([key, value]) => [
            `istio-mesh:${key}`,
            // What a scenario says of charts would hide where the sandbox has them.
            key === "charts" && directory !== undefined
                ? { directory, ...(value as object) }
                : value,
        ]),
    );

async function record(recording: Recording, until: number): Promise<void> {
    const { name, from, base, objects, scenarios } = recording;
    const state = process.env["ISTIO_MESH_SANDBOX"] ?? join(tmpdir(), `istio-mesh-record-${name}`);
    const tools = await resolveTools(progress);
    const sources = await chartSources(progress);
    const cluster = await startCluster({ state, tools, progress });
    extra.provider = { kubeconfig: cluster.kubeconfig, context: cluster.context };
    const open = (config: Readonly<Record<string, unknown>> = {}, policy = false) =>
        openStack("recorded", {
            ...{ state, tools, sources, from, policy },
            program: join(__dirname, "program.ts"),
            config: prefixed({ ...base, ...config }, sources.charts),
        });
    const streams = { ...(isRecorded(name) ? readStreams(name) : {}) };
    const missing = scenarios.filter(({ change }) => streams[change] === undefined);
    const deployed = await (await open()).stack.exportStack();
    const { resources = [] } = deployed.deployment as { resources?: readonly unknown[] };
    if (resources.length === 0) {
        extra.objects = [];
        await progress.step(`Deploying ${name}`, async () => (await open()).up());
    }
    // In a second step: their namespaces come with the first.
    extra.objects = objects;
    await progress.step(`Deploying the objects of ${name}`, async () => (await open()).up());
    const facts = await readCluster({ kubectl: tools.kubectl, ...cluster });
    for (const round of roundsOf(missing, objects)) {
        if (Date.now() > until) return;
        const [{ config, unknown, judged } = { config: {} }] = round;
        extra.objects = round.reduce((now, { edit }) => (edit ? edit(now) : now), objects);
        extra.unknown = unknown === true;
        const events: ReviewEvent[] = [];
        const told = round.map(({ change }) => change).join("; ");
        await progress.step(`${name}: ${told}`, async () => {
            const stack = await open(config, judged === true);
            const onEvent = (event: EngineEvent) => {
                const kept = reviewEvent(event);
                if (kept) events.push(kept);
            };
            await stack.preview({ onEvent }).catch((error: unknown) => {
                // What the policy pack forbids is told; any other failure is left to be recorded again.
                if (!events.some((event) => "policy" in event)) events.length = 0;
                progress.line(String(error));
            });
        });
        if (events.length === 0) continue;
        const clean = events.flatMap((event) =>
            portable(event, {
                [state]: "<sandbox>",
                [cacheFolder()]: "<cache>",
                [homedir()]: "<home>",
                [join(__dirname, "..", "..")]: "<project>",
            }),
        );
        for (const scenario of round) {
            const touched = touchedBy(scenario, objects);
            streams[scenario.change] =
                round.length === 1 ? clean : clean.filter((event) => isOf(event, touched));
        }
        await writeStreams(name, facts, streams);
    }
    await resetSandbox({ state });
    await rm(state, { recursive: true, force: true });
}

async function main([name, minutes = "10"]: readonly string[]): Promise<void> {
    const recording = RECORDINGS.find((each) => each.name === name);
    if (recording === undefined) {
        throw new Error(`Recordings: ${RECORDINGS.map((each) => each.name).join(", ")}`);
    }
    await record(recording, Date.now() + Number(minutes) * 60_000);
}

void main(process.argv.slice(2));
