import { DEFAULT_TIMEOUT } from "../../settings/traffic";
import type { GRPCRouteSpec, HTTPRouteSpec, Manifest } from "../kinds";
import { splits, versionService, type Service } from "./service";

/** What both kinds of a route say in the same words. */
type Rule = NonNullable<HTTPRouteSpec["rules"]>[number] &
    NonNullable<GRPCRouteSpec["rules"]>[number];

/** Where a route hangs, and for which names. */
export interface Attachment {
    readonly name: string;
    readonly parent: NonNullable<HTTPRouteSpec["parentRefs"]>[number];
    readonly hostnames?: readonly string[];
}

/** A service's routes in the Gateway API: at its waypoint, or at a gateway; of the kind for what it speaks. */
export function apiRoute(service: Service, { name, parent, hostnames }: Attachment): Manifest {
    const { mirror, port } = service;
    const backend = (version: string | undefined) => ({
        name: version === undefined ? service.service : versionService(service, version),
        port,
    });
    const common: Rule = {
        ...(mirror === undefined
            ? {}
            : {
                  filters: [
                      {
                          type: "RequestMirror",
                          requestMirror: {
                              backendRef: backend(mirror.version),
                              percent: mirror.percent,
                          },
                      },
                  ],
              }),
    };
    const rules = splits(service).map(({ header, shares }): Rule => ({
        ...(header === undefined
            ? {}
            : { matches: [{ headers: [{ name: header.name, value: header.value }] }] }),
        backendRefs:
            shares.length === 0
                ? [backend(undefined)]
                : shares.map(({ version, weight }) => ({ ...backend(version), weight })),
        ...common,
    }));
    const metadata = { name, namespace: service.namespace };
    const place = { parentRefs: [parent], ...(hostnames === undefined ? {} : { hostnames }) };
    const apiVersion = "gateway.networking.k8s.io/v1";
    if (service.protocol === "grpc") {
        return { apiVersion, kind: "GRPCRoute", metadata, spec: { ...place, rules } };
    }
    const timeouts = { request: service.timeout ?? DEFAULT_TIMEOUT };
    return {
        apiVersion,
        kind: "HTTPRoute",
        metadata,
        spec: { ...place, rules: rules.map((rule) => ({ ...rule, timeouts })) },
    };
}
