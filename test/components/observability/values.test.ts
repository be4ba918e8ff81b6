import assert from "node:assert/strict";
import { grafanaValues } from "../../../components/observability/grafana-values";
import { kialiOperatorValues, kialiSpec } from "../../../components/observability/kiali-spec";
import { prometheusValues } from "../../../components/observability/prometheus-values";
import { settingsWith, type Raw } from "../../support/settings";

const on = (observability: object = {}, more: Raw = {}) =>
    settingsWith({ size: "homelab", observability: { enabled: true, ...observability }, ...more });
const production = { size: "production" };

describe("prometheusValues", () => {
    it("is demo-grade at home: one, for two days, without a volume", () => {
        const { prometheus, prometheusOperator } = prometheusValues(on());
        assert.deepEqual(prometheus.prometheusSpec, {
            replicas: 1,
            retention: "2d",
            resources: { requests: { cpu: "50m", memory: "256Mi" } },
            externalLabels: { cluster: "cluster1" },
            podMonitorSelectorNilUsesHelmValues: false,
            serviceMonitorSelectorNilUsesHelmValues: false,
            ruleSelectorNilUsesHelmValues: false,
        });
        assert.deepEqual(prometheus.service, {
            annotations: { "pulumi.com/skipAwait": "true" },
        });
        assert.deepEqual(prometheusOperator, {
            admissionWebhooks: { enabled: false },
            tls: { enabled: false },
            resources: { requests: { cpu: "10m", memory: "64Mi" } },
        });
    });

    it("is production-grade in production: two, spread, each with a volume", () => {
        const spec = prometheusValues(on({}, production)).prometheus.prometheusSpec;
        assert.deepEqual(
            [spec.replicas, spec.retention, spec.storageSpec],
            [
                2,
                "15d",
                {
                    volumeClaimTemplate: {
                        spec: {
                            accessModes: ["ReadWriteOnce"],
                            resources: { requests: { storage: "50Gi" } },
                        },
                    },
                },
            ],
        );
        assert.deepEqual(
            spec.topologySpreadConstraints?.map(({ labelSelector }) => labelSelector.matchLabels),
            [{ prometheus: "mesh-prometheus" }, { prometheus: "mesh-prometheus" }],
        );
    });

    it("keeps metrics as long and as many as is said", () => {
        const settings = on({ prometheus: { retention: "1w", storage: "5Gi" } });
        const spec = prometheusValues(settings).prometheus.prometheusSpec;
        assert.equal(spec.retention, "1w");
        assert.equal(spec.storageSpec?.volumeClaimTemplate.spec.resources.requests.storage, "5Gi");
    });
});

describe("grafanaValues", () => {
    it("asks for a password, and takes it from a Secret", () => {
        const values = grafanaValues(on());
        assert.deepEqual(values.admin, {
            existingSecret: "grafana-admin",
            userKey: "admin-user",
            passwordKey: "admin-password",
        });
        assert.deepEqual(values["grafana.ini"]["auth.anonymous"], { enabled: false });
        assert.equal(
            grafanaValues(on({ grafana: { adminSecret: "mine" } })).admin.existingSecret,
            "mine",
        );
    });

    it("has Prometheus and Jaeger as sources, those that there are", () => {
        const sources = (settings: ReturnType<typeof on>) =>
            grafanaValues(settings).datasources["datasources.yaml"].datasources.map(
                ({ name, url }) => `${name} ${url}`,
            );
        assert.deepEqual(sources(on()), [
            "Prometheus http://mesh-prometheus.observability:9090",
            "Jaeger http://jaeger-query.observability:16686",
        ]);
        assert.deepEqual(
            sources(
                on({
                    prometheus: { url: "http://prometheus.monitoring:9090" },
                    jaeger: { enabled: false },
                }),
            ),
            ["Prometheus http://prometheus.monitoring:9090"],
        );
    });

    it("fetches the dashboards of its very release of Istio, and trusts no other host", () => {
        const { dashboards, defaultCurlOptions, ...rest } = grafanaValues(
            on({}, { istioVersion: "1.30.2" }),
        );
        const folder =
            "https://raw.githubusercontent.com/istio/istio/1.30.2/manifests/addons/dashboards";
        assert.deepEqual(dashboards, {
            istio: {
                "istio-mesh": { url: `${folder}/istio-mesh-dashboard.gen.json` },
                "istio-service": { url: `${folder}/istio-service-dashboard.json` },
                "istio-workload": { url: `${folder}/istio-workload-dashboard.json` },
                "istio-performance": { url: `${folder}/istio-performance-dashboard.json` },
                istiod: { url: `${folder}/pilot-dashboard.gen.json` },
                ztunnel: { url: `${folder}/ztunnel-dashboard.gen.json` },
            },
        });
        assert.equal(defaultCurlOptions, "-sf");
        assert.equal("dashboardsConfigMaps" in rest, false);
    });

    it("takes dashboards of a folder from a ConfigMap, and fetches none", () => {
        const values = grafanaValues(on({ grafana: { dashboards: "./dashboards" } }));
        assert.deepEqual(values.dashboardsConfigMaps, { istio: "istio-dashboards" });
        assert.equal("dashboards" in values, false);
    });

    it("has a volume in production, which one pod at a time holds", () => {
        const { persistence, deploymentStrategy } = grafanaValues(on({}, production));
        assert.deepEqual(persistence, { enabled: true, size: "10Gi" });
        assert.deepEqual(deploymentStrategy, { type: "Recreate" });
        assert.equal("persistence" in grafanaValues(on()), false);
    });
});

