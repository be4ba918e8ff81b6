import type { HTTPRouteSpec, Manifest } from "../kinds";
import { splits, versionService, type Service } from "./service";

type Rule = NonNullable<HTTPRouteSpec["rules"]>[number];

/** Where an HTTPRoute hangs, and for which names. */
export interface Attachment {
    readonly name: string;
    readonly parent: NonNullable<HTTPRouteSpec["parentRefs"]>[number];
    readonly hostnames?: readonly string[];
}

/** A service's routes in the Gateway API: at its waypoint, or at a gateway. */
export function httpRoute(service: Service, { name, parent, hostnames }: Attachment): Manifest {
    const { mirror, port } = service;
    const backend = (version: string | undefined) => ({
        name: version === undefined ? service.service : versionService(service, version),
        port,
    });
    const common: Rule = {
        timeouts: { request: service.timeout },
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
    return {
        apiVersion: "gateway.networking.k8s.io/v1",
        kind: "HTTPRoute",
        metadata: { name, namespace: service.namespace },
        spec: {
            parentRefs: [parent],
            ...(hostnames === undefined ? {} : { hostnames }),
            rules,
        },
    };
}
