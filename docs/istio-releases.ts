import type { IstioMinor } from "../components/plan/versions";

/** What the policy pack knows of Istio's releases: a copy, since the pack also runs without the program. */
export function istioReleases(minors: Readonly<Record<string, IstioMinor>>): string {
    return `/** Generated from components/plan/versions.ts by \`npm run docs\`. */

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
export const ISTIO_RELEASES: Readonly<Record<string, IstioRelease>> = ${JSON.stringify(minors, null, 4)};
`;
}
