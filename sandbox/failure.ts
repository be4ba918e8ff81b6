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
 * The part of a CommandError that says what went wrong: from the policies or diagnostics on, to the outputs
 * or resources; without such a part, what the engine printed as errors. The Automation API puts all that was
 * printed under standard error, twice.
 */
export function reportIn(text: string): string {
    const lines = text.split("\n");
    const begin = lines.findIndex((line) => /^(Policies|Diagnostics):/.test(line));
    if (begin === -1) {
        const errors = lines.filter((line) => /^(stderr: )?error: /.test(line.trim()));
        const said = errors.map((line) => line.trim().replace(/^stderr: /, ""));
        return said.length === 0 ? text.trim() : [...new Set(said)].join("\n");
    }
    const rest = lines.slice(begin);
    const end = rest.findIndex((line) => /^(Outputs|Resources|Duration):/.test(line));
    return withoutRepeats(end === -1 ? rest : rest.slice(0, end))
        .join("\n")
        .trim();
}

/**
 * Diagnostics in which no message comes twice under one resource. An error that an inline program throws is
 * reported by its language server and by the engine, each with the whole text.
 */
export function withoutRepeats(lines: readonly string[]): readonly string[] {
    const messages: string[][] = [];
    for (const line of lines) {
        // A resource is indented by two, its messages by four, their further lines deeper.
        const goesOn = /^ {5}/.test(line) || line.trim() === "";
        if (goesOn && messages.length > 0) messages.at(-1)?.push(line);
        else messages.push([line]);
    }
    const seen = new Set<string>();
    return messages.flatMap((message) => {
        if (!message[0]?.startsWith("    ")) seen.clear();
        const text = message.join("\n").trimEnd();
        if (seen.has(text)) return [];
        seen.add(text);
        return message;
    });
}
