import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { setCommand } from "../../settings/commands";
import type { Problem } from "../../settings/problems";
import type { Settings } from "../../settings/schema";
import type { ChartName } from "./helm-plan";

/** Istio's own chart repository. Its former home stops in December 2026 and has no 1.31. */
export const OFFICIAL_REPOSITORY = "https://blob.istio.io/istio-release/charts";

/** The Sail Operator's own chart repository. */
export const OPERATOR_REPOSITORY = "https://istio-ecosystem.github.io/sail-operator";

/** Where one chart comes from, in the terms of Pulumi's Helm chart. */
export interface ChartSource {
    readonly chart: string;
    readonly version?: string;
    readonly repositoryOpts?: { readonly repo: string };
}

/** The version that Istio's charts carry in its source tree, before a release is cut. */
const DEVELOPMENT_VERSION = "1.0.0";

/** The place that Istio's charts come from, as settings name it. */
export type ChartPlace = Pick<Settings["charts"], "directory" | "oci" | "repository">;

/** Where a chart comes from: a local directory, an OCI registry, or a Helm repository. */
export function chartSource(
    chart: ChartName,
    { charts, istioVersion }: { readonly charts: ChartPlace; readonly istioVersion: string },
): ChartSource {
    if (charts.directory !== undefined) {
        // Absolute, because the engine may run the provider in another folder.
        return { chart: resolve(charts.directory, chart) };
    }
    return remoteSource(chart, istioVersion, charts, OFFICIAL_REPOSITORY);
}

/** Where the operator's chart comes from: its own local folder, an OCI registry or a Helm repository. */
export function operatorSource({ operator }: Settings["charts"]): ChartSource {
    return operator.directory === undefined
        ? remoteSource("sail-operator", operator.version, operator, OPERATOR_REPOSITORY)
        : { chart: resolve(operator.directory) };
}

/** A chart of an OCI registry or a Helm repository. */
export function remoteSource(
    chart: string,
    version: string,
    from: { readonly oci?: string | undefined; readonly repository?: string | undefined },
    official: string,
): ChartSource {
    return from.oci === undefined
        ? { chart, version, repositoryOpts: { repo: from.repository ?? official } }
        : { chart: `${from.oci}/${chart}`, version };
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
    const found = charts.map((chart) => ({ chart, version: versionIn(resolve(directory, chart)) }));
    const missing = found.filter(({ version }) => version === undefined);
    const wrong = found.filter(
        ({ version }) =>
            version !== undefined &&
            version !== settings.istioVersion &&
            version !== DEVELOPMENT_VERSION,
    );
    const problem = (given: string, allowed: string): Problem => ({
        path: ["charts", "directory"],
        given: `${JSON.stringify(directory)}: ${given}`,
        allowed,
        fix: setCommand(["charts", "directory"], "<path>"),
    });
    return [
        ...(missing.length === 0
            ? []
            : [
                  problem(
                      `no chart ${missing.map(({ chart }) => chart).join(", ")} in ${resolve(directory)}`,
                      `a directory with one folder per chart: ${charts.join(", ")}`,
                  ),
              ]),
        ...(wrong.length === 0
            ? []
            : [
                  problem(
                      wrong.map(({ chart, version }) => `${chart} ${version ?? ""}`).join(", "),
                      `charts of Istio ${settings.istioVersion}, as istioVersion says`,
                  ),
              ]),
    ];
}

/** What is wrong with a local chart of the operator: not there, or of another release. */
export function operatorProblems({
    charts: { operator },
    installMethod,
}: Pick<Settings, "charts" | "installMethod">): readonly Problem[] {
    const { directory, version } = operator;
    if (installMethod !== "sail" || directory === undefined) {
        return [];
    }
    const found = versionIn(resolve(directory));
    const path = ["charts", "operator", "directory"];
    const fix = setCommand(path, "<path>");
    if (found === undefined) {
        const given = `${JSON.stringify(directory)}: no chart in ${resolve(directory)}`;
        return [{ path, given, allowed: "the folder of the chart sail-operator", fix }];
    }
    return found === version
        ? []
        : [
              {
                  path,
                  given: `${JSON.stringify(directory)}: sail-operator ${found}`,
                  allowed: `the chart of operator ${version}, as charts.operator.version says`,
                  fix,
              },
          ];
}

/** The version of the chart in a folder, if there is a chart. */
export function versionIn(folder: string): string | undefined {
    try {
        const chart: unknown = parse(readFileSync(join(folder, "Chart.yaml"), "utf8"));
        const known = z.object({ version: z.string() }).safeParse(chart);
        return known.data?.version;
    } catch {
        return undefined;
    }
}
