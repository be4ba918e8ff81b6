import { closeSync, openSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { COMPONENTS, PORTS_OF } from "./control-plane";
import type { ComponentName, Ports } from "./control-plane";
import { PROJECT_FOLDER, TYPESCRIPT } from "./places";
import type { StatePlaces } from "./places";
import { endProcess, runningProcesses, startDetached } from "./processes";
import type { RunningProcess } from "./processes";
import type { Toolbox } from "./resolve";
import { isOperator, startOperator } from "./sail/operator-process";

/** Everything a sandbox runs: the control plane, and what stands for istiod's word on Gateways and for Sail. */
export const PARTS = [...COMPONENTS, "gateway-player", "sail-operator"] as const;
export type PartName = (typeof PARTS)[number];

/** One part of a sandbox as it is now. */
export interface Part {
    readonly name: PartName;
    /** Absent when it is down. */
    readonly process?: RunningProcess;
    /** Ports of 127.0.0.1 it listens on. */
    readonly ports: readonly number[];
}

const PLAYER = join(PROJECT_FOLDER, "sandbox", "gateway-player.ts");

/**
 * Which part of the sandbox below `places` a command line belongs to.
 * Every part names the state folder in its command line. So parts are found without pid files, which lie
 * after a reboot, and no process of somebody else's is ever taken for one.
 */
export function partOf(command: string, places: StatePlaces): PartName | undefined {
    if (command.endsWith(`${PLAYER} ${places.kubeconfig}`)) return "gateway-player";
    if (isOperator(command, places)) return "sail-operator";
    return COMPONENTS.find((name) => command.startsWith(`${join(places.cluster, "bin", name)} `));
}

/** The running parts; more than one of a kind only after a crash in the middle of a start. */
async function partsRunning(
    places: StatePlaces,
): Promise<readonly (RunningProcess & { readonly part: PartName })[]> {
    return (await runningProcesses()).flatMap((found) => {
        const part = partOf(found.command, places);
        return part === undefined ? [] : [{ ...found, part }];
    });
}

/** Every part of the sandbox, up or down. */
export async function parts(places: StatePlaces): Promise<readonly Part[]> {
    const [running, ports] = await Promise.all([partsRunning(places), savedPorts(places)]);
    return PARTS.map((name) => {
        const found = running.find(({ part }) => part === name);
        const listens = isControlPlane(name)
            ? PORTS_OF[name].flatMap((port) => ports?.[port] ?? [])
            : [];
        return {
            name,
            ports: listens,
            ...(found ? { process: { pid: found.pid, command: found.command } } : {}),
        };
    });
}

/** Whether a part belongs to the control plane, without which nothing works. */
export function isControlPlane(name: PartName): name is ComponentName {
    return COMPONENTS.some((component) => component === name);
}

/** Ends the engine, if one of this sandbox runs, and lets it record what it did; then what it left. */
export async function endEngine(places: StatePlaces): Promise<boolean> {
    const engines = (await runningProcesses()).filter(
        ({ command }) => engineRoleOf(command, places) === "engine",
    );
    await Promise.all(engines.map((engine) => endProcess(engine, 30_000)));
    await endLeftoverPlugins(places);
    return engines.length > 0;
}

/** Ends every part of the sandbox, the last one started first. Gives the names of those that ran. */
export async function endParts(places: StatePlaces): Promise<readonly PartName[]> {
    const running = await partsRunning(places);
    const ended: PartName[] = [];
    for (const name of [...PARTS].reverse()) {
        const same = running.filter(({ part }) => part === name);
        await Promise.all(same.map(({ pid, command }) => endProcess({ pid, command })));
        if (same.length > 0) ended.push(name);
    }
    return ended;
}

/**
 * Which program of the engine a command line belongs to: the engine itself, or a provider or policy pack
 * that it started, which live on when it is killed.
 */
export function engineRoleOf(
    command: string,
    places: StatePlaces,
): "engine" | "plugin" | undefined {
    const [program = "", script = ""] = command.split(" ");
    if (program === join(places.root, "engine", "bin", "pulumi")) return "engine";
    const plugins = [join(places.pulumiHome, "plugins", sep), join(places.bin, sep)];
    return plugins.some((folder) => program.startsWith(folder) || script.startsWith(folder))
        ? "plugin"
        : undefined;
}

/** Ends the plugins that a killed engine left running; none while an engine of this sandbox lives. */
export async function endLeftoverPlugins(places: StatePlaces): Promise<void> {
    const running = await runningProcesses();
    if (running.some(({ command }) => engineRoleOf(command, places) === "engine")) return;
    const left = running.filter(({ command }) => engineRoleOf(command, places) === "plugin");
    await Promise.all(left.map((plugin) => endProcess(plugin)));
}

/** Starts the player of Gateway conditions, and what stands for the Sail Operator, unless they run. */
export async function startPlayers(places: StatePlaces, tools: Toolbox): Promise<void> {
    const running = await partsRunning(places);
    if (!running.some(({ part }) => part === "gateway-player")) await startPlayer(places);
    const operator = running.filter(({ part }) => part === "sail-operator");
    await startOperator(places, tools, operator);
}

async function startPlayer(places: StatePlaces): Promise<void> {
    await mkdir(places.logs, { recursive: true });
    const log = openSync(join(places.logs, "gateway-player.log"), "a");
    try {
        const words = ["-r", TYPESCRIPT, PLAYER, places.kubeconfig];
        startDetached(process.execPath, words, PROJECT_FOLDER, log);
    } finally {
        closeSync(log);
    }
}

/** File that remembers the ports, so that a restarted sandbox has its old address. */
export function portsFile(places: StatePlaces): string {
    return join(places.root, "ports.json");
}

/** The ports of the last start; nothing when there was none. */
export async function savedPorts(places: StatePlaces): Promise<Ports | undefined> {
    try {
        const saved = JSON.parse(await readFile(portsFile(places), "utf8")) as Partial<Ports>;
        const names = Object.values(PORTS_OF).flat();
        return names.every((name) => saved[name] !== undefined) ? (saved as Ports) : undefined;
    } catch {
        // Absent, or cut off by a crash: new ports are as good.
        return undefined;
    }
}
