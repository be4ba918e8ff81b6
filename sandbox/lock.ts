import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { errorCode } from "./problem";
import { commandLine } from "./processes";
import type { Progress } from "./progress";

/** Who holds a lock. */
interface Holder {
    readonly pid: number;
    readonly command: string;
}

/**
 * Runs `work` while no other process holds the lock `file`; waits for one that does.
 * A lock whose process has ended (a crash, a reboot) is taken over.
 * @param doing what the holder does, for the line that says why this one waits.
 */
export async function withLock<T>(
    file: string,
    doing: string,
    progress: Progress,
    work: () => Promise<T>,
): Promise<T> {
    await mkdir(dirname(file), { recursive: true });
    const self: Holder = { pid: process.pid, command: (await commandLine(process.pid)) ?? "" };
    let told = false;
    while (!(await taken(file, self))) {
        const holder = await livingHolder(file);
        if (holder === undefined) {
            await rm(file, { force: true });
            continue;
        }
        if (!told) progress.line(`Waiting for process ${holder.pid}, which is ${doing} already.`);
        told = true;
        await sleep(300);
    }
    try {
        return await work();
    } finally {
        await rm(file, { force: true });
    }
}

async function taken(file: string, self: Holder): Promise<boolean> {
    try {
        await writeFile(file, JSON.stringify(self), { flag: "wx" });
        return true;
    } catch (error) {
        if (errorCode(error) === "EEXIST") return false;
        throw error;
    }
}

async function livingHolder(file: string): Promise<Holder | undefined> {
    for (let attempt = 0; attempt < 2; attempt += 1) {
        try {
            const holder = JSON.parse(await readFile(file, "utf8")) as Holder;
            return (await commandLine(holder.pid)) === holder.command ? holder : undefined;
        } catch {
            // Absent, or its owner is between creating and writing it: look once more.
            await sleep(200);
        }
    }
    return undefined;
}
