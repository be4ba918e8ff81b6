/**
 * Jaeger as plain objects: one StatefulSet that takes spans, keeps them and shows them, and a Service for
 * each side of it. Its storage has one owner, so there is one replica; whoever needs more names a collector
 * of their own (`tracing.collector`).
 */
import { createHash } from "node:crypto";
import type * as k8s from "@pulumi/kubernetes";
import { stringify } from "yaml";
import type { Settings } from "../../settings/schema";
import { resources } from "../plan/helm-plan";
import { TOOL_NUMBERS } from "./numbers";
import { claim } from "./prometheus-values";
import { JAEGER_PORTS, NAMES } from "./tools";
import { JAEGER_IMAGE } from "./versions";

/** What Jaeger is planned from. */
export type JaegerInput = Pick<Settings, "observability" | "size">;

const HEALTH_PORT = 13133;
const DATA = "/badger";
const CONFIG = "/etc/jaeger";
/** The user of Jaeger's image. */
const USER = 10001;
/** As many as Jaeger's own example keeps in memory. */
const MOST_TRACES = 100_000;
const KEPT = "168h";

/** Size of the volume for traces; nothing where they are kept in memory. */
export function jaegerStorage({ observability, size }: JaegerInput): string | undefined {
    return observability.jaeger.storage ?? TOOL_NUMBERS[size].jaeger.storage;
}

/**
 * Jaeger's own configuration, as YAML: that of an OpenTelemetry collector.
 * @see https://www.jaegertracing.io/docs/latest/deployment/configuration/
 */
export function jaegerConfig(input: JaegerInput): string {
    const backend =
        jaegerStorage(input) === undefined
            ? { memory: { max_traces: MOST_TRACES } }
            : {
                  badger: {
                      ephemeral: false,
                      directories: { keys: `${DATA}/keys`, values: `${DATA}/values` },
                      ttl: { spans: KEPT },
                  },
              };
    return stringify({
        service: {
            extensions: ["jaeger_storage", "jaeger_query", "healthcheckv2"],
            pipelines: {
                traces: {
                    receivers: ["otlp"],
                    processors: ["batch"],
                    exporters: ["jaeger_storage_exporter"],
                },
            },
        },
        extensions: {
            jaeger_storage: { backends: { traces: backend } },
            jaeger_query: {
                storage: { traces: "traces" },
                http: { endpoint: `0.0.0.0:${JAEGER_PORTS.pages}` },
                grpc: { endpoint: `0.0.0.0:${JAEGER_PORTS.queries}` },
            },
            healthcheckv2: { use_v2: true, http: { endpoint: `0.0.0.0:${HEALTH_PORT}` } },
        },
        receivers: {
            otlp: { protocols: { grpc: { endpoint: `0.0.0.0:${JAEGER_PORTS.spans}` } } },
        },
        processors: { batch: {} },
        exporters: { jaeger_storage_exporter: { trace_storage: "traces" } },
    });
}

const labels = { app: NAMES.jaeger };

/** Spec of Jaeger's StatefulSet. */
export function jaegerSpec(input: JaegerInput): k8s.types.input.apps.v1.StatefulSetSpec {
    const storage = jaegerStorage(input);
    const probe = { httpGet: { path: "/status", port: HEALTH_PORT } };
    const port = (name: string, containerPort: number) => ({ name, containerPort });
    return {
        replicas: 1,
        serviceName: NAMES.jaegerQuery,
        selector: { matchLabels: labels },
        template: {
            metadata: {
                labels,
                // Jaeger reads its configuration at its start only.
                annotations: { "checksum/config": sha256(jaegerConfig(input)) },
            },
            spec: {
                automountServiceAccountToken: false,
                securityContext: {
                    runAsNonRoot: true,
                    runAsUser: USER,
                    fsGroup: USER,
                    seccompProfile: { type: "RuntimeDefault" },
                },
                containers: [
                    {
                        name: NAMES.jaeger,
                        image: JAEGER_IMAGE,
                        args: ["--config", `${CONFIG}/config.yaml`],
                        ports: [
                            port("grpc-otlp", JAEGER_PORTS.spans),
                            port("http-query", JAEGER_PORTS.pages),
                            port("grpc-query", JAEGER_PORTS.queries),
                        ],
                        ...{ livenessProbe: probe, readinessProbe: probe },
                        resources: resources(TOOL_NUMBERS[input.size].jaeger),
                        securityContext: {
                            allowPrivilegeEscalation: false,
                            capabilities: { drop: ["ALL"] },
                        },
                        volumeMounts: [
                            { name: "config", mountPath: CONFIG, readOnly: true },
                            ...(storage === undefined ? [] : [{ name: "data", mountPath: DATA }]),
                        ],
                    },
                ],
                volumes: [{ name: "config", configMap: { name: NAMES.jaeger } }],
            },
        },
        ...(storage === undefined
            ? {}
            : { volumeClaimTemplates: [{ metadata: { name: "data" }, spec: claim(storage) }] }),
    };
}

/** Jaeger's Services by name: where spans go, and where people and other tools look. */
export const JAEGER_SERVICES: Readonly<Record<string, k8s.types.input.core.v1.ServiceSpec>> = {
    // Istio reads the protocol off the ports' names.
    [NAMES.jaegerCollector]: {
        selector: labels,
        ports: [{ name: "grpc-otlp", port: JAEGER_PORTS.spans, targetPort: "grpc-otlp" }],
    },
    [NAMES.jaegerQuery]: {
        selector: labels,
        ports: [
            { name: "http-query", port: JAEGER_PORTS.pages, targetPort: "http-query" },
            { name: "grpc-query", port: JAEGER_PORTS.queries, targetPort: "grpc-query" },
        ],
    },
};

function sha256(text: string): string {
    return createHash("sha256").update(text).digest("hex");
}
