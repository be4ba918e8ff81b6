import type { DataPlane } from "../../settings/schema";
import type { Manifest } from "../kinds";
import { destinationRule } from "./destination-rule";
import { apiRoute } from "./api-route";
import { rateLimit } from "./rate-limit";
import { fullHost, versionService, type Service } from "./service";
import type { EdgeApi } from "./unsupported";
import { virtualService } from "./virtual-service";

/** Which proxies steer a service's traffic. */
export interface Where {
    /** Data plane of the service's namespace; ambient only with a waypoint. */
    readonly dataPlane: DataPlane;
    /** Which API its gateway is configured by. Default: Istio's own. */
    readonly edge?: EdgeApi;
}

/** A Service that stands for one version, for routes that can't name subsets. */
export interface VersionService {
    readonly name: string;
    readonly namespace: string;
    readonly selector: { readonly app: string; readonly version: string };
    readonly port: number;
    /** Name of its port, by which Istio knows what it speaks, and of the pods' port. */
    readonly protocol: "http" | "grpc";
}

/** Everything that one service's traffic settings come to. */
export interface TrafficPlan {
    readonly services: readonly VersionService[];
    readonly objects: readonly Manifest[];
}

/**
 * The objects for one service: written once, told to sidecars as VirtualService and DestinationRule, to
 * waypoints as HTTPRoute or GRPCRoute, and to its gateway in the API by which that is configured.
 */
export function trafficPlan(service: Service, { dataPlane, edge = "istio" }: Where): TrafficPlan {
    const ambient = dataPlane === "ambient";
    const atGateway = service.gateway === undefined ? undefined : edge;
    const names = service.versions.map(({ name }) => name);
    // Subsets are known to sidecars and to gateways of Istio's own API only.
    const services =
        ambient || atGateway === "kubernetes"
            ? names.map((version) => versionServiceOf(service, version))
            : [];
    const objects = [
        destinationRule(service, service.service, ambient ? [] : names),
        ...services.map(({ name }) => destinationRule(service, name, [])),
        ambient ? forWaypoint(service) : forSidecars(service, atGateway === "istio"),
        atGateway === undefined ? undefined : forGateway(service, atGateway, ambient),
        rateLimit(service),
    ];
    return { services, objects: objects.filter((object) => object !== undefined) };
}

function forSidecars(service: Service, alsoGateway: boolean): Manifest {
    return virtualService(service, {
        name: service.service,
        hosts: [
            fullHost(service.service, service.namespace),
            ...(alsoGateway ? service.hosts : []),
        ],
        gateways: ["mesh", ...(alsoGateway ? [service.gateway ?? ""] : [])],
        versionsAre: "subsets",
    });
}

function forWaypoint(service: Service): Manifest {
    return apiRoute(service, {
        name: service.service,
        parent: { group: "", kind: "Service", name: service.service, port: service.port },
    });
}

function forGateway(service: Service, edge: EdgeApi, ambient: boolean): Manifest | undefined {
    const name = `${service.service}-ingress`;
    if (edge === "kubernetes") {
        const [namespace = "", gateway = ""] = (service.gateway ?? "").split("/");
        return apiRoute(service, {
            name,
            parent: { name: gateway, namespace },
            hostnames: service.hosts,
        });
    }
    // Sidecars and the gateway share one VirtualService; beside a waypoint's HTTPRoute it is its own.
    return ambient
        ? virtualService(service, {
              name,
              hosts: service.hosts,
              gateways: [service.gateway ?? ""],
              versionsAre: "services",
          })
        : undefined;
}

function versionServiceOf(service: Service, version: string): VersionService {
    return {
        name: versionService(service, version),
        namespace: service.namespace,
        selector: { app: service.service, version },
        port: service.port,
        protocol: service.protocol,
    };
}
