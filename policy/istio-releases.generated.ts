/** Generated from components/plan/versions.ts by `npm run docs`. */

/** What is known about one minor release of Istio. */
export interface IstioRelease {
    /** Kubernetes minors that Istio tests this release with, lowest and highest. */
    readonly kubernetes: readonly [lowest: string, highest: string];
    /** Lowest Gateway API bundle in which this release sees every kind it serves. */
    readonly gatewayApi: string;
    /** Set once the release gets no more security fixes: the month it ended. */
    readonly endOfLife?: string;
}

/** Istio's minor releases, oldest first. */
export const ISTIO_RELEASES: Readonly<Record<string, IstioRelease>> = {
    "1.27": {
        kubernetes: ["1.29", "1.33"],
        gatewayApi: "1.3.0",
        endOfLife: "2026-04",
    },
    "1.28": {
        kubernetes: ["1.30", "1.34"],
        gatewayApi: "1.4.0",
        endOfLife: "2026-07",
    },
    "1.29": {
        kubernetes: ["1.31", "1.35"],
        gatewayApi: "1.4.0",
        endOfLife: "2026-10",
    },
    "1.30": {
        kubernetes: ["1.32", "1.36"],
        gatewayApi: "1.5.0",
    },
    "1.31": {
        kubernetes: ["1.32", "1.36"],
        gatewayApi: "1.6.0",
    },
};
