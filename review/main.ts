import { EngineFailure, SandboxProblem } from "../sandbox";
import { messageOf } from "../sandbox/problem";
import type { NoRun } from "./run/words";

/** Columns of a page that goes to no terminal. */
const COLUMNS = 80;

/** A command line: its usage, how its words are read, and its work, which gives the exit code. */
interface CommandLine<Command> {
    readonly usage: string;
    readonly read: (words: readonly string[]) => Command | NoRun;
    /** `width` is the text's, in columns. */
    readonly run: (command: Command, width: number) => Promise<number>;
}

/**
 * Runs a command line and sets its exit code: 0 when it is asked how it is used, 2 for words that it doesn't
 * understand, 1 for what it throws, told without a stack where it is known.
 */
export function runMain<Command extends { readonly does: string; readonly width?: number }>({
    usage,
    read,
    run,
}: CommandLine<Command>): void {
    const main = async (): Promise<number> => {
        const command = read(process.argv.slice(2));
        if (isNoRun(command)) {
            if (command.does === "usage") {
                process.stdout.write(`${usage}\n`);
                return 0;
            }
            process.stderr.write(`${command.what}.\n\n${usage}\n`);
            return 2;
        }
        const { isTTY, columns } = process.stdout;
        return run(command, command.width ?? (isTTY ? columns : COLUMNS));
    };
    main().then(
        (code) => {
            process.exitCode = code;
        },
        (error: unknown) => {
            const known = error instanceof SandboxProblem || error instanceof EngineFailure;
            const stack = error instanceof Error && !known ? error.stack : undefined;
            process.stderr.write(`\n${stack ?? messageOf(error)}\n`);
            process.exitCode = 1;
        },
    );
}

function isNoRun(command: { readonly does: string }): command is NoRun {
    return command.does === "usage" || command.does === "mistake";
}
