import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";

/** What to keep running. */
export interface Task {
    /** Absolute path of the program. */
    readonly file: string;
    readonly args: readonly string[];
    readonly env: Readonly<Record<string, string>>;
    /** Working folder, which stands for the container's root. */
    readonly folder: string;
    readonly log: string;
}

/** Milliseconds before a process that ended is started again, by how often that happened in a row. */
export function pauseAfter(restarts: number): number {
    return Math.min(1_000 * 2 ** restarts, 30_000);
}

/** A process that ran this long counts as healthy: the next end is a first one again. */
const HEALTHY_AFTER = 60_000;

/** Keeps one process running until it is told to end: a process that ends is started again, ever later. */
export class Supervisor {
    private child: ChildProcess | undefined;
    private timer: NodeJS.Timeout | undefined;
    private ending = false;
    private inARow = 0;
    private startedAt = 0;
    /** How often the process was started again. */
    restarts = 0;
    /** Why the process is not running; empty while it is. */
    lastEnd = "";

    constructor(private readonly task: Task) {
        this.start();
    }

    /** The id of the running process. */
    get pid(): number | undefined {
        return this.child?.pid;
    }

    private start(): void {
        const { file, args, env, folder, log } = this.task;
        const output = openSync(log, "a");
        const child = spawn(file, args, {
            cwd: folder,
            env: { PATH: process.env["PATH"] ?? "", HOME: folder, ...env },
            stdio: ["ignore", output, output],
        });
        closeSync(output);
        this.child = child;
        this.startedAt = Date.now();
        this.lastEnd = "";
        child.once("error", (error) => {
            this.ended(child, error.message);
        });
        child.once("exit", (code, signal) => {
            this.ended(child, signal === null ? `exit code ${code ?? 0}` : `ended by ${signal}`);
        });
    }

    private ended(child: ChildProcess, why: string): void {
        if (this.child !== child) return;
        this.child = undefined;
        this.lastEnd = why;
        if (this.ending) return;
        this.inARow = Date.now() - this.startedAt > HEALTHY_AFTER ? 0 : this.inARow + 1;
        this.timer = setTimeout(
            () => {
                this.restarts += 1;
                this.start();
            },
            pauseAfter(this.inARow - 1),
        );
    }

    /** Ends the process for good: asks, and kills after `patience` milliseconds. */
    async stop(patience = 5_000): Promise<void> {
        this.ending = true;
        clearTimeout(this.timer);
        const child = this.child;
        if (child === undefined) return;
        await new Promise<void>((done) => {
            const kill = setTimeout(() => child.kill("SIGKILL"), patience);
            child.once("exit", () => {
                clearTimeout(kill);
                done();
            });
            child.kill("SIGTERM");
        });
    }
}
