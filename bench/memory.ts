import { readFileSync } from "node:fs";
import { parts } from "../sandbox/components";
import { livingAgent, processesOf } from "../sandbox/living/mesh";
import { livingPlaces } from "../sandbox/living/places";
import { statePlaces } from "../sandbox/places";

/** Mebibytes by what holds them. */
export type MemoryFigures = Readonly<Record<string, number>>;

/**
 * What the processes of a running sandbox hold, by kind. Proportional set sizes: memory that several processes
 * share, such as the program of all Envoys, counts once. The apps are part of the living mesh's own process.
 */
export async function memoryOf(state: string): Promise<MemoryFigures> {
    const places = statePlaces(state);
    const { bin } = livingPlaces(places);
    const agent = await livingAgent(places);
    const control = (await parts(places)).flatMap(({ name, process }) =>
        process === undefined ? [] : [{ name, pid: process.pid }],
    );
    const istio = (await processesOf(places)).map(({ pid, command }) => ({
        name: command.slice(bin.length + 1).split(" ")[0] ?? "",
        pid,
    }));
    const all = [
        ...control,
        ...(agent ? [{ name: "apps and Services", pid: agent.pid }] : []),
        ...istio,
    ];
    const sums: Record<string, number> = {};
    for (const { name, pid } of all) sums[name] = (sums[name] ?? 0) + mebibytesOf(pid);
    return sums;
}

/** Linux only. @throws Error when the process has ended. */
function mebibytesOf(pid: number): number {
    const [, kibibytes = "0"] =
        /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8")) ?? [];
    return Number(kibibytes) / 1024;
}
