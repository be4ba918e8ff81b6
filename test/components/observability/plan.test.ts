import assert from "node:assert/strict";
import { manifestMisfits } from "../../../components/kinds";
import { monitors } from "../../../components/observability/monitors";
import { extensionProviders, meshTelemetry } from "../../../components/observability/telemetry";
import { makesPassword, samplingOf, toolsOf } from "../../../components/observability/tools";
import { planValues } from "../../../components/plan/helm-plan";
import { istioValues } from "../../../components/sail/values";
import { settingsWith, type Raw } from "../../support/settings";

const on = (observability: object = {}, more: Raw = {}) =>
    settingsWith({ size: "homelab", observability: { enabled: true, ...observability }, ...more });

describe("toolsOf", () => {
    it("is nothing until the switch is on", () => {
        assert.equal(
            toolsOf(settingsWith({ observability: { jaeger: { enabled: true } } })),
            undefined,
        );
    });

    it("has every tool by one switch, at addresses of its own", () => {
        assert.deepEqual(toolsOf(on()), {
            namespace: "observability",
            kiali: true,
            prometheus: { url: "http://mesh-prometheus.observability:9090", own: true },
            grafana: { url: "http://grafana.observability", own: true },
            jaeger: { url: "http://jaeger-query.observability:16686", own: true },
            collector: { host: "jaeger-collector.observability.svc.cluster.local", port: 4317 },
        });
    });

    it("leaves out what is switched off", () => {
        const off = { enabled: false };
        assert.deepEqual(toolsOf(on({ grafana: off, jaeger: off, kiali: off })), {
            namespace: "observability",
            kiali: false,
            prometheus: { url: "http://mesh-prometheus.observability:9090", own: true },
        });
    });

    it("takes existing tools by their addresses", () => {
        const tools = toolsOf(
            on({
                prometheus: { url: "http://prometheus.monitoring:9090" },
                grafana: { url: "https://grafana.example.com" },
                jaeger: { url: "http://jaeger.tracing:16686" },
                tracing: { collector: "otel.tracing.svc.cluster.local:14317" },
            }),
        );
        assert.deepEqual(tools, {
            namespace: "observability",
            kiali: true,
            prometheus: { url: "http://prometheus.monitoring:9090", own: false },
            grafana: { url: "https://grafana.example.com", own: false },
            jaeger: { url: "http://jaeger.tracing:16686", own: false },
            collector: { host: "otel.tracing.svc.cluster.local", port: 14317 },
        });
    });

    it("sends spans to a collector instead, also beside a Jaeger", () => {
        const tools = toolsOf(on({ tracing: { collector: "otel.example.com:4317" } }));
        assert.deepEqual(tools?.collector, { host: "otel.example.com", port: 4317 });
        assert.equal(tools.jaeger?.own, true);
    });
});

describe("makesPassword", () => {
    const rows: readonly [title: string, settings: ReturnType<typeof on>, made: boolean][] = [
        ["for its own Grafana", on(), true],
        ["not for a Secret that exists", on({ grafana: { adminSecret: "mine" } }), false],
        ["not for an existing Grafana", on({ grafana: { url: "http://g.example.com" } }), false],
        ["not without a Grafana", on({ grafana: { enabled: false } }), false],
        ["not while all is off", settingsWith(), false],
    ];
    for (const [title, settings, made] of rows) {
        it(`is ${made}: ${title}`, () => {
            assert.equal(makesPassword(settings), made);
        });
    }
});

describe("samplingOf", () => {
    it("traces all at home, one of a hundred in production, or what is said", () => {
        assert.deepEqual(
            [
                samplingOf(on()),
                samplingOf(on({}, { size: "production" })),
                samplingOf(on({ tracing: { sampling: 0 } })),
                samplingOf(on({ tracing: { sampling: 12.5 } })),
            ],
            [100, 1, 0, 12.5],
        );
    });
});

