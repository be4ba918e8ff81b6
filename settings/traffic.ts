import { z } from "zod";
import { duration, gatewayName, hostName } from "./traffic-values";
import { dnsLabel, objectName, quantityCount } from "./values";

const percent = (byDefault: number, description: string) =>
    quantityCount(1, 100, "a whole number from 1 to 100", 10)
        .default(byDefault)
        .meta({ description });
const count = (description: string, example: number) =>
    quantityCount(1, 2147483647, "a whole number from 1", example).optional().meta({ description });

/** When a proxy may try again, as Envoy names it; a status code stands for itself. */
export const RETRY_CONDITIONS = [
    "5xx",
    "gateway-error",
    "reset",
    "connect-failure",
    "refused-stream",
    "retriable-4xx",
    "cancelled",
    "unavailable",
    "503",
] as const;

const version = z.strictObject({
    name: dnsLabel.meta({ description: "Value of the pods' label `version`.", example: "v2" }),
    weight: quantityCount(0, 1000000, "a whole number from 0 to 1000000", 10)
        .default(0)
        .meta({ description: "Its share of the requests, relative to the other weights." }),
    header: z
        .strictObject({
            name: z
                .string()
                .regex(/^[A-Za-z0-9-]{1,128}$/)
                .meta({
                    description: "Name of the header.",
                    allowed: "a header's name of letters, digits and dashes",
                    example: "x-canary",
                }),
            value: z.string().min(1).max(1024).meta({
                description: "Its exact value.",
                allowed: "a text of 1 to 1024 characters",
                example: "always",
            }),
        })
        .optional()
        .meta({
            description: "Requests with this header go to this version, whatever its weight.",
        }),
});

const retries = z.strictObject({
    attempts: quantityCount(0, 10, "a whole number from 0 to 10", 3)
        .default(3)
        .meta({ description: "How often a failed request is tried again; 0: never." }),
    perTryTimeout: duration
        .optional()
        .meta({ description: "How long one try may take. Default: what is left." }),
    on: z
        .array(z.enum(RETRY_CONDITIONS))
        // Where the service has done nothing yet, so that trying again does nothing twice.
        .default(["connect-failure", "refused-stream", "unavailable", "cancelled", "503"])
        .meta({ description: "Which failures are tried again." }),
});

/** What sidecars do when nothing is said about retries. */
export const DEFAULT_RETRIES = retries.parse({});

/** How long a request may take when nothing is said about it. */
export const DEFAULT_TIMEOUT = "5s";

/** What one service is told about its traffic. */
export const serviceTraffic = z.strictObject({
    service: objectName.meta({ description: "Name of the Service that is called." }),
    namespace: dnsLabel.meta({ description: "Its namespace, one of `namespaces`." }),
    deployedBy: z.enum(["stack", "others"]).default("stack").meta({
        description:
            "`stack`: the service and its versions must be among `workloads`; `others`: somebody else deploys it, so that a misspelt name can't be told.",
    }),
    port: quantityCount(1, 65535, "a port from 1 to 65535", 80)
        .default(80)
        .meta({ description: "The Service's port." }),
    protocol: z.enum(["http", "grpc"]).default("http").meta({
        description:
            "What it speaks. The Gateway API routes `grpc` by a GRPCRoute; its Service's port must be named so, too.",
    }),
    hosts: z.array(hostName).default([]).meta({
        description: "Names by which it is called from outside, at `gateway`.",
    }),
    gateway: gatewayName("gateways", "istio-ingress").optional().meta({
        description: "Gateway for `hosts`: `<namespace>/<name>` of one of `gateways`.",
    }),
    versions: z.array(version).default([]).meta({
        description:
            "Versions that share the traffic: a canary by weight or header, or blue and green.",
    }),
    mirror: z
        .strictObject({
            version: dnsLabel.meta({
                description: "One of `versions`, which gets a copy of the requests.",
                example: "v2",
            }),
            percent: percent(100, "Share of the requests that is copied."),
        })
        .optional()
        .meta({ description: "Sends copies of requests to a version and ignores its answers." }),
    timeout: duration.optional().meta({
        description:
            "How long a request may take, retries included. Default: 5s; none for gRPC by the Gateway API, whose GRPCRoute can't say it.",
    }),
    retries: retries.optional().meta({
        description:
            "Retries; sidecar only. Default: 3 with sidecars, Istio's own 2 at a waypoint.",
    }),
    circuitBreaker: z
        .strictObject({
            maxConnections: count("Connections to all its pods together.", 100),
            maxPendingRequests: count("Requests that may wait for a connection.", 100),
            maxRequests: count("Requests under way at once.", 100),
            consecutiveErrors: quantityCount(1, 1000, "a whole number from 1 to 1000", 5)
                .default(5)
                .meta({ description: "5xx answers in a row after which a pod is left out." }),
            interval: duration.default("10s").meta({ description: "How often pods are judged." }),
            ejectionTime: duration
                .default("30s")
                .meta({ description: "How long a pod is left out at least." }),
            maxEjectionPercent: percent(50, "Share of the pods that may be left out."),
        })
        .optional()
        .meta({ description: "Limits, and pods that fail are left out (outlier detection)." }),
    fault: z
        .strictObject({
            delay: z
                .strictObject({
                    duration: duration.meta({ description: "How long to wait." }),
                    percent: percent(100, "Share of the requests."),
                })
                .optional()
                .meta({ description: "Answers late." }),
            abort: z
                .strictObject({
                    status: quantityCount(200, 599, "a status from 200 to 599", 503).meta({
                        description: "The status to answer with.",
                    }),
                    percent: percent(100, "Share of the requests."),
                })
                .optional()
                .meta({ description: "Answers with an error." }),
        })
        .optional()
        .meta({ description: "Faults on purpose, to test callers; sidecar only." }),
    failover: z
        .array(
            z.strictObject({
                from: z.string().min(1).meta({
                    description: "Region of the caller.",
                    allowed: "a region's name",
                    example: "eu-west",
                }),
                to: z.string().min(1).meta({
                    description: "Region that takes over.",
                    allowed: "a region's name",
                    example: "eu-central",
                }),
            }),
        )
        .default([])
        .meta({ description: "Which region takes over when no pod of the caller's own answers." }),
    rateLimit: z
        .strictObject({
            requests: quantityCount(1, 4294967295, "a whole number from 1", 100).meta({
                description: "Requests that each pod takes per `per`.",
            }),
            per: duration.default("1s").meta({ description: "The time they are counted in." }),
        })
        .optional()
        .meta({
            description: "Answers 429 to what is more, in each pod's own proxy; sidecar only.",
        }),
});

/** The section `traffic` of a stack's config. */
export const traffic = z
    .array(serviceTraffic)
    .default([])
    .meta({ description: "How services are reached: versions, resilience, hosts from outside." });

/** What one service is told about its traffic, with every default filled in. */
export type TrafficSettings = z.output<typeof serviceTraffic>;
