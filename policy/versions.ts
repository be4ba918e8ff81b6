/** Exact versions such as `1.31.3`, and what is known of Istio's releases. */
import { ISTIO_RELEASES } from "./istio-releases.generated";

/** `1.31` of `1.31.3`. */
export function minorOf(version: string): string {
    return version.split(".").slice(0, 2).join(".");
}

/** Negative where the first is older. Versions may have two or three numbers. */
export function compareVersions(a: string, b: string): number {
    const [left = [], right = []] = [a, b].map((version) => version.split(".").map(Number));
    for (let i = 0; i < 3; i++) {
        const difference = (left[i] ?? 0) - (right[i] ?? 0);
        if (difference !== 0) return difference;
    }
    return 0;
}

/** How many minor releases the first is newer than the second; negative where it is older. */
export function minorsApart(a: string, b: string): number {
    const [[majorA = 0, minorA = 0] = [], [majorB = 0, minorB = 0] = []] = [a, b].map((version) =>
        version.split(".").map(Number),
    );
    // Istio has had one major release; another would be apart by more than any limit.
    return (majorA - majorB) * 1000 + minorA - minorB;
}

/** Minor releases that get security fixes, oldest first, as far as the pack knows. */
export const supportedMinors: readonly string[] = Object.entries(ISTIO_RELEASES)
    .filter(([, { endOfLife }]) => endOfLife === undefined)
    .map(([minor]) => minor);
