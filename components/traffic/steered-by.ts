import type { Settings } from "../../settings/schema";
import type { TrafficSettings } from "../../settings/traffic";
import { dataPlaneOf } from "../plan/namespaces";
import type { Where } from "./plan";

/** Which proxies steer a service's traffic, by what the stack says of its namespace and gateway. */
export function steeredBy(
    service: Pick<TrafficSettings, "namespace" | "gateway">,
    { namespaces, gateways, dataPlane }: Pick<Settings, "namespaces" | "gateways" | "dataPlane">,
): Where {
    const served = namespaces.find(({ name }) => name === service.namespace);
    const gateway = gateways.find(
        ({ namespace, name }) => service.gateway === `${namespace}/${name}`,
    );
    const plane = dataPlaneOf(served ?? {}, dataPlane);
    return {
        dataPlane: plane === "ambient" ? "ambient" : "sidecar",
        edge: gateway?.via === "gateway-api" ? "kubernetes" : "istio",
    };
}
