import type { Block, Span, Text } from "./blocks";

/** Writes blocks for a terminal of a width: no colours, no line longer than it if words allow. */
export function terminal(blocks: readonly Block[], width: number): string {
    return blocks.flatMap((block) => [...blockLines(block, width), ""]).join("\n");
}

function blockLines(block: Block, width: number): readonly string[] {
    if ("heading" in block) {
        const mark = block.level === 2 ? "=" : "-";
        const shown = wrapped(block.heading, width, "");
        return block.level === 4
            ? shown
            : [...shown, mark.repeat(Math.min(width, block.heading.length))];
    }
    if ("text" in block) return wrapped(plain(block.text), width, "");
    if ("items" in block)
        return block.items.flatMap((item) => wrapped(`- ${plain(item)}`, width, "  "));
    if ("head" in block)
        return tableLines(
            block.head,
            block.rows.map((row) => row.map(plain)),
            width,
        );
    if ("code" in block) {
        return block.language === "mermaid"
            ? []
            : block.code.split("\n").map((text) => `    ${text}`);
    }
    return [
        ...wrapped(`${block.folded}:`, width, ""),
        ...block.blocks.flatMap((inner) => blockLines(inner, width)),
    ];
}

/** Columns where they fit, else one paragraph per row. */
function tableLines(
    head: readonly string[],
    rows: readonly (readonly string[])[],
    width: number,
): readonly string[] {
    const widths = head.map((title, column) =>
        Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)),
    );
    const total = widths.reduce((all, each) => all + each + 2, -2);
    if (total <= width) {
        const lineOf = (cells: readonly string[]) =>
            cells
                .map((cell, column) => cell.padEnd(widths[column] ?? 0))
                .join("  ")
                .trimEnd();
        return [lineOf(head), lineOf(widths.map((each) => "-".repeat(each))), ...rows.map(lineOf)];
    }
    return rows.flatMap((row) =>
        row.flatMap((cell, column) => {
            if (cell === "") return [];
            return column === 0
                ? wrapped(cell, width, "  ")
                : wrapped(`  ${head[column] ?? ""}: ${cell}`, width, "    ");
        }),
    );
}

function plain(text: Text): string {
    return text.map(spanText).join("");
}

function spanText(span: Span): string {
    if (typeof span === "string") return span;
    if ("strong" in span) return span.strong;
    return "link" in span ? `${span.link} (${span.to})` : span.code;
}

function wrapped(text: string, width: number, indent: string): readonly string[] {
    const begin = /^ */.exec(text)?.[0] ?? "";
    const lines: string[] = [];
    let line = begin;
    for (const word of text.trim().split(/\s+/)) {
        const joined = line.trim() === "" ? `${line}${word}` : `${line} ${word}`;
        if (joined.length > width && line.trim() !== "") {
            lines.push(line);
            line = `${begin}${indent}${word}`;
        } else line = joined;
    }
    return [...lines, line];
}
