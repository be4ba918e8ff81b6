/**
 * The versions this program knows, each fact with its source. A version bump changes this file.
 */

/** What is known about one minor release of Istio. */
export interface IstioMinor {
    /** Kubernetes minors that Istio tests this release with, lowest and highest. */
    readonly kubernetes: readonly [lowest: string, highest: string];
    /** Lowest Gateway API bundle in which this release sees every kind it serves. */
    readonly gatewayApi: string;
    /** Set once the release gets no more security fixes: the month it ended. */
    readonly endOfLife?: string;
}

/**
 * Istio's minor releases.
 * @see https://istio.io/latest/docs/releases/supported-releases/ for Kubernetes ranges and end of life
 * @see https://github.com/istio/istio/blob/master/pkg/config/schema/gvk for the Gateway API minimums
 */
export const ISTIO_MINORS: Readonly<Record<string, IstioMinor>> = {
    "1.27": { kubernetes: ["1.29", "1.33"], gatewayApi: "1.3.0", endOfLife: "2026-04" },
    "1.28": { kubernetes: ["1.30", "1.34"], gatewayApi: "1.4.0", endOfLife: "2026-07" },
    "1.29": { kubernetes: ["1.31", "1.35"], gatewayApi: "1.4.0", endOfLife: "2026-10" },
    "1.30": { kubernetes: ["1.32", "1.36"], gatewayApi: "1.5.0" },
    "1.31": { kubernetes: ["1.32", "1.36"], gatewayApi: "1.6.0" },
};

/** The release that new stacks should start with. */
export const RECOMMENDED_ISTIO = "1.31.3";

/** The Gateway API bundle installed unless a stack says otherwise. */
export const GATEWAY_API = "1.6.0";

/** Minors that may be installed, oldest first. */
export const SUPPORTED_MINORS: readonly string[] = Object.entries(ISTIO_MINORS)
    .filter(([, minor]) => minor.endOfLife === undefined)
    .map(([name]) => name);

/** The minor of an exact version: "1.31" of "1.31.3". */
export function minorOf(version: string): string {
    return version.split(".").slice(0, 2).join(".");
}

/** Orders exact versions such as "1.31.3": negative when a is older than b. */
export function compareVersions(a: string, b: string): number {
    const [left, right] = [a, b].map((version) => version.split(".").map(Number));
    for (let i = 0; i < 3; i++) {
        const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
        if (difference !== 0) {
            return difference;
        }
    }
    return 0;
}
