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

/** What is known about one release of the Sail Operator. */
export interface OperatorRelease {
    /** Highest patch of each Istio minor that it installs; it installs every patch up to that one. */
    readonly installs: Readonly<Record<string, number>>;
}

/**
 * Releases of the Sail Operator, oldest first. It knows more versions than it installs: those that
 * are end of life pass its schema and then fail to reconcile. Aliases such as v1.31-latest would move
 * with the operator, so they are no versions here.
 * @see https://github.com/istio-ecosystem/sail-operator/blob/main/pkg/istioversion/versions.yaml at the release's tag
 */
export const OPERATORS: Readonly<Record<string, OperatorRelease>> = {
    "1.30.0": { installs: { "1.28": 7, "1.29": 3, "1.30": 0 } },
    "1.30.3": { installs: { "1.28": 10, "1.29": 6, "1.30": 3 } },
    "1.31.2": { installs: { "1.29": 10, "1.30": 7, "1.31": 3 } },
};

/** The operator that new stacks should start with. */
export const RECOMMENDED_OPERATOR = "1.31.2";

/** The Kubernetes that the operator's chart asks for at least. */
export const OPERATOR_KUBERNETES = "1.27";

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

/** Whether a release of the operator installs a release of Istio; an unknown operator installs none. */
export function installs(operator: string, istio: string): boolean {
    const highest = OPERATORS[operator]?.installs[minorOf(istio)];
    return highest !== undefined && Number(istio.split(".")[2]) <= highest;
}

/** The Istio releases that an operator installs and that may still be installed, in words. */
export function installable(operator: string): string {
    const ranges = Object.entries(OPERATORS[operator]?.installs ?? {})
        .filter(([minor]) => SUPPORTED_MINORS.includes(minor))
        .map(([minor, patch]) => (patch === 0 ? `${minor}.0` : `${minor}.0 to ${minor}.${patch}`));
    return ranges.join(" and ");
}

/** The newest patch of a minor that an operator installs. */
export function newestInstalled(operator: string, minor: string): string | undefined {
    const patch = OPERATORS[operator]?.installs[minor];
    return patch === undefined ? undefined : `${minor}.${patch}`;
}

/** How many minors a release is ahead of another: negative when it is behind. */
export function minorsAhead(version: string, of: string): number {
    const [left = [], right = []] = [version, of].map((one) => one.split(".").map(Number));
    // Istio has had one major for its whole life; another would be no step of an upgrade.
    return left[0] === right[0] ? (left[1] ?? 0) - (right[1] ?? 0) : Infinity;
}