describe("kialiSpec", () => {
    it("wants a token, looks only, knows the cluster's name, and is wired to the other tools", () => {
        assert.deepEqual(kialiSpec(on()), {
            auth: { strategy: "token" },
            deployment: {
                cluster_wide_access: true,
                view_only_mode: true,
                replicas: 1,
                resources: { requests: { cpu: "10m", memory: "64Mi" } },
            },
            external_services: {
                prometheus: { url: "http://mesh-prometheus.observability:9090" },
                grafana: {
                    enabled: true,
                    internal_url: "http://grafana.observability",
                    auth: {
                        type: "basic",
                        username: "secret:grafana-admin:admin-user",
                        password: "secret:grafana-admin:admin-password",
                    },
                },
                tracing: {
                    enabled: true,
                    provider: "jaeger",
                    use_grpc: true,
                    internal_url: "http://jaeger-query.observability:16685",
                },
            },
            kubernetes_config: { cluster_name: "cluster1" },
        });
    });

    it("asks existing tools at their addresses, and hands them no password", () => {
        const { external_services } = kialiSpec(
            on({
                prometheus: { url: "http://prometheus.monitoring:9090" },
                grafana: { url: "http://grafana.monitoring" },
                jaeger: { url: "http://jaeger.tracing:16686" },
                tracing: { collector: "otel.tracing.svc.cluster.local:4317" },
            }),
        );
        assert.deepEqual(external_services, {
            prometheus: { url: "http://prometheus.monitoring:9090" },
            grafana: { enabled: true, internal_url: "http://grafana.monitoring" },
            tracing: {
                enabled: true,
                provider: "jaeger",
                use_grpc: false,
                internal_url: "http://jaeger.tracing:16686",
            },
        });
    });

    it("says so where there is no Grafana and no Jaeger", () => {
        const off = { enabled: false };
        const { grafana, tracing } = kialiSpec(on({ grafana: off, jaeger: off })).external_services;
        assert.deepEqual([grafana, tracing], [off, off]);
    });

    it("lets in whom an OpenID issuer knows", () => {
        const openid = { issuer: "https://issuer.example.com", clientId: "kiali" };
        assert.deepEqual(kialiSpec(on({ kiali: { auth: "openid", openid } })).auth, {
            strategy: "openid",
            openid: { issuer_uri: "https://issuer.example.com", client_id: "kiali" },
        });
    });

    it("survives a drain in production", () => {
        const { replicas, pod_disruption_budget } = kialiSpec(on({}, production)).deployment;
        assert.deepEqual([replicas, pod_disruption_budget], [2, { spec: { minAvailable: 1 } }]);
    });
});

describe("kialiOperatorValues", () => {
    it("asks for no right that a Kiali which only looks doesn't need", () => {
        assert.deepEqual(kialiOperatorValues(on()), {
            fullnameOverride: "kiali-operator",
            resources: { requests: { cpu: "10m", memory: "64Mi" } },
            onlyViewOnlyMode: true,
            cr: { create: false },
        });
    });
});
