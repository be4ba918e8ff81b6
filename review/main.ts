import { EngineFailure, SandboxProblem } from "../sandbox";
import { messageOf } from "../sandbox/problem";

/** Runs a command line and sets the exit code it gives: 1 for what it throws, told without a stack where it is known. */
export function runMain(main: (words: readonly string[]) => Promise<number>): void {
    main(process.argv.slice(2)).then(
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
