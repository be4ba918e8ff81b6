import { closeSync, openSync } from "node:fs";
import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stringify } from "yaml";
import { PROJECT_FOLDER, TYPESCRIPT } from "../places";
import type { StatePlaces } from "../places";
import { endProcess, runningProcesses, startDetached } from "../processes";
import type { RunningProcess } from "../processes";
import { endLiving, livingProcesses } from "./leftovers";
import { egressConfig, livingPlaces } from "./places";
import type { LivingPlaces } from "./places";
import type { LivingReport } from "./report";
import { LIVING_FILES } from "./tools";
import type { LivingTools } from "./tools";

const AGENT = join(PROJECT_FOLDER, "sandbox", "living", "agent.ts");

/** Writes what the control plane and the agent read. Call it before the control plane starts. */
export async function prepareLiving(state: StatePlaces, tools: LivingTools): Promise<LivingPlaces> {
    const places = livingPlaces(state);
    for (const folder of [places.bin, places.pods, places.logs])
        await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const name of LIVING_FILES) {
        await rm(join(places.bin, name), { force: true });
        await symlink(tools[name], join(places.bin, name));
    }
    await writeFile(places.egressConfig, stringify(egressConfig(places)));
    return places;
}

/** Whether a command line is the agent of this sandbox. */
export function isAgent(command: string, { kubeconfig, root, logs }: StatePlaces): boolean {
    return command.endsWith(`${AGENT} ${kubeconfig} ${root} ${logs}`);
}

async function agents(state: StatePlaces): Promise<readonly RunningProcess[]> {
    return (await runningProcesses()).filter(({ command }) => isAgent(command, state));
}

/** The agent, if it runs. */
export async function livingAgent(state: StatePlaces): Promise<RunningProcess | undefined> {
    return (await agents(state))[0];
}

/** Starts the agent unless it runs. It lives on without this process, as the control plane does. */
export async function startLiving(state: StatePlaces): Promise<void> {
    if ((await livingAgent(state)) !== undefined) return;
    // What a killed agent saw last is true no longer.
    await rm(livingPlaces(state).report, { force: true });
    const log = openSync(join(livingPlaces(state).logs, "agent.log"), "a");
    try {
        const words = ["-r", TYPESCRIPT, AGENT, state.kubeconfig, state.root, state.logs];
        startDetached(process.execPath, words, PROJECT_FOLDER, log);
    } finally {
        closeSync(log);
    }
}

/** Ends the agent and every process of the living mesh. Gives whether anything ran. */
export async function endLivingMesh(state: StatePlaces): Promise<boolean> {
    const running = await agents(state);
    await Promise.all(running.map((agent) => endProcess(agent)));
    const left = await endLiving(livingPlaces(state));
    return running.length > 0 || left > 0;
}

/** What the agent saw last; nothing when it does not run. */
export async function readReport(places: LivingPlaces): Promise<LivingReport | undefined> {
    try {
        return JSON.parse(await readFile(places.report, "utf8")) as LivingReport;
    } catch {
        return undefined;
    }
}

/**
 * Waits until every living pod of these namespaces is ready.
 * @returns the report, with what is not ready when `patience` milliseconds were not enough.
 */
export async function awaitLiving(
    places: LivingPlaces,
    namespaces: readonly string[],
    patience = 60_000,
): Promise<LivingReport | undefined> {
    const until = Date.now() + patience;
    for (;;) {
        const report = await readReport(places);
        const pods = report?.pods ?? [];
        const there = namespaces.every((name) =>
            pods.some(({ pod }) => pod.startsWith(`${name}/`)),
        );
        if ((there && pods.every(({ ready }) => ready)) || Date.now() > until) return report;
        await sleep(300);
    }
}

/** Ids and command lines of Istio's processes, for `status`. */
export function processesOf(state: StatePlaces): Promise<readonly RunningProcess[]> {
    return livingProcesses(livingPlaces(state));
}
