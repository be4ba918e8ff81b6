import type { Settings } from "../../settings/schema";
import { NOT_AWAITED } from "../plan/awaiting";
import { resources, spread } from "../plan/helm-plan";
import { TOOL_NUMBERS } from "./numbers";
import { NAMES } from "./tools";

/** What the chart's values are planned from. */
export type PrometheusInput = Pick<Settings, "observability" | "size" | "cluster">;

/** A claim for a volume of that size. */
export function claim(storage: string) {
    return {
        accessModes: ["ReadWriteOnce"],
        resources: { requests: { storage } },
    };
}

const off = { enabled: false };

/**
 * Values of the chart kube-prometheus-stack: the operator and one Prometheus that takes every monitor of
 * the cluster. All that watches Kubernetes itself is left to whoever watches the cluster, but for the
 * kubelet, whose containers' CPU and memory Istio's dashboards show.
 * @see https://github.com/prometheus-community/helm-charts/tree/main/charts/kube-prometheus-stack
 */
export function prometheusValues({ observability, size, cluster }: PrometheusInput) {
    const { retention, storage } = observability.prometheus;
    const { prometheus, prometheusOperator } = TOOL_NUMBERS[size];
    const volume = storage ?? prometheus.storage;
    return {
        fullnameOverride: NAMES.prometheus,
        defaultRules: { create: false },
        ...{ alertmanager: off, grafana: off, kubeStateMetrics: off, nodeExporter: off },
        ...{ kubeApiServer: off, kubeControllerManager: off, kubeScheduler: off, kubeEtcd: off },
        ...{ coreDns: off, kubeProxy: off },
        prometheusOperator: {
            // Its certificate comes from jobs that are Helm's hooks, which nobody would run here.
            admissionWebhooks: off,
            tls: off,
            resources: resources(prometheusOperator),
        },
        prometheus: {
            // Its pods are the operator's work, and may come after all that is waited for.
            service: { annotations: NOT_AWAITED },
            prometheusSpec: {
                replicas: prometheus.replicas,
                retention: retention ?? prometheus.retention,
                resources: resources(prometheus),
                // The same name that istiod and the proxies have.
                externalLabels: { cluster: cluster.name },
                // Else only monitors with the release's label would be taken.
                podMonitorSelectorNilUsesHelmValues: false,
                serviceMonitorSelectorNilUsesHelmValues: false,
                ruleSelectorNilUsesHelmValues: false,
                ...(prometheus.replicas > 1
                    ? {
                          topologySpreadConstraints: spread({
                              prometheus: `${NAMES.prometheus}-prometheus`,
                          }),
                      }
                    : {}),
                ...(volume === undefined
                    ? {}
                    : { storageSpec: { volumeClaimTemplate: { spec: claim(volume) } } }),
            },
        },
    };
}
