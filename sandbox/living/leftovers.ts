import { join, sep } from "node:path";
import { endProcess, runningProcesses } from "../processes";
import type { RunningProcess } from "../processes";
import type { LivingPlaces } from "./places";

/** Programs of the living mesh, in the order in which they are ended. */
const PROGRAMS = ["pilot-agent", "envoy-on-loopback", "envoy", "pilot-discovery"] as const;

/** Whether a command line is a process of this sandbox's living mesh: each is started by its path there. */
export function isLiving(command: string, places: LivingPlaces): boolean {
    return command.startsWith(places.bin + sep);
}

/** Processes that Istio's programs run as in this sandbox. */
export async function livingProcesses(places: LivingPlaces): Promise<readonly RunningProcess[]> {
    return (await runningProcesses()).filter(({ command }) => isLiving(command, places));
}

/** Ends what a killed agent left running. Gives how many processes that were. */
export async function endLiving(places: LivingPlaces): Promise<number> {
    const left = await livingProcesses(places);
    for (const program of PROGRAMS) {
        const path = join(places.bin, program);
        const same = left.filter(
            ({ command }) => command === path || command.startsWith(`${path} `),
        );
        await Promise.all(same.map((found) => endProcess(found, 2_000)));
    }
    return left.length;
}
