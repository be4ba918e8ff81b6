import type { Settings } from "../../settings/schema";
import { TOOL_NUMBERS } from "./numbers";

/** What observability is planned from: plain settings, so that a test needs nothing else. */
export type ObservabilityInput = Pick<
    Settings,
    "observability" | "size" | "cluster" | "istioVersion" | "dataPlane" | "namespaces"
>;

/** Name of the extension provider that takes spans. */
export const TRACING_PROVIDER = "otel-tracing";

/** Names in the section's namespace. */
export const NAMES = {
    /** Prefix of all that the chart kube-prometheus-stack makes. */
    prometheus: "mesh",
    grafana: "grafana",
    grafanaAdmin: "grafana-admin",
    dashboards: "istio-dashboards",
    jaeger: "jaeger",
    jaegerCollector: "jaeger-collector",
    jaegerQuery: "jaeger-query",
    kiali: "kiali",
    kialiOperator: "kiali-operator",
} as const;

/** Ports of Jaeger: spans over gRPC, its pages, and its queries over gRPC. */
export const JAEGER_PORTS = { spans: 4317, pages: 16686, queries: 16685 } as const;

/** A tool that answers at a URL, made by this stack or not. */
export interface Tool {
    readonly url: string;
    readonly own: boolean;
}

/** Which tools there are. */
export interface Tools {
    readonly namespace: string;
    readonly prometheus?: Tool;
    readonly grafana?: Tool;
    readonly jaeger?: Tool;
    /** Whether there is a Kiali, always this stack's own. */
    readonly kiali: boolean;
    /** Where proxies send spans. */
    readonly collector?: { readonly host: string; readonly port: number };
}

/** The tools that a stack's settings come to; nothing while they are switched off. */
export function toolsOf({ observability }: Pick<Settings, "observability">): Tools | undefined {
    const { enabled, namespace, prometheus, grafana, tracing, jaeger, kiali } = observability;
    if (!enabled) {
        return undefined;
    }
    const tool = (
        settings: { readonly enabled: boolean; readonly url?: string | undefined },
        url: string,
    ): Tool | undefined =>
        settings.enabled
            ? { url: settings.url ?? url, own: settings.url === undefined }
            : undefined;
    const tools = {
        prometheus: tool(prometheus, `http://${NAMES.prometheus}-prometheus.${namespace}:9090`),
        grafana: tool(grafana, `http://${NAMES.grafana}.${namespace}`),
        jaeger: tool(jaeger, `http://${NAMES.jaegerQuery}.${namespace}:${JAEGER_PORTS.pages}`),
    };
    const [host, port] = (
        tracing.collector ??
        (tools.jaeger?.own === true
            ? `${NAMES.jaegerCollector}.${namespace}.svc.cluster.local:${JAEGER_PORTS.spans}`
            : "")
    ).split(":");
    return {
        namespace,
        kiali: kiali.enabled,
        ...(tools.prometheus === undefined ? {} : { prometheus: tools.prometheus }),
        ...(tools.grafana === undefined ? {} : { grafana: tools.grafana }),
        ...(tools.jaeger === undefined ? {} : { jaeger: tools.jaeger }),
        ...(host === undefined || host === "" ? {} : { collector: { host, port: Number(port) } }),
    };
}

/** Percentage of requests that are traced. */
export function samplingOf({
    observability,
    size,
}: Pick<Settings, "observability" | "size">): number {
    return observability.tracing.sampling ?? TOOL_NUMBERS[size].sampling;
}

/** Whether a password is made up, so that the program needs the provider that does so. */
export function makesPassword(settings: Pick<Settings, "observability">): boolean {
    return (
        toolsOf(settings)?.grafana?.own === true &&
        settings.observability.grafana.adminSecret === undefined
    );
}
