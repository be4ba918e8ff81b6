import type { Block, Span, Text } from "./blocks";

/** Writes blocks as GitHub's Markdown. Names and values can't break out of their place, nor call anyone. */
export function markdown(blocks: readonly Block[]): string {
    return `${blocks.map(blockText).join("\n\n")}\n`;
}

function blockText(block: Block): string {
    if ("heading" in block) return `${"#".repeat(block.level)} ${escaped(block.heading)}`;
    if ("text" in block) return line(block.text);
    if ("items" in block) return block.items.map((item) => `- ${line(item)}`).join("\n");
    if ("head" in block) {
        const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
        return [
            row(block.head.map(escaped)),
            row(block.head.map(() => "---")),
            ...block.rows.map((cells) =>
                row(cells.map((cell) => line(cell).replace(/\|/g, "\\|"))),
            ),
        ].join("\n");
    }
    if ("code" in block) {
        const fence = fenceFor(block.code);
        return `${fence}${block.language}\n${block.code}\n${fence}`;
    }
    return `<details><summary>${escaped(block.folded)}</summary>\n\n${block.blocks.map(blockText).join("\n\n")}\n\n</details>`;
}

function line(text: Text): string {
    return text
        .map(spanText)
        .join("")
        .replace(/\s*\n\s*/g, " ");
}

function spanText(span: Span): string {
    if (typeof span === "string") return escaped(span);
    if ("strong" in span) {
        // A space before the closing marks would leave them standing as they are.
        const words = span.strong.trimEnd();
        return `**${escaped(words)}**${span.strong.slice(words.length)}`;
    }
    if ("link" in span)
        return `[${escaped(span.link)}](${span.to.replace(/[()\s<>]/g, encodeURIComponent)})`;
    const ticks = "`".repeat(longest(span.code) + 1);
    const padded =
        span.code.startsWith("`") || span.code.endsWith("`") ? ` ${span.code} ` : span.code;
    return `${ticks}${padded}${ticks}`;
}

/** Words of ours and of others: nothing in them is markup, and an @ doesn't notify anybody. */
function escaped(text: string): string {
    return text
        .replace(/&/g, "&amp;")
        .replace(/</g, "&lt;")
        .replace(/([\\`*_[\]#|~])/g, "\\$1")
        .replace(/@(?=\w)/g, "@\u200b");
}

function longest(text: string): number {
    return Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
}

function fenceFor(text: string): string {
    return "`".repeat(Math.max(3, longest(text) + 1));
}
