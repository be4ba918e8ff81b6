import type { DataPlane } from "../../settings/schema";
import type { TrafficSettings } from "../../settings/traffic";

/** Which API a gateway is configured by: Istio's own, or the Gateway API. */
export type EdgeApi = "istio" | "kubernetes";

/** Something that a service is told and that one of its proxies has no way to do. */
export interface Unsupported {
    readonly key: "retries" | "fault" | "rateLimit";
    readonly why: string;
}

/**
 * What can't be said to the proxies that steer a service's traffic. The standard HTTPRoute has neither
 * retries nor faults, and Istio takes no EnvoyFilter for a waypoint.
 * @see https://gateway-api.sigs.k8s.io/geps/gep-1731/ for retries, in the experimental channel only
 */
export function unsupported(
    service: Pick<{ [Key in keyof TrafficSettings]?: unknown }, "retries" | "fault" | "rateLimit">,
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
    const reasons: Unsupported[] = [
        {
            key: "retries",
            why: `nothing ${where}: an HTTPRoute has no retries; Istio tries twice more by itself`,
        },
        { key: "fault", why: `nothing ${where}: an HTTPRoute has no faults` },
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
