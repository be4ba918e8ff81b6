import { resolve } from "node:path";
import { setCommand } from "../../settings/commands";
import type { Problem } from "../../settings/problems";
import type { Settings } from "../../settings/schema";
import { remoteSource, versionIn, type ChartSource } from "../plan/chart-source";
import { toolsOf } from "./tools";
import { GRAFANA_CHART, kialiChart, PROMETHEUS_CHART, type ToolChart } from "./versions";

/** Charts of the tools, as they are named in their repositories. */
export type ToolChartName = "kube-prometheus-stack" | "grafana" | "kiali-operator";

type FromWhere = Pick<Settings, "observability" | "istioVersion">;

function chartNamed(name: ToolChartName, istioVersion: string): ToolChart {
    switch (name) {
        case "kube-prometheus-stack":
            return PROMETHEUS_CHART;
        case "grafana":
            return GRAFANA_CHART;
        case "kiali-operator":
            return kialiChart(istioVersion);
    }
}

/** Where a tool's chart comes from: a local directory, an OCI registry, or its own Helm repository. */
export function toolChart(
    name: ToolChartName,
    { observability: { charts }, istioVersion }: FromWhere,
): ChartSource {
    const { version, repository } = chartNamed(name, istioVersion);
    return charts.directory === undefined
        ? remoteSource(name, version, charts, repository)
        : // Absolute, because the engine may run the provider in another folder.
          { chart: resolve(charts.directory, name) };
}

/** The charts that a stack's tools need. */
export function toolCharts(settings: Pick<Settings, "observability">): readonly ToolChartName[] {
    const tools = toolsOf(settings);
    return [
        ...(tools?.prometheus?.own === true ? (["kube-prometheus-stack"] as const) : []),
        ...(tools?.grafana?.own === true ? (["grafana"] as const) : []),
        ...(tools?.kiali === true ? (["kiali-operator"] as const) : []),
    ];
}

/** What is wrong with a local directory of the tools' charts: charts it lacks, or of another version. */
export function toolChartProblems(settings: FromWhere): readonly Problem[] {
    const { directory } = settings.observability.charts;
    if (directory === undefined) {
        return [];
    }
    const path = ["observability", "charts", "directory"];
    return toolCharts(settings).flatMap((name): Problem[] => {
        const folder = resolve(directory, name);
        const found = versionIn(folder);
        const { version } = chartNamed(name, settings.istioVersion);
        return found === version
            ? []
            : [
                  {
                      path,
                      given: `${JSON.stringify(directory)}: ${found === undefined ? `no chart in ${folder}` : `${name} ${found}`}`,
                      allowed: `a directory with chart ${version} in the folder ${name}`,
                      fix: setCommand(path, "<path>"),
                  },
              ];
    });
}
