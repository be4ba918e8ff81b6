import { inSeconds } from "../../settings/traffic-values";
import type { Manifest } from "../kinds";
import type { Service } from "./service";

const LOCAL = "envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit";

/**
 * A limit that each sidecar of a service keeps for itself: Istio has no object of its own for it.
 * @see https://istio.io/latest/docs/tasks/policy-enforcement/rate-limit/#local-rate-limit
 */
export function rateLimit({ service, namespace, rateLimit: limit }: Service): Manifest | undefined {
    if (limit === undefined) {
        return undefined;
    }
    const always = (runtime_key: string) => ({
        runtime_key,
        default_value: { numerator: 100, denominator: "HUNDRED" },
    });
    return {
        apiVersion: "networking.istio.io/v1alpha3",
        kind: "EnvoyFilter",
        metadata: { name: `${service}-rate-limit`, namespace },
        spec: {
            workloadSelector: { labels: { app: service } },
            // A patch that is relative to another filter comes after those without a priority, not by age.
            priority: 10,
            configPatches: [
                {
                    applyTo: "HTTP_FILTER",
                    match: {
                        context: "SIDECAR_INBOUND",
                        listener: {
                            filterChain: {
                                filter: {
                                    name: "envoy.filters.network.http_connection_manager",
                                    subFilter: { name: "envoy.filters.http.router" },
                                },
                            },
                        },
                    },
                    patch: {
                        operation: "INSERT_BEFORE",
                        value: {
                            name: "envoy.filters.http.local_ratelimit",
                            typed_config: {
                                "@type": `type.googleapis.com/${LOCAL}`,
                                stat_prefix: "local_rate_limit",
                                token_bucket: {
                                    max_tokens: limit.requests,
                                    tokens_per_fill: limit.requests,
                                    fill_interval: inSeconds(limit.per),
                                },
                                filter_enabled: always("local_rate_limit_enabled"),
                                filter_enforced: always("local_rate_limit_enforced"),
                            },
                        },
                    },
                },
            ],
        },
    };
}
