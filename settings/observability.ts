import { z } from "zod";
import { chartRegistry, dnsLabel, memory, objectName } from "./values";

const httpUrl = (example: string) =>
    z.url({ protocol: /^https?$/ }).meta({ allowed: "an http or https URL", example });

const switched = (tool: string) =>
    z
        .boolean()
        .default(true)
        .meta({ description: `Whether there is ${tool}.` });

const storage = (of: string) =>
    memory.optional().meta({
        description: `Size of the volume for ${of}. Default: of the size, none at \`homelab\`.`,
        example: "20Gi",
    });

/** Host and port of something that takes spans. */
const collector = z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+:[1-9]\d{0,4}$/)
    .refine((text) => Number(text.split(":")[1]) <= 65535)
    .meta({
        allowed: "<host>:<port>, the host as the mesh knows it, with its domain",
        example: "otel-collector.tracing.svc.cluster.local:4317",
    });

const prometheus = z.strictObject({
    enabled: switched("a Prometheus"),
    url: httpUrl("http://prometheus.monitoring:9090")
        .optional()
        .meta({ description: "An existing Prometheus. Default: one of this stack." }),
    monitors: z.boolean().default(true).meta({
        description:
            "Whether the mesh is scraped by a ServiceMonitor and PodMonitors; `false` where an existing Prometheus has no operator.",
    }),
    release: objectName.optional().meta({
        description:
            "Label `release` of the monitors, by which an existing Prometheus may select them. Default: none.",
        example: "kube-prometheus-stack",
    }),
    retention: z
        .string()
        .regex(/^[1-9]\d*[hdwy]$/)
        .optional()
        .meta({
            description: "How long metrics are kept. Default: of the size.",
            allowed: "a whole number with unit h, d, w or y",
            example: "15d",
        }),
    storage: storage("metrics"),
});

const grafana = z.strictObject({
    enabled: switched("a Grafana"),
    url: httpUrl("http://grafana.monitoring:3000").optional().meta({
        description: "An existing Grafana, for Kiali's links. Default: one of this stack.",
    }),
    adminSecret: objectName.optional().meta({
        description:
            "Existing Secret with `admin-user` and `admin-password`, in the section's namespace. Default: one with a random password.",
        example: "grafana-admin",
    }),
    dashboards: z.string().min(1).optional().meta({
        description:
            "Local folder with Istio's dashboards as JSON, for a closed network. Default: Grafana fetches those of `istioVersion` from Istio's repository.",
        allowed: "a path",
        example: "./dashboards",
    }),
    storage: storage("Grafana's own settings"),
});

const tracing = z.strictObject({
    sampling: z.number().min(0).max(100).optional().meta({
        description:
            "Percentage of requests that are traced, where the caller hasn't decided. Default: of the size, 100 at `homelab`, 1 at `production`.",
        allowed: "a number from 0 to 100",
        example: 1,
    }),
    collector: collector.optional().meta({
        description: "Where proxies send spans, by OTLP over gRPC. Default: this stack's Jaeger.",
    }),
});

const jaeger = z.strictObject({
    enabled: switched("a Jaeger"),
    url: httpUrl("http://jaeger-query.tracing:16686").optional().meta({
        description:
            "An existing Jaeger, for Grafana and Kiali; with `tracing.collector`. Default: one of this stack.",
    }),
    storage: storage("traces; without one they are kept in memory"),
});

const kiali = z.strictObject({
    enabled: switched("a Kiali"),
    auth: z.enum(["token", "openid", "anonymous"]).default("token").meta({
        description:
            "Who may look: whoever has a token of the cluster, whom an OpenID issuer knows, or anybody (never in production).",
    }),
    openid: z
        .strictObject({
            issuer: httpUrl("https://issuer.example.com").meta({
                description: "The issuer's URL.",
            }),
            clientId: z.string().min(1).meta({
                description:
                    "Kiali's client ID there; its secret is `oidc-secret` in Secret kiali.",
                example: "kiali",
            }),
        })
        .optional()
        .meta({ description: "The issuer of `auth: openid`." }),
});

/** The section `observability` of a stack's config. */
export const observability = z
    .strictObject({
        enabled: z.boolean().default(false).meta({
            description:
                "The one switch: Prometheus, Grafana, Jaeger and Kiali, each unless it is switched off itself.",
        }),
        namespace: dnsLabel
            .default("observability")
            .meta({ description: "Where they run; made by this stack, outside the mesh." }),
        charts: z
            .strictObject({
                oci: chartRegistry
                    .optional()
                    .meta({ description: "OCI registry that holds copies of their charts." }),
                directory: z.string().min(1).optional().meta({
                    description:
                        "Local directory with one folder per chart: kube-prometheus-stack, grafana, kiali-operator.",
                    allowed: "a path",
                    example: "./charts",
                }),
            })
            .prefault({})
            .meta({ description: "Where charts come from. Default: each tool's own repository." }),
        prometheus: prometheus
            .prefault({})
            .meta({ description: "Metrics, by the chart kube-prometheus-stack." }),
        grafana: grafana
            .prefault({})
            .meta({ description: "Istio's dashboards, by the chart grafana." }),
        tracing: tracing.prefault({}).meta({ description: "What is traced, and where spans go." }),
        jaeger: jaeger.prefault({}).meta({ description: "Traces." }),
        kiali: kiali
            .prefault({})
            .meta({ description: "The mesh as a graph, by the Kiali operator; it only looks." }),
    })
    .prefault({})
    .meta({ description: "Metrics, dashboards, traces and the mesh's graph." });

export type ObservabilitySettings = z.output<typeof observability>;
