/** The releases of the observability tools. A version bump changes this file. */
import { minorOf } from "../plan/versions";

/** A tool's chart: its release, and its own Helm repository. */
export interface ToolChart {
    readonly version: string;
    readonly repository: string;
}

/** Charts whose release doesn't follow Istio's. */
export const PROMETHEUS_CHART: ToolChart = {
    version: "88.5.3",
    repository: "https://prometheus-community.github.io/helm-charts",
};
export const GRAFANA_CHART: ToolChart = {
    version: "12.11.1",
    repository: "https://grafana-community.github.io/helm-charts",
};

/** Jaeger: collector, storage and query in one program. */
export const JAEGER_IMAGE = "docker.io/jaegertracing/jaeger:2.19.0";

/**
 * The Kiali that each minor of Istio ships in its samples: both were tested together.
 * @see https://github.com/istio/istio/blob/master/samples/addons/kiali.yaml at the release's tag
 */
const KIALI: Readonly<Record<string, string>> = { "1.30": "2.26.0", "1.31": "2.31.0" };

/**
 * The operator's chart for a release of Istio.
 * @throws when no Kiali is known for it
 */
export function kialiChart(istioVersion: string): ToolChart {
    const version = KIALI[minorOf(istioVersion)];
    if (version === undefined) {
        throw new Error(`no Kiali is known for Istio ${istioVersion}`);
    }
    return { version, repository: "https://kiali.org/helm-charts" };
}
