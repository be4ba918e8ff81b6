/**
 * What Prometheus is to scrape, as objects of its operator. One PodMonitor sees every proxy, since
 * sidecars, gateways, waypoints and ztunnel all have a container istio-proxy that serves metrics where
 * the pod's annotations say.
 * @see https://istio.io/latest/docs/ops/integrations/prometheus/
 */
import type { Settings } from "../../settings/schema";
import { ISTIO_CNI, ISTIO_SYSTEM, usesAmbient } from "../plan/namespaces";
import { toolsOf } from "./tools";

interface Relabeling {
    readonly action?: "keep" | "replace";
    readonly sourceLabels: readonly string[];
    readonly regex?: string;
    readonly replacement?: string;
    readonly targetLabel?: string;
}

interface Endpoint {
    readonly port?: string;
    readonly path?: string;
    readonly interval: string;
    readonly relabelings?: readonly Relabeling[];
}

interface Selects {
    readonly selector: {
        readonly matchLabels?: Readonly<Record<string, string>>;
        readonly matchExpressions?: readonly { readonly key: string; readonly operator: string }[];
    };
    readonly namespaceSelector: { readonly any: true } | { readonly matchNames: readonly string[] };
}

interface Metadata {
    readonly name: string;
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
}

/** A PodMonitor or ServiceMonitor. */
export type Monitor = {
    readonly apiVersion: "monitoring.coreos.com/v1";
    readonly metadata: Metadata;
} & (
    | {
          readonly kind: "PodMonitor";
          readonly spec: Selects & {
              readonly podTargetLabels?: readonly string[];
              readonly podMetricsEndpoints: readonly Endpoint[];
          };
      }
    | {
          readonly kind: "ServiceMonitor";
          readonly spec: Selects & {
              readonly targetLabels: readonly string[];
              readonly endpoints: readonly Endpoint[];
          };
      }
);

/** Istio's dashboards look at rates over a minute, so that four samples must fall into one. */
const INTERVAL = "15s";

const PORT = "__meta_kubernetes_pod_annotation_prometheus_io_port";
const IP = "__meta_kubernetes_pod_ip";

/** The address that a proxy's annotation names, for both families of IP. */
const ADDRESS: readonly Relabeling[] = [
    { regex: String.raw`(\d+);(\d+\.\d+\.\d+\.\d+)`, replacement: "$2:$1" },
    { regex: String.raw`(\d+);([0-9a-fA-F]*:[0-9a-fA-F:]*)`, replacement: "[$2]:$1" },
].map((rule) => ({
    action: "replace",
    sourceLabels: [PORT, IP],
    targetLabel: "__address__",
    ...rule,
}));

/** Every monitor of a mesh; none where metrics are switched off or scraped in another way. */
export function monitors(
    settings: Pick<Settings, "observability" | "dataPlane" | "namespaces">,
): readonly Monitor[] {
    const { monitors: wanted, release } = settings.observability.prometheus;
    const tools = toolsOf(settings);
    if (tools?.prometheus === undefined || !wanted) {
        return [];
    }
    const metadata = (name: string): Metadata => ({
        name,
        namespace: tools.namespace,
        ...(release === undefined ? {} : { labels: { release } }),
    });
    const apiVersion = "monitoring.coreos.com/v1";
    const cni: Monitor = {
        apiVersion,
        kind: "PodMonitor",
        metadata: metadata("istio-cni"),
        spec: {
            selector: { matchLabels: { "k8s-app": "istio-cni-node" } },
            namespaceSelector: { matchNames: [ISTIO_CNI] },
            podMetricsEndpoints: [{ port: "metrics", interval: INTERVAL }],
        },
    };
    return [
        {
            apiVersion,
            kind: "ServiceMonitor",
            metadata: metadata("istiod"),
            spec: {
                // Every revision's Service has this label.
                selector: { matchLabels: { istio: "pilot" } },
                namespaceSelector: { matchNames: [ISTIO_SYSTEM] },
                // Of two control planes, dashboards and people tell which by these.
                targetLabels: ["app", "istio.io/rev"],
                endpoints: [{ port: "http-monitoring", interval: INTERVAL }],
            },
        },
        {
            apiVersion,
            kind: "PodMonitor",
            metadata: metadata("istio-proxies"),
            spec: {
                selector: {
                    matchExpressions: [
                        { key: "istio-prometheus-ignore", operator: "DoesNotExist" },
                    ],
                },
                namespaceSelector: { any: true },
                // Istio's dashboards find ztunnel by it.
                podTargetLabels: ["app"],
                podMetricsEndpoints: [
                    {
                        path: "/stats/prometheus",
                        interval: INTERVAL,
                        relabelings: [
                            {
                                action: "keep",
                                sourceLabels: ["__meta_kubernetes_pod_container_name"],
                                regex: "istio-proxy",
                            },
                            {
                                action: "keep",
                                sourceLabels: [
                                    "__meta_kubernetes_pod_annotation_prometheus_io_scrape",
                                ],
                                regex: "true",
                            },
                            ...ADDRESS,
                        ],
                    },
                ],
            },
        },
        ...(usesAmbient(settings) ? [cni] : []),
    ];
}
