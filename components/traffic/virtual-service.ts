import { DEFAULT_RETRIES, DEFAULT_TIMEOUT } from "../../settings/traffic";
import { inSeconds } from "../../settings/traffic-values";
import type { Manifest, VirtualServiceSpec } from "../kinds";
import { fullHost, splits, versionService, type Service } from "./service";

type HttpRoute = NonNullable<VirtualServiceSpec["http"]>[number];

/** Who reads a VirtualService, and how it names versions. */
export interface Audience {
    readonly name: string;
    readonly hosts: readonly string[];
    /** `mesh` for all sidecars, `<namespace>/<name>` for a gateway. */
    readonly gateways: readonly string[];
    readonly versionsAre: "subsets" | "services";
}

/** A service's routes for sidecars, or for a gateway of Istio's own API. */
export function virtualService(service: Service, audience: Audience): Manifest {
    const { name, hosts, gateways, versionsAre } = audience;
    const destination = (version: string | undefined) => ({
        host: fullHost(
            version === undefined || versionsAre === "subsets"
                ? service.service
                : versionService(service, version),
            service.namespace,
        ),
        ...(version === undefined || versionsAre === "services" ? {} : { subset: version }),
        port: { number: service.port },
    });
    const { mirror } = service;
    const common: HttpRoute = {
        timeout: inSeconds(service.timeout ?? DEFAULT_TIMEOUT),
        retries: retriesOf(service),
        ...faultOf(service),
        ...(mirror === undefined
            ? {}
            : {
                  mirrors: [
                      {
                          destination: destination(mirror.version),
                          percentage: { value: mirror.percent },
                      },
                  ],
              }),
    };
    const http = splits(service).map(({ header, shares }): HttpRoute => ({
        ...(header === undefined
            ? {}
            : // Envoy compares names of headers in lower case.
              {
                  match: [{ headers: { [header.name.toLowerCase()]: { exact: header.value } } }],
              }),
        route:
            shares.length === 0
                ? [{ destination: destination(undefined) }]
                : shares.map(({ version, weight }) => ({
                      destination: destination(version),
                      ...(shares.length === 1 ? {} : { weight }),
                  })),
        ...common,
    }));
    return {
        apiVersion: "networking.istio.io/v1",
        kind: "VirtualService",
        metadata: { name, namespace: service.namespace },
        spec: { hosts, gateways, http },
    };
}

function retriesOf({ retries = DEFAULT_RETRIES }: Service): NonNullable<HttpRoute["retries"]> {
    const { attempts, on, perTryTimeout } = retries;
    return attempts === 0
        ? { attempts }
        : {
              attempts,
              retryOn: on.join(","),
              ...(perTryTimeout === undefined ? {} : { perTryTimeout: inSeconds(perTryTimeout) }),
          };
}

function faultOf({ fault }: Service): Pick<HttpRoute, "fault"> {
    if (fault === undefined) {
        return {};
    }
    const { delay, abort } = fault;
    return {
        fault: {
            ...(delay === undefined
                ? {}
                : {
                      delay: {
                          fixedDelay: inSeconds(delay.duration),
                          percentage: { value: delay.percent },
                      },
                  }),
            ...(abort === undefined
                ? {}
                : {
                      abort: { httpStatus: abort.status, percentage: { value: abort.percent } },
                  }),
        },
    };
}
