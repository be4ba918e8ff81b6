import type { MemoryFigures } from "./memory";

/** Seconds, medians, of one stack's preview. */
export interface PreviewFigures {
    /** A program that registers nothing. */
    readonly empty: number;
    /** The same charts and objects, bare. */
    readonly bare: number;
    readonly program: number;
    readonly withPack: number;
}

/** Everything one run of the bench measured. Seconds. */
export interface Figures {
    readonly machine: { readonly cores: number; readonly memoryGiB: number };
    readonly runs: number;
    readonly previews: Readonly<Record<string, PreviewFigures>>;
    readonly starts: {
        readonly cachedTools: number;
        readonly again: number;
        /** What runs after the start on a new cluster. */
        readonly memory: MemoryFigures;
        /** With every cache empty; measured only when asked for. */
        readonly cold?: number;
    };
    readonly test: number;
}

/** `docs/performance.md`. */
export function page({ machine, runs, previews, starts, test }: Figures): string {
    const rows = Object.entries(previews).flatMap(([stack, { empty, bare, program, withPack }]) => {
        const row = (what: string, time: number) =>
            `| ${stack} | ${what} | ${seconds(time)} | ${(time / empty).toFixed(2)} | ${(time / bare).toFixed(2)} |`;
        return [
            row("empty program", empty),
            row("bare program", bare),
            row("this program", program),
            row("this program and the pack", withPack),
        ];
    });
    const row = (what: string, time: number) => `| ${what} | ${seconds(time)} |`;
    const commands = [
        ...(starts.cold === undefined ? [] : [row("`npm start`, every cache empty", starts.cold)]),
        row("`npm start`, tools cached, new cluster", starts.cachedTools),
        row("`npm start` again, nothing to change", starts.again),
        row("`npm test`", test),
    ];
    return `<!-- Written by \`npm run bench -- --write\`. -->

# Performance

Measured on ${machine.cores} cores and ${machine.memoryGiB} GiB, each table in one run. Seconds differ from machine to machine; the
ratios are what counts.

## Preview

Creating everything on an empty cluster: wall time of a whole process, median of ${runs}. The empty
program registers nothing. The bare program registers the same charts and objects from a plan written
beforehand: plain JavaScript, without config, components or policies. Both stacks by Istio's charts.

| stack | preview of | time | to empty | to bare |
| --- | --- | --- | --- | --- |
${rows.join("\n")}

What the pack costs as a stack grows: [policies-performance.md](policies-performance.md).

## Commands

| command | time |
| --- | --- |
${commands.join("\n")}

## Memory

What the sandbox of \`npm start\` holds once its mesh lives: proportional set sizes, so that memory which
processes share counts once. The engine, the provider and the policy pack have ended by then.

| part | MiB |
| --- | --- |
${memoryRows(starts.memory).join("\n")}
`;
}

function memoryRows(memory: MemoryFigures): string[] {
    const row = (what: string, size: number) => `| ${what} | ${Math.round(size)} |`;
    const parts = Object.entries(memory).sort(([, a], [, b]) => b - a);
    const total = parts.reduce((sum, [, size]) => sum + size, 0);
    return [...parts.map(([what, size]) => row(what, size)), row("all", total)];
}

function seconds(time: number): string {
    return `${time.toFixed(1)} s`;
}
