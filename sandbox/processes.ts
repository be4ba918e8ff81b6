import { execFile, spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { errorCode } from "./problem";

/** How a finished program ended. */
export interface Finished {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
}

/** How to run a program. */
export interface RunOptions {
    readonly cwd?: string;
    readonly env?: NodeJS.ProcessEnv;
    /** Milliseconds after which the program is killed. */
    readonly timeout?: number;
}

/**
 * Runs a program to its end and never throws for its exit code.
 * A program that cannot be started ends with code 127 and the reason in `stderr`.
 */
export function run(
    command: string,
    args: readonly string[],
    options: RunOptions = {},
): Promise<Finished> {
    return new Promise((done) => {
        execFile(
            command,
            args,
            { ...options, maxBuffer: 64 * 1024 * 1024 },
            (error, stdout, stderr) => {
                if (!error) done({ code: 0, stdout, stderr });
                else if (typeof error.code === "number") done({ code: error.code, stdout, stderr });
                else done({ code: 127, stdout, stderr: `${stderr}${error.message}` });
            },
        );
    });
}

/** A process that runs now. */
export interface RunningProcess {
    readonly pid: number;
    /** The command line, words joined by spaces. */
    readonly command: string;
}

/** Every process of this machine that this user may see. Linux needs no `ps` for it. */
export async function runningProcesses(): Promise<RunningProcess[]> {
    if (process.platform !== "linux")
        return parsePs((await run("ps", ["-axo", "pid=,command="])).stdout);
    const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
    const commands = await Promise.all(pids.map(commandLine));
    return pids.flatMap((pid, index) => {
        const command = commands[index];
        return command === undefined ? [] : [{ pid, command }];
    });
}

/** Reads the output of `ps -axo pid=,command=`. */
export function parsePs(output: string): RunningProcess[] {
    return output.split("\n").flatMap((line) => {
        const [, pid, command] = /^\s*(\d+)\s+(.+)$/.exec(line) ?? [];
        return pid === undefined || command === undefined ? [] : [{ pid: Number(pid), command }];
    });
}

/**
 * Command line of a living process; nothing when it has ended (or is a zombie).
 * A process id alone proves nothing: the system gives it to another process later.
 */
export async function commandLine(pid: number): Promise<string | undefined> {
    if (process.platform !== "linux") {
        const { code, stdout } = await run("ps", ["-o", "command=", "-p", String(pid)]);
        return code === 0 && stdout.trim() !== "" ? stdout.trim() : undefined;
    }
    try {
        const words = (await readFile(`/proc/${pid}/cmdline`, "utf8")).split("\0").join(" ").trim();
        return words === "" ? undefined : words;
    } catch {
        return undefined;
    }
}

/**
 * Ends one process: asks, waits, and only then kills.
 * Does nothing when `pid` no longer runs `command`.
 */
export async function endProcess(target: RunningProcess, patience = 10_000): Promise<void> {
    for (const [signal, wait] of [
        ["SIGTERM", patience],
        ["SIGKILL", 5_000],
    ] as const) {
        if ((await commandLine(target.pid)) !== target.command) return;
        try {
            process.kill(target.pid, signal);
        } catch (error) {
            if (errorCode(error) === "ESRCH") return;
            throw error;
        }
        const until = Date.now() + wait;
        while (Date.now() < until) {
            if ((await commandLine(target.pid)) !== target.command) return;
            await sleep(50);
        }
    }
}

/** Starts a process that outlives this one, with its output in an open file. Gives its id. */
export function startDetached(
    command: string,
    args: readonly string[],
    cwd: string,
    output: number,
): number {
    const child = spawn(command, args, { cwd, detached: true, stdio: ["ignore", output, output] });
    child.on("error", () => undefined);
    child.unref();
    return child.pid ?? 0;
}
