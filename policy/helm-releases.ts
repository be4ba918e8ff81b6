/** Helm releases of the mesh, and where their charts come from. */
import type { HelmRelease } from "./kinds/kubernetes";

const meshCharts = ["base", "istiod", "cni", "ztunnel", "gateway", "ambient", "sail-operator"];

/** The chart's own name: `istiod` of `oci://ghcr.io/istio/release/charts/istiod`. */
export function chartName({ chart = "" }: HelmRelease): string {
    return (
        chart
            .replace(/\.tgz$/, "")
            .split("/")
            .at(-1) ?? ""
    );
}

/** Whether a release installs a part of the mesh; `base` and `gateway` aren't Istio's names alone. */
export function isMeshRelease(release: HelmRelease): boolean {
    const from = `${release.repositoryOpts?.repo ?? ""} ${release.chart ?? ""}`;
    return meshCharts.includes(chartName(release)) && /istio|sail/.test(from);
}

/** Whether the chart lies on disk, where its version is whatever the folder holds. */
export function isLocalChart({ chart = "", repositoryOpts }: HelmRelease): boolean {
    return (
        /^\.{0,2}\//.test(chart) || (repositoryOpts?.repo === undefined && chart.endsWith(".tgz"))
    );
}
