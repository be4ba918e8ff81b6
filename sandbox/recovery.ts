import { copyFile, readdir, readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";
import { endLeftoverPlugins } from "./components";
import { pendingCreations } from "./pending";
import type { Deployment, PendingCreation } from "./pending";
import type { StatePlaces } from "./places";
import { commandLine, run } from "./processes";
import type { Progress } from "./progress";

/** A lock as Pulumi's file backend writes it. */
export interface BackendLock {
    readonly pid: number;
    readonly hostname: string;
}

/**
 * Whether a lock was left by an engine that has ended: written on this machine, by a process that no longer
 * runs or is no Pulumi any more. A living engine's lock, or another machine's, is never stale.
 */
export function isStale(lock: BackendLock, machine: string, command: string | undefined): boolean {
    return lock.hostname === machine && (command === undefined || !/\bpulumi\b/.test(command));
}

/** Removes the locks that killed engines left in the sandbox's backend. Gives how many. */
export async function removeStaleLocks(places: StatePlaces): Promise<number> {
    const folder = join(places.backend, ".pulumi", "locks");
    const names = await readdir(folder, { recursive: true }).catch(() => []);
    let removed = 0;
    for (const name of names.filter((entry) => entry.endsWith(".json"))) {
        const file = join(folder, name);
        const lock = await readLock(file);
        if (lock === undefined || !isStale(lock, hostname(), await commandLine(lock.pid))) continue;
        await rm(file, { force: true });
        await rm(`${file}.attrs`, { force: true });
        removed += 1;
    }
    return removed;
}

async function readLock(file: string): Promise<BackendLock | undefined> {
    const text = await readFile(file, "utf8").catch(() => undefined);
    try {
        return text === undefined ? undefined : (JSON.parse(text) as BackendLock);
    } catch {
        // Cut off while it was written: its engine was killed before it did anything.
        return { pid: 0, hostname: hostname() };
    }
}

/**
 * Mends a stack's files that a killed engine was writing: side files cut short are dropped, a state cut short
 * gives way to the backup that the engine makes before each write. Must run before the stack is opened.
 */
export async function mendStateFiles(places: StatePlaces, stack: string): Promise<void> {
    const folder = join(places.backend, ".pulumi", "stacks");
    const names = await readdir(folder, { recursive: true }).catch(() => []);
    const state = names.find((name) => basename(name) === `${stack}.json`);
    if (state === undefined) return;
    const file = join(folder, state);
    for (const side of [`${file}.attrs`, `${file}.bak.attrs`]) {
        if (!(await isWhole(side))) await rm(side, { force: true });
    }
    if (await isWhole(file)) return;
    if (await isWhole(`${file}.bak`)) await copyFile(`${file}.bak`, file);
    else await rm(file);
}

async function isWhole(file: string): Promise<boolean> {
    try {
        JSON.parse(await readFile(file, "utf8"));
        return true;
    } catch {
        return false;
    }
}

/**
 * Makes a stack usable again after its engine was killed: ends what the engine left running, removes its
 * lock, and settles the operations it was in the middle of. Says so when there was something to mend.
 *
 * What was created in the last moment may be in no record at all. The next run finds such objects owned by
 * a field manager that nobody knows any more, so it must be allowed to take them over.
 * @returns whether a run was killed
 */
export async function recover(
    stack: Stack,
    places: StatePlaces,
    progress: Progress,
): Promise<boolean> {
    await endLeftoverPlugins(places);
    const killed = (await removeStaleLocks(places)) > 0;
    if (killed) {
        progress.line(
            "An earlier run was killed and left its lock. It has ended, so the lock is removed.",
        );
    }
    const lost = pendingCreations((await stack.exportStack()).deployment as Deployment);
    if (lost === undefined) return killed;
    if (lost.length > 0) {
        const problem = await progress.step(
            `Looking up ${lost.length} objects that the killed run was creating`,
            () => refresh(stack, places, lost),
        );
        if (problem !== undefined) {
            progress.line(
                `They could not be looked up (${problem}); the next deployment takes them over.`,
            );
        }
    }
    // An import of the state as it is takes the remaining pending operations away.
    await stack.importStack(await stack.exportStack());
    return true;
}

/** A refresh with imports, which the Automation API does not offer. Gives what went wrong, if anything. */
async function refresh(
    stack: Stack,
    places: StatePlaces,
    imports: readonly PendingCreation[],
): Promise<string | undefined> {
    const { workDir, envVars, pulumiHome } = stack.workspace;
    const pairs = imports.flatMap(({ urn, id }) => [urn, id]);
    const flags = pairs.flatMap((word) => ["--import-pending-creates", word]);
    const { code, stdout, stderr } = await run(
        join(places.root, "engine", "bin", "pulumi"),
        [
            ...["refresh", "--yes", "--skip-preview", "--non-interactive"],
            ...["--clear-pending-creates", "--stack", stack.name, ...flags],
        ],
        { cwd: workDir, env: { ...process.env, ...envVars, PULUMI_HOME: pulumiHome ?? "" } },
    );
    if (code === 0) return undefined;
    return /error: .*/.exec(`${stderr}\n${stdout}`)?.[0] ?? `exit code ${code}`;
}
