import type { DataPlane } from "../../settings/schema";
import type { TrafficSettings } from "../../settings/traffic";

/** Which API a gateway is configured by: Istio's own, or the Gateway API. */
export type EdgeApi = "istio" | "kubernetes";

/** Something that a service is told and that one of its proxies has no way to do. */
export interface Unsupported {
    readonly key: "timeout" | "retries" | "fault" | "rateLimit";
    readonly why: string;
}

/**
 * What can't be said to the proxies that steer a service's traffic. The standard routes have neither
 * retries nor faults, a GRPCRoute no timeout either, and Istio takes no EnvoyFilter for a waypoint.
 * @see https://gateway-api.sigs.k8s.io/geps/gep-1731/ for retries, in the experimental channel only
 */
export function unsupported(
    service: Pick<{ [Key in keyof TrafficSettings]?: unknown }, Unsupported["key"] | "protocol">,
    dataPlane: DataPlane,
    edge?: EdgeApi,
): readonly Unsupported[] {
    const where =
        dataPlane === "ambient"
            ? "in an ambient namespace"
            : edge === "kubernetes"
              ? "behind a gateway of the Gateway API"
              : undefined;
    if (where === undefined) {
        return [];
    }
    const route = service.protocol === "grpc" ? "a GRPCRoute" : "an HTTPRoute";
    const reasons: Unsupported[] = [
        ...(service.protocol === "grpc"
            ? [{ key: "timeout" as const, why: `nothing ${where}: a GRPCRoute has no timeout` }]
            : []),
        {
            key: "retries",
            why: `nothing ${where}: ${route} has no retries; Istio tries twice more by itself`,
        },
        { key: "fault", why: `nothing ${where}: ${route} has no faults` },
        ...(dataPlane === "ambient"
            ? [
                  {
                      key: "rateLimit" as const,
                      why: `nothing ${where}: Istio takes no EnvoyFilter for a waypoint`,
                  },
              ]
            : []),
    ];
    return reasons.filter(({ key }) => service[key] !== undefined);
}
