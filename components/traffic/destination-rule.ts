import { inSeconds } from "../../settings/traffic-values";
import type { DestinationRuleSpec, Manifest } from "../kinds";
import { fullHost, type Service } from "./service";

type TrafficPolicy = NonNullable<DestinationRuleSpec["trafficPolicy"]>;

/** Which pods count as failed when nothing is said: failover can't do without. */
const OUTLIERS = {
    consecutive5xxErrors: 5,
    interval: "10s",
    baseEjectionTime: "30s",
    maxEjectionPercent: 100,
} as const;

/**
 * What callers are told about a host: its subsets, limits and failover. Undefined where nothing differs
 * from Istio's defaults. `name` is the host's Service.
 */
export function destinationRule(
    service: Service,
    name: string,
    subsets: readonly string[],
): Manifest | undefined {
    const trafficPolicy = trafficPolicyOf(service);
    return trafficPolicy === undefined && subsets.length === 0
        ? undefined
        : {
              apiVersion: "networking.istio.io/v1",
              kind: "DestinationRule",
              metadata: { name, namespace: service.namespace },
              spec: {
                  host: fullHost(name, service.namespace),
                  ...(trafficPolicy === undefined ? {} : { trafficPolicy }),
                  ...(subsets.length === 0
                      ? {}
                      : {
                            subsets: subsets.map((version) => ({
                                name: version,
                                labels: { version },
                            })),
                        }),
              },
          };
}

function trafficPolicyOf({ circuitBreaker, failover }: Service): TrafficPolicy | undefined {
    if (circuitBreaker === undefined && failover.length === 0) {
        return undefined;
    }
    const { maxConnections, maxPendingRequests, maxRequests } = circuitBreaker ?? {};
    const http = {
        ...(maxPendingRequests === undefined
            ? {}
            : { http1MaxPendingRequests: maxPendingRequests }),
        ...(maxRequests === undefined ? {} : { http2MaxRequests: maxRequests }),
    };
    const connectionPool = {
        ...(maxConnections === undefined ? {} : { tcp: { maxConnections } }),
        ...(Object.keys(http).length === 0 ? {} : { http }),
    };
    return {
        ...(Object.keys(connectionPool).length === 0 ? {} : { connectionPool }),
        outlierDetection:
            circuitBreaker === undefined
                ? OUTLIERS
                : {
                      consecutive5xxErrors: circuitBreaker.consecutiveErrors,
                      interval: inSeconds(circuitBreaker.interval),
                      baseEjectionTime: inSeconds(circuitBreaker.ejectionTime),
                      maxEjectionPercent: circuitBreaker.maxEjectionPercent,
                  },
        ...(failover.length === 0
            ? {}
            : { loadBalancer: { localityLbSetting: { enabled: true, failover } } }),
    };
}
