import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import type { Settings } from "../../settings/schema";
import { setCommand, type Problem } from "../../settings/problems";
import type { ChartName } from "./helm-plan";

/** Istio's own chart repository. Its former home stops in December 2026 and has no 1.31. */
export const OFFICIAL_REPOSITORY = "https://blob.istio.io/istio-release/charts";

/** Where one chart comes from, in the terms of Pulumi's Helm chart. */
export interface ChartSource {
    readonly chart: string;
    readonly version?: string;
    readonly repositoryOpts?: { readonly repo: string };
}

/** The version that Istio's charts carry in its source tree, before a release is cut. */
const DEVELOPMENT_VERSION = "1.0.0";

/** Where a chart comes from: a local directory, an OCI registry, or a Helm repository. */
export function chartSource(
    chart: ChartName,
    { charts, istioVersion }: Pick<Settings, "charts" | "istioVersion">,
): ChartSource {
    if (charts.directory !== undefined) {
        // Absolute, because the engine may run the provider in another folder.
        return { chart: resolve(charts.directory, chart) };
    }
    if (charts.oci !== undefined) {
        return { chart: `${charts.oci}/${chart}`, version: istioVersion };
    }
    return {
        chart,
        version: istioVersion,
        repositoryOpts: { repo: charts.repository ?? OFFICIAL_REPOSITORY },
    };
}

/** What is wrong with a local chart directory: charts it lacks, or of another version. */
export function directoryProblems(
    charts: readonly ChartName[],
    settings: Pick<Settings, "charts" | "istioVersion">,
): readonly Problem[] {
    const { directory } = settings.charts;
    if (directory === undefined) {
        return [];
    }
    const problem = (given: string, allowed: string, fix: string): Problem => ({
        path: ["charts", "directory"],
        given: `${JSON.stringify(directory)}: ${given}`,
        allowed,
        fix,
    });
    return charts.flatMap((chart) => {
        const file = join(resolve(directory, chart), "Chart.yaml");
        if (!existsSync(file)) {
            return problem(
                `chart ${chart} is missing, there is no ${file}`,
                `a directory with one folder per chart: ${charts.join(", ")}`,
                setCommand(["charts", "directory"], "<path>"),
            );
        }
        const { version } = parse(readFileSync(file, "utf8")) as { version?: unknown };
        return version === settings.istioVersion || version === DEVELOPMENT_VERSION
            ? []
            : problem(
                  `chart ${chart} has version ${String(version)}`,
                  `charts of Istio ${settings.istioVersion}, as istioVersion says`,
                  setCommand(["istioVersion"], String(version)),
              );
    });
}
