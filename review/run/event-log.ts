import { readFile } from "node:fs/promises";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { SandboxProblem } from "../../sandbox";
import { errorCode } from "../../sandbox/problem";
import { reviewEvent } from "../events/stream";
import type { ReviewEvent } from "../events/stream";

/**
 * Reads an event log, one JSON object per line. A last line that was cut is left out: that the log ends
 * before the preview did is seen by its missing end.
 * @throws SandboxProblem when the file isn't there, or isn't an event log
 */
export async function readEventLog(file: string): Promise<readonly ReviewEvent[]> {
    const text = await readFile(file, "utf8").catch((error: unknown) => {
        throw errorCode(error) === undefined
            ? error
            : new SandboxProblem(`The event log ${file} can't be read: ${errorCode(error) ?? ""}.`);
    });
    return eventsIn(text, file);
}

/** The events of a log's text. */
export function eventsIn(text: string, file: string): readonly ReviewEvent[] {
    const lines = text.split("\n");
    const events: ReviewEvent[] = [];
    for (const [index, line] of lines.entries()) {
        if (line.trim() === "") continue;
        const event = parsed(line);
        const last = lines.slice(index + 1).every((rest) => rest.trim() === "");
        if (event === undefined && !last) {
            throw new SandboxProblem(
                `${file} is no event log: line ${index + 1} isn't an engine event.`,
                "pulumi preview --event-log <file> writes one.",
            );
        }
        const kept = event === undefined ? undefined : reviewEvent(event);
        if (kept !== undefined) events.push(kept);
    }
    return events;
}

function parsed(line: string): EngineEvent | undefined {
    try {
        const read = JSON.parse(line) as unknown;
        return typeof read === "object" && read !== null && "sequence" in read
            ? (read as EngineEvent)
            : undefined;
    } catch {
        return undefined;
    }
}
