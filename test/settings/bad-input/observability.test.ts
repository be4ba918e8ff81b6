import { RESERVED } from "../../../settings/reserved";
import { table } from "./table";

const t = (observability: object, more: object = {}) => ({
    observability: { enabled: true, ...observability },
    ...more,
});
const at = (key: string) => `observability.${key}`;
const set = (key: string, value: string) =>
    `pulumi config set --path 'istio-mesh:observability.${key}' ${value}`;
const rm = (key: string) => `pulumi config rm --path 'istio-mesh:observability.${key}'`;
const off = { enabled: false };

table("checkSettings, of a bad section observability", [
    [
        "a namespace of Kubernetes' own",
        t({ namespace: "kube-system" }),
        [
            at("namespace"),
            '"kube-system"',
            `a namespace of its own, which this stack makes: none of ${RESERVED}`,
            set("namespace", "observability"),
        ],
    ],
    [
        "istiod's namespace",
        t({ namespace: "istio-system" }),
        [
            at("namespace"),
            '"istio-system"',
            `a namespace of its own, which this stack makes: none of ${RESERVED}`,
            set("namespace", "observability"),
        ],
    ],
    [
        "a namespace that the mesh serves",
        t({}, { namespaces: [{ name: "shop" }, { name: "observability" }] }),
        [
            at("namespace"),
            '"observability"',
            "a namespace of its own, outside the mesh; this one is istio-mesh:namespaces[1].name",
            set("namespace", "mesh-observability"),
        ],
    ],
    [
        "a gateway's namespace",
        t({ namespace: "edge" }, { gateways: [{ name: "edge", namespace: "edge" }] }),
        [
            at("namespace"),
            '"edge"',
            "a namespace of its own, outside the mesh; this one is istio-mesh:gateways[0].namespace",
            set("namespace", "observability"),
        ],
    ],
    [
        "dashboards and a graph of nothing",
        t({ prometheus: off }),
        [
            at("grafana.enabled"),
            "true, with istio-mesh:observability.prometheus.enabled false",
            "true only with a Prometheus to ask, this stack's or an existing one",
            `${set("prometheus.enabled", "true")}, or ${set("grafana.enabled", "false")}`,
        ],
        [
            at("kiali.enabled"),
            "true, with istio-mesh:observability.prometheus.enabled false",
            "true only with a Prometheus to ask, this stack's or an existing one",
            `${set("prometheus.enabled", "true")}, or ${set("kiali.enabled", "false")}`,
        ],
    ],
    [
        "a Kiali open to anybody in production",
        t({ kiali: { auth: "anonymous" } }, { size: "production" }),
        [
            at("kiali.auth"),
            '"anonymous", with size "production"',
            '"token", "openid": whoever reaches Kiali sees the whole mesh',
            set("kiali.auth", "token"),
        ],
    ],
    [
        "a Kiali open to anybody at the size that nobody said",
        t({ kiali: { auth: "anonymous" } }),
        [
            at("kiali.auth"),
            '"anonymous", with size "production"',
            '"token", "openid": whoever reaches Kiali sees the whole mesh',
            set("kiali.auth", "token"),
        ],
    ],
    [
        "an OpenID login without an issuer",
        t({ kiali: { auth: "openid" } }),
        [
            at("kiali.openid"),
            "nothing",
            'issuer and clientId, with auth "openid"',
            `write istio-mesh:observability.kiali.openid in the stack's file, or ${set("kiali.auth", "token")}`,
        ],
    ],
    [
        "an issuer that nobody asks",
        t({ kiali: { openid: { issuer: "https://issuer.example.com", clientId: "kiali" } } }),
        [
            at("kiali.openid"),
            'a value, with auth "token"',
            'only with auth "openid"',
            `${set("kiali.auth", "openid")}, or ${rm("kiali.openid")}`,
        ],
    ],
    [
        "charts from two places",
        t({ charts: { oci: "oci://registry.example.com/charts", directory: "./charts" } }),
        [
            at("charts"),
            "oci and directory",
            "one of oci, directory",
            `keep one, remove the other: ${rm("charts.oci")}; ${rm("charts.directory")}`,
        ],
    ],
    [
        "words about an existing Prometheus and Grafana that their owners have to say",
        t({
            prometheus: { url: "http://prometheus.monitoring:9090", retention: "30d" },
            grafana: { url: "http://grafana.monitoring", adminSecret: "admin", storage: "1Gi" },
        }),
        [
            at("prometheus.retention"),
            '"30d", with istio-mesh:observability.prometheus.url',
            "nothing: an existing one is set up by its owner",
            rm("prometheus.retention"),
        ],
        [
            at("grafana.adminSecret"),
            '"admin", with istio-mesh:observability.grafana.url',
            "nothing: an existing one is set up by its owner",
            rm("grafana.adminSecret"),
        ],
        [
            at("grafana.storage"),
            '"1Gi", with istio-mesh:observability.grafana.url',
            "nothing: an existing one is set up by its owner",
            rm("grafana.storage"),
        ],
    ],
    [
        "an existing Jaeger without a way for spans",
        t({ jaeger: { url: "http://jaeger.tracing:16686" } }),
        [
            at("tracing.collector"),
            "nothing, with istio-mesh:observability.jaeger.url",
            "<host>:<port>, where the existing Jaeger takes spans by OTLP over gRPC",
            set("tracing.collector", "<collector>"),
        ],
    ],
    [
        "namespaces whose proxies can't reach Jaeger",
        t(
            {},
            {
                namespaces: [
                    { name: "shop", sidecarScope: ["web"], networkPolicy: { to: ["web"] } },
                    { name: "web", networkPolicy: {} },
                    { name: "open", sidecarScope: ["observability"] },
                    { name: "l4", dataPlane: "ambient", networkPolicy: {} },
                    { name: "l7", dataPlane: "ambient", waypoint: true, networkPolicy: {} },
                    { name: "out", dataPlane: "none", networkPolicy: {} },
                ],
            },
        ),
        [
            "namespaces[0].sidecarScope",
            '["web"]',
            'a list with "observability": its proxies send spans there',
            "pulumi config set --path 'istio-mesh:namespaces[0].sidecarScope[1]' observability",
        ],
        [
            "namespaces[0].networkPolicy.to",
            '["web"]',
            'a list with "observability": its proxies send spans there',
            "pulumi config set --path 'istio-mesh:namespaces[0].networkPolicy.to[1]' observability",
        ],
        [
            "namespaces[1].networkPolicy.to",
            "[]",
            'a list with "observability": its proxies send spans there',
            "pulumi config set --path 'istio-mesh:namespaces[1].networkPolicy.to[0]' observability",
        ],
        [
            "namespaces[4].networkPolicy.to",
            "[]",
            'a list with "observability": its proxies send spans there',
            "pulumi config set --path 'istio-mesh:namespaces[4].networkPolicy.to[0]' observability",
        ],
    ],
    [
        "a sampling above all requests",
        t({ tracing: { sampling: 101 } }),
        [at("tracing.sampling"), "101", "a number from 0 to 100", set("tracing.sampling", "1")],
    ],
    [
        "a collector without a port",
        t({ tracing: { collector: "otel.tracing.svc.cluster.local" } }),
        [
            at("tracing.collector"),
            '"otel.tracing.svc.cluster.local"',
            "<host>:<port>, the host as the mesh knows it, with its domain",
            set("tracing.collector", "otel-collector.tracing.svc.cluster.local:4317"),
        ],
    ],
    [
        "a collector at a port that there is not",
        t({ tracing: { collector: "otel.example.com:70000" } }),
        [
            at("tracing.collector"),
            '"otel.example.com:70000"',
            "<host>:<port>, the host as the mesh knows it, with its domain",
            set("tracing.collector", "otel-collector.tracing.svc.cluster.local:4317"),
        ],
    ],
    [
        "an address without a scheme, and a time without a unit",
        t({ prometheus: { url: "prometheus.monitoring:9090", retention: "15" } }),
        [
            at("prometheus.url"),
            '"prometheus.monitoring:9090"',
            "an http or https URL",
            set("prometheus.url", "http://prometheus.monitoring:9090"),
        ],
        [
            at("prometheus.retention"),
            '"15"',
            "a whole number with unit h, d, w or y",
            set("prometheus.retention", "15d"),
        ],
    ],
    [
        "a tool that it doesn't know",
        t({ loki: { enabled: true } }),
        [
            at("loki"),
            'an unknown key with {"enabled":true}',
            "enabled, namespace, charts, prometheus, grafana, tracing, jaeger, kiali",
            rm("loki"),
        ],
    ],
]);

table("checkSettings, of a section observability that is switched off", [
    [
        "nothing of what would be wrong with it switched on but what is wrong by itself",
        {
            size: "production",
            observability: {
                namespace: "kube-system",
                kiali: { auth: "anonymous" },
                tracing: { sampling: -1 },
            },
        },
        [at("tracing.sampling"), "-1", "a number from 0 to 100", set("tracing.sampling", "1")],
    ],
]);
