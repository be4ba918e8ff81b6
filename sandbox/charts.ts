import { chmod, cp, mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { OPERATOR_REPOSITORY } from "../components/plan/chart-source";
import { moduleSource } from "./build";
import {
    CHART_REPOSITORY,
    CHARTS_MODULE,
    GATEWAY_API_MODULE,
    PROMETHEUS_OPERATOR_MODULE,
} from "./catalog";
import { reachable } from "./download";
import { withLock } from "./lock";
import { cacheFolder } from "./places";
import { diskFull, SandboxProblem, saysDiskFull } from "./problem";
import type { Progress } from "./progress";

/** Where each chart lies in Istio's source. */
const CHARTS = {
    base: "manifests/charts/base",
    istiod: "manifests/charts/istio-control/istio-discovery",
    cni: "manifests/charts/istio-cni",
    ztunnel: "manifests/charts/ztunnel",
    gateway: "manifests/charts/gateway",
} as const;

/** CRDs of Prometheus' operator that stand-ins and monitors need, each where it lies in its source. */
const MONITORING = Object.fromEntries(
    ["podmonitors", "prometheuses", "servicemonitors"].map((kind) => [
        `${kind}.yaml`,
        `example/prometheus-operator-crd/monitoring.coreos.com_${kind}.yaml`,
    ]),
);

/** Local copies of what a stack otherwise fetches from the network. */
export interface ChartSources {
    /** Folder with base, istiod, cni, ztunnel and gateway; absent when the official repository answers. */
    readonly charts?: string;
    /** Folder with the CRDs of the Gateway API's standard channel. */
    readonly gatewayApi?: string;
    /** Folder with Istio's dashboards of Grafana. */
    readonly dashboards?: string;
    /** Folder with the CRDs of Prometheus' operator; where it is set, the tools' charts are stand-ins. */
    readonly monitoring?: string;
    /** Whether the Sail Operator's chart is replaced by the sandbox's stand-in for it. */
    readonly standIn?: true;
}

/**
 * Says where this sandbox's stacks take their charts from: their own source while the official chart
 * repository answers, else copies out of the Go modules, kept in the cache.
 * @throws SandboxProblem when neither can be had.
 */
export async function chartSources(progress: Progress): Promise<ChartSources> {
    if ((await reachable([CHART_REPOSITORY])).size > 0) {
        const operator = await reachable([`${OPERATOR_REPOSITORY}/index.yaml`]);
        return operator.size > 0 ? {} : { standIn: true };
    }
    const cache = cacheFolder();
    const chartsPlace = join(cache, "istio-charts", CHARTS_MODULE.version);
    const gatewayPlace = join(cache, "gateway-api", GATEWAY_API_MODULE.version);
    const dashboardsPlace = join(cache, "istio-dashboards", CHARTS_MODULE.version);
    const monitoringPlace = join(
        cache,
        "prometheus-operator-crds",
        PROMETHEUS_OPERATOR_MODULE.version,
    );
    const copies = [
        { place: chartsPlace, from: CHARTS_MODULE, parts: CHARTS, what: "Istio's charts" },
        {
            place: gatewayPlace,
            from: GATEWAY_API_MODULE,
            parts: { standard: "config/crd/standard" },
            what: "the Gateway API's CRDs",
        },
        {
            place: dashboardsPlace,
            from: CHARTS_MODULE,
            parts: { dashboards: "manifests/addons/dashboards" },
            what: "Istio's dashboards",
        },
        {
            place: monitoringPlace,
            from: PROMETHEUS_OPERATOR_MODULE,
            parts: MONITORING,
            what: "the CRDs of Prometheus' operator",
        },
    ];
    for (const { place, from, parts, what } of copies) {
        if (await hasParts(place, Object.keys(parts))) continue;
        await withLock(join(cache, "lock"), "copying charts", progress, () =>
            progress.step(`Copying ${what} out of the Go module ${from.module}`, async () => {
                const source = await moduleSource(from.folder, from.module);
                await copyParts(source, parts, place);
            }),
        );
    }
    return {
        charts: chartsPlace,
        gatewayApi: join(gatewayPlace, "standard"),
        dashboards: join(dashboardsPlace, "dashboards"),
        monitoring: monitoringPlace,
        standIn: true,
    };
}

async function hasParts(place: string, parts: readonly string[]): Promise<boolean> {
    try {
        const names = await readdir(place);
        return parts.every((part) => names.includes(part));
    } catch {
        return false;
    }
}

async function copyParts(
    source: string,
    parts: Readonly<Record<string, string>>,
    place: string,
): Promise<void> {
    const beside = `${place}.partial`;
    await removeCopy(beside);
    try {
        await mkdir(beside, { recursive: true });
        for (const [part, path] of Object.entries(parts)) {
            await cp(join(source, path), join(beside, part), { recursive: true });
        }
        await makeWritable(beside);
        await removeCopy(place);
        await rename(beside, place);
    } catch (error) {
        await removeCopy(beside);
        if (saysDiskFull(error)) throw diskFull(place, 10);
        throw new SandboxProblem(
            `The charts can't be copied from ${source}: ${String(error)}`,
            "Run go clean -modcache.",
        );
    }
}

/** Go's module folders are read-only, and so is a copy of them: an ordinary user could never delete it. */
async function makeWritable(folder: string): Promise<void> {
    await chmod(folder, 0o755);
    for (const entry of await readdir(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) await makeWritable(path);
        else await chmod(path, 0o644);
    }
}

async function removeCopy(folder: string): Promise<void> {
    await makeWritable(folder).catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
}
