import type { Value } from "../events/tree";

/** A value in one short line. */
export function valueText(value: Value | undefined): string {
    if (value === undefined) return "(none)";
    const text = typeof value === "string" ? value : JSON.stringify(value);
    const line = text.replace(/\s+/g, " ").trim();
    return line.length > 60 ? `${line.slice(0, 57)}...` : line === "" ? '""' : line;
}
