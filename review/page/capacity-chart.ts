import type { Capacity, Total } from "../meaning/capacity";
import { cpuText, memoryText } from "../meaning/quantities";

const WIDTH = 640;
const LABEL = 150;
const BAR = 22;

/** Requested capacity before and after as a picture: solid what is asked for at least, pale what at most. */
export function capacityChart({ all, fixed, perNode, nodes }: Capacity): string {
    const shown = all ?? fixed;
    const scope =
        all === undefined
            ? "without node agents, whose number isn't known"
            : nodes === undefined
              ? "in all"
              : `in all, on ${nodes} node${nodes === 1 ? "" : "s"}`;
    const rows = [
        ...bars("CPU", shown.before, shown.after, ({ cpu }) => cpu, cpuText),
        ...bars("Memory", shown.before, shown.after, ({ memory }) => memory, memoryText),
        ...(all === undefined
            ? bars(
                  "Memory per node",
                  perNode.before,
                  perNode.after,
                  ({ memory }) => memory,
                  memoryText,
              )
            : []),
    ];
    const height = 56 + rows.length * (BAR + 10);
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Requested capacity before and after" font-family="sans-serif" font-size="12">
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
<text x="16" y="24" font-size="14" font-weight="bold" fill="#1f2328">Requested capacity, ${scope}</text>
${rows.map((row, index) => row(44 + index * (BAR + 10))).join("\n")}
</svg>
`;
}

function bars(
    what: string,
    before: Total,
    after: Total,
    of: (amount: Total["least"]) => number,
    text: (value: number) => string,
): readonly ((y: number) => string)[] {
    const most = Math.max(of(before.most), of(after.most), Number.EPSILON);
    const width = (value: number) => Math.round((value / most) * (WIDTH - LABEL - 190));
    return [
        { side: "before", total: before, colour: "#8c959f" },
        { side: "after", total: after, colour: "#0969da" },
    ].map(({ side, total, colour }) => (y: number) => {
        const [least, high] = [of(total.least), of(total.most)];
        const label = least === high ? text(least) : `${text(least)} to ${text(high)}`;
        return [
            `<text x="16" y="${y + 15}" fill="#1f2328">${what} ${side}</text>`,
            `<rect x="${LABEL}" y="${y}" width="${width(high)}" height="${BAR}" fill="${colour}" fill-opacity="0.35"/>`,
            `<rect x="${LABEL}" y="${y}" width="${width(least)}" height="${BAR}" fill="${colour}"/>`,
            `<text x="${LABEL + width(high) + 8}" y="${y + 15}" fill="#1f2328">${label}</text>`,
        ].join("");
    });
}