describe("tracing", () => {
    const provider = {
        name: "otel-tracing",
        opentelemetry: { service: "jaeger-collector.observability.svc.cluster.local", port: 4317 },
    };

    it("is a provider in the mesh's configuration, by both methods, and a Telemetry that names it", () => {
        const settings = on();
        assert.deepEqual(extensionProviders(settings), [provider]);
        const { istiod } = planValues(settings);
        assert.deepEqual(istiod.meshConfig.extensionProviders, [provider]);
        assert.deepEqual(istioValues(istiod).meshConfig?.extensionProviders, [provider]);
        const telemetry = meshTelemetry(settings);
        assert.deepEqual(telemetry, {
            apiVersion: "telemetry.istio.io/v1",
            kind: "Telemetry",
            metadata: { name: "mesh-default", namespace: "istio-system" },
            spec: {
                tracing: [{ providers: [{ name: "otel-tracing" }], randomSamplingPercentage: 100 }],
            },
        });
        assert.deepEqual(manifestMisfits(telemetry), []);
    });

    it("is nothing where spans have nowhere to go", () => {
        const settings = on({ jaeger: { enabled: false } });
        assert.equal(meshTelemetry(settings), undefined);
        assert.equal("extensionProviders" in planValues(settings).istiod.meshConfig, false);
    });
});

describe("monitors", () => {
    const named = (settings: ReturnType<typeof on>) =>
        monitors(settings).map(({ kind, metadata }) => `${kind} ${metadata.name}`);

    it("see istiod and every proxy, and in an ambient mesh the node agent", () => {
        const sidecars = ["ServiceMonitor istiod", "PodMonitor istio-proxies"];
        assert.deepEqual(named(on()), sidecars);
        assert.deepEqual(named(on({}, { dataPlane: "ambient" })), [
            ...sidecars,
            "PodMonitor istio-cni",
        ]);
        assert.deepEqual(
            named(on({}, { namespaces: [{ name: "shop", dataPlane: "ambient" }] })).length,
            3,
        );
    });

    it("find istiod of every revision by its Service", () => {
        const [istiod] = monitors(on());
        assert.deepEqual(istiod, {
            apiVersion: "monitoring.coreos.com/v1",
            kind: "ServiceMonitor",
            metadata: { name: "istiod", namespace: "observability" },
            spec: {
                selector: { matchLabels: { istio: "pilot" } },
                namespaceSelector: { matchNames: ["istio-system"] },
                targetLabels: ["app", "istio.io/rev"],
                endpoints: [{ port: "http-monitoring", interval: "15s" }],
            },
        });
    });

    /** What Prometheus makes of a pod's labels: it anchors each expression. */
    function addressOf(port: string, ip: string): string | undefined {
        const proxies = monitors(on()).find(({ metadata }) => metadata.name === "istio-proxies");
        const rules =
            proxies?.kind === "PodMonitor"
                ? (proxies.spec.podMetricsEndpoints[0]?.relabelings ?? [])
                : [];
        return rules
            .filter(({ targetLabel }) => targetLabel === "__address__")
            .flatMap(({ regex = "", replacement = "" }) => {
                const whole = new RegExp(`^(?:${regex})$`);
                const joined = `${port};${ip}`;
                return whole.test(joined) ? [joined.replace(whole, replacement)] : [];
            })[0];
    }

    it("scrape a proxy at the port of its annotation, over IPv4 and IPv6", () => {
        assert.deepEqual(
            [
                addressOf("15020", "10.1.2.3"),
                addressOf("15020", "fd00::1:2"),
                addressOf("15020", "::1"),
                addressOf("", "10.1.2.3"),
            ],
            ["10.1.2.3:15020", "[fd00::1:2]:15020", "[::1]:15020", undefined],
        );
    });

    it("carry the label by which an existing Prometheus selects them", () => {
        const settings = on({
            prometheus: { url: "http://prometheus.monitoring:9090", release: "stack" },
        });
        assert.deepEqual(
            monitors(settings).map(({ metadata }) => metadata.labels),
            [{ release: "stack" }, { release: "stack" }],
        );
    });

    it("are left out where nobody would read them", () => {
        assert.deepEqual(named(settingsWith()), []);
        assert.deepEqual(named(on({ prometheus: { monitors: false } })), []);
        const off = { enabled: false };
        assert.deepEqual(named(on({ prometheus: off, grafana: off, kiali: off })), []);
    });
});
