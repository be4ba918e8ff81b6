import { CommandError } from "@pulumi/pulumi/automation";

/** A run of the engine that failed, told by what the engine reported and not by all it printed. */
export class EngineFailure extends Error {
    override readonly name = "EngineFailure";

    constructor(
        what: string,
        /** What the engine reported: violated policies and diagnostics. */
        readonly report: string,
    ) {
        super(report === "" ? what : `${what}\n${report}`);
    }
}

/** Turns an error of the Automation API into an EngineFailure; other errors stay what they are. */
export function engineFailure(what: string, error: unknown): unknown {
    return error instanceof CommandError ? new EngineFailure(what, reportIn(error.message)) : error;
}

/**
 * The part of the engine's output that says what went wrong: from the policies or diagnostics on, to the
 * outputs or the end of standard output; without such a part, what came on standard error.
 */
export function reportIn(text: string): string {
    const lines = text.split("\n");
    const stderrAt = lines.findIndex(
        (line) => line.startsWith(" stderr: ") || line.startsWith("stderr: "),
    );
    const stdout = stderrAt === -1 ? lines : lines.slice(0, stderrAt);
    const begin = stdout.findIndex((line) => /^(Policies|Diagnostics):/.test(line));
    if (begin === -1) {
        const stderr =
            stderrAt === -1
                ? text
                : lines
                      .slice(stderrAt)
                      .join("\n")
                      .replace(/^ ?stderr: /, "");
        return stderr.replace(/\n ?err\??: [\s\S]*$/, "").trim();
    }
    const rest = stdout.slice(begin);
    const end = rest.findIndex((line) => /^(Outputs|Resources|Duration):/.test(line));
    return (end === -1 ? rest : rest.slice(0, end)).join("\n").trim();
}
