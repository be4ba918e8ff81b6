import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Jaeger, Kiali, Mesh, MeshObservability } from "../../components";
import { RESERVED } from "../../settings/reserved";
import { deploy, find, outline } from "../support/mocks";
import { settingsWith, type Raw } from "../support/settings";

/** Runs the section alone, switched on. */
function tools(observability: object = {}, more: Raw = {}) {
    return deploy(
        () =>
            new MeshObservability("o11y", {
                cluster: { name: "cluster1" },
                istioVersion: "1.31.3",
                size: "homelab",
                observability,
                ...more,
            }),
    );
}

const off = { enabled: false };

describe("MeshObservability", () => {
    it("makes a component of each tool, and what is traced", async () => {
        const { resources } = await tools();
        const inside = "after o11y-namespace";
        assert.deepEqual(outline(resources).sort(), [
            `istio-mesh:mesh:Grafana o11y-grafana | in o11y | ${inside}`,
            `istio-mesh:mesh:Jaeger o11y-jaeger | in o11y | ${inside}`,
            `istio-mesh:mesh:Kiali o11y-kiali | in o11y | ${inside}`,
            "istio-mesh:mesh:MeshObservability o11y",
            `istio-mesh:mesh:Prometheus o11y-prometheus | in o11y | ${inside}`,
            `kubernetes:apps/v1:StatefulSet o11y-jaeger-stateful-set | in o11y-jaeger | after o11y-jaeger-config`,
            `kubernetes:core/v1:ConfigMap o11y-jaeger-config | in o11y-jaeger | ${inside}`,
            "kubernetes:core/v1:Namespace o11y-namespace | in o11y",
            `kubernetes:core/v1:Secret o11y-grafana-admin | in o11y-grafana | after o11y-grafana-password, o11y-namespace`,
            `kubernetes:core/v1:Service o11y-jaeger-jaeger-collector | in o11y-jaeger | ${inside}`,
            `kubernetes:core/v1:Service o11y-jaeger-jaeger-query | in o11y-jaeger | ${inside}`,
            "kubernetes:helm.sh/v4:Chart o11y-grafana-chart | in o11y-grafana | after o11y-grafana-admin",
            `kubernetes:helm.sh/v4:Chart o11y-kiali-operator | in o11y-kiali | ${inside}`,
            `kubernetes:helm.sh/v4:Chart o11y-prometheus-chart | in o11y-prometheus | ${inside}`,
            "kubernetes:kiali.io/v1alpha1:Kiali o11y-kiali-kiali | in o11y-kiali | after o11y-kiali-operator",
            "kubernetes:monitoring.coreos.com/v1:PodMonitor o11y-prometheus-istio-proxies | in o11y-prometheus | after o11y-prometheus-chart",
            "kubernetes:monitoring.coreos.com/v1:ServiceMonitor o11y-prometheus-istiod | in o11y-prometheus | after o11y-prometheus-chart",
            "kubernetes:telemetry.istio.io/v1:Telemetry o11y-telemetry | in o11y",
            "random:index/randomPassword:RandomPassword o11y-grafana-password | in o11y-grafana",
        ]);
        assert.deepEqual(find(resources, "o11y-namespace").inputs["metadata"], {
            name: "observability",
            labels: { "istio-injection": "disabled" },
        });
        assert.deepEqual(find(resources, "o11y-jaeger-jaeger-query").inputs["metadata"], {
            name: "jaeger-query",
            namespace: "observability",
            annotations: { "pulumi.com/skipAwait": "true" },
        });
    });

    it("keeps the admin's password a secret", async () => {
        const { resources } = await tools();
        const { stringData } = find(resources, "o11y-grafana-admin").inputs;
        // The played engine hands secrets over with their mark.
        assert.ok(pulumi.runtime.isRpcSecret(stringData), "not a secret");
        const { "admin-user": user } = pulumi.runtime.unwrapRpcSecret(stringData) as {
            "admin-user": string;
        };
        assert.equal(user, "admin");
        assert.deepEqual(find(resources, "o11y-grafana-password").inputs, {
            length: 32,
            special: false,
        });
    });

    it("makes up no password for a Secret that exists", async () => {
        const { resources } = await tools({ grafana: { adminSecret: "mine" } });
        const types = resources.map(({ type }) => type);
        assert.equal(types.includes("random:index/randomPassword:RandomPassword"), false);
        assert.equal(types.includes("kubernetes:core/v1:Secret"), false);
    });

    it("makes only monitors and a Kiali beside tools that exist", async () => {
        const { resources } = await tools({
            prometheus: { url: "http://prometheus.monitoring:9090" },
            grafana: { url: "http://grafana.monitoring" },
            jaeger: { url: "http://jaeger.tracing:16686" },
            tracing: { collector: "otel.tracing.svc.cluster.local:4317" },
        });
        const inside = "after o11y-namespace";
        assert.deepEqual(outline(resources).sort(), [
            `istio-mesh:mesh:Kiali o11y-kiali | in o11y | ${inside}`,
            "istio-mesh:mesh:MeshObservability o11y",
            `istio-mesh:mesh:Prometheus o11y-prometheus | in o11y | ${inside}`,
            "kubernetes:core/v1:Namespace o11y-namespace | in o11y",
            `kubernetes:helm.sh/v4:Chart o11y-kiali-operator | in o11y-kiali | ${inside}`,
            "kubernetes:kiali.io/v1alpha1:Kiali o11y-kiali-kiali | in o11y-kiali | after o11y-kiali-operator",
            `kubernetes:monitoring.coreos.com/v1:PodMonitor o11y-prometheus-istio-proxies | in o11y-prometheus | ${inside}`,
            `kubernetes:monitoring.coreos.com/v1:ServiceMonitor o11y-prometheus-istiod | in o11y-prometheus | ${inside}`,
            "kubernetes:telemetry.istio.io/v1:Telemetry o11y-telemetry | in o11y",
        ]);
    });

    it("makes no Telemetry where spans have nowhere to go", async () => {
        const { resources } = await tools({ jaeger: off, kiali: off, grafana: off });
        assert.deepEqual(
            resources.filter(({ type }) => /Telemetry|Jaeger|Kiali|Grafana/.test(type)),
            [],
        );
    });

    it("keeps the CRDs that its charts bring", async () => {
        const { resources } = await tools();
        const transforms = ["o11y-prometheus-chart", "o11y-kiali-operator"].map(
            (name) => find(resources, name).options.transforms,
        );
        assert.deepEqual(transforms, [["keptCrds"], ["keptCrds"]]);
    });

    it("can be made twice in one program, by other names", async () => {
        const least = { cluster: { name: "cluster1" }, istioVersion: "1.31.3" };
        const { resources } = await deploy(() => {
            new MeshObservability("blue", least);
            new MeshObservability("green", least);
        });
        const ids = resources.map(({ type, name }) => `${type} ${name}`);
        assert.equal(new Set(ids).size, ids.length);
    });

    it("refuses what is wrong, all at once, and makes nothing", async () => {
        const { resources } = await deploy(() => {
            assert.throws(
                () =>
                    new Kiali("graph", {
                        cluster: { name: "cluster1" },
                        istioVersion: "1.31.3",
                        observability: {
                            namespace: "kube-system",
                            kiali: { auth: "anonymous" },
                        },
                    }),
                {
                    message: `Kiali graph was not made.

  observability.namespace
    given:   "kube-system"
    allowed: a namespace of its own, which this stack makes: none of ${RESERVED}
    fix:     mend it in the arguments

  observability.kiali.auth
    given:   "anonymous", with size "production"
    allowed: "token", "openid": whoever reaches Kiali sees the whole mesh
    fix:     mend it in the arguments`,
                },
            );
            assert.throws(
                () =>
                    new Jaeger("traces", {
                        cluster: { name: "cluster1" },
                        istioVersion: "latest",
                    }),
                /^Error: Jaeger traces was not made\.\n\n {2}istioVersion\n/,
            );
        });
        assert.deepEqual(resources, []);
    });

    it("is part of a mesh once its control plane is ready, and only by the switch", async () => {
        const mesh = async (raw: Raw) =>
            (await deploy(() => new Mesh("mesh", settingsWith(raw)))).resources;
        assert.deepEqual(
            (await mesh({})).filter(({ name }) => name.startsWith("mesh-observability")),
            [],
        );
        const resources = await mesh({ observability: { enabled: true } });
        const install = ["mesh-helm-base", "mesh-helm-istiod"];
        for (const name of ["mesh-observability-namespace", "mesh-observability-telemetry"]) {
            assert.deepEqual(find(resources, name).dependsOn, install);
        }
    });
});
