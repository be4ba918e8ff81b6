import { cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { RECOMMENDED_ISTIO } from "../../components/plan/versions";
import {
    GRAFANA_CHART,
    kialiChart,
    PROMETHEUS_CHART,
} from "../../components/observability/versions";
import type { ChartSources } from "../charts";
import { PROJECT_FOLDER } from "../places";

const CHARTS = join(PROJECT_FOLDER, "sandbox", "observability", "charts");

/** What is read of a stack's section `observability`. */
interface Section {
    readonly enabled?: unknown;
    readonly charts?: { readonly oci?: unknown; readonly directory?: unknown };
    readonly grafana?: Readonly<Record<string, unknown>>;
    readonly [other: string]: unknown;
}

/**
 * Writes stand-ins for the tools' charts into `place`: the real ones can't be had without their
 * repositories. The kinds of the monitors are real; what runs of the tools is kwok's play.
 * @param crds folder with the CRDs of Prometheus' operator.
 * @returns the folder of the charts.
 */
export async function writeToolCharts(
    place: string,
    istioVersion: string,
    crds: string,
): Promise<string> {
    const folder = join(place, "observability-charts");
    await rm(folder, { recursive: true, force: true });
    await cp(CHARTS, folder, { recursive: true });
    const releases = {
        "kube-prometheus-stack": PROMETHEUS_CHART,
        grafana: GRAFANA_CHART,
        "kiali-operator": kialiChart(istioVersion),
    };
    for (const [name, { version }] of Object.entries(releases)) {
        const description = `Stand-in of the sandbox for the chart ${name}`;
        await writeFile(
            join(folder, name, "Chart.yaml"),
            stringify({ apiVersion: "v2", name, description, version }),
        );
    }
    const target = join(folder, "kube-prometheus-stack", "crds");
    await mkdir(target, { recursive: true });
    for (const file of await readdir(crds)) {
        await cp(join(crds, file), join(target, file));
    }
    return folder;
}

/**
 * What a stack's section `observability` says in a closed network: stand-ins in place of charts that it
 * would fetch, dashboards from Istio's own source, and a Secret by name, since the provider that makes
 * passwords up can't be had. What the stack says itself stays; nothing where it is switched off.
 */
export async function withStandIns(
    section: Section | undefined,
    { istioVersion, folder }: { readonly istioVersion: unknown; readonly folder: string },
    { monitoring, dashboards }: ChartSources,
): Promise<Section | undefined> {
    if (section?.enabled !== true || monitoring === undefined) {
        return undefined;
    }
    const version = typeof istioVersion === "string" ? istioVersion : RECOMMENDED_ISTIO;
    const { charts } = section;
    const local =
        charts?.directory === undefined
            ? { directory: await writeToolCharts(folder, version, monitoring) }
            : charts;
    return {
        ...section,
        charts: local,
        grafana: {
            ...(section.grafana?.["url"] === undefined
                ? { adminSecret: "grafana-admin", dashboards }
                : {}),
            ...section.grafana,
        },
    };
}
