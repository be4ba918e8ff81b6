import type { EgressGatewaySettings } from "../../settings/schema";
import type { Manifest, VirtualServiceSpec } from "../kinds";
import { chartSelector } from "../plan/gateway-objects";
import { exportedTo } from "../security/egress";
import { gatewayService, PASSED_PORT, READ_PORT, type Exit } from "./routes";

/**
 * An egress gateway told by Istio's own objects: sidecars send requests to it in place of the host, and it
 * sends them on.
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/
 */
export function istioExits(
    gateway: EgressGatewaySettings,
    exits: readonly Exit[],
): readonly Manifest[] {
    if (exits.length === 0) {
        return [];
    }
    const { name, namespace } = gateway;
    const read = exits.filter((exit) => exit.read !== undefined);
    const passed = exits.filter((exit) => exit.passed !== undefined);
    return [
        {
            apiVersion: "networking.istio.io/v1",
            kind: "Gateway",
            metadata: { name, namespace },
            spec: {
                selector: chartSelector(name),
                servers: [
                    ...(read.length === 0
                        ? []
                        : [
                              {
                                  // Callers' proxies show their certificates: it knows who asks.
                                  port: { number: READ_PORT, name: "read", protocol: "HTTPS" },
                                  hosts: read.map(({ host }) => `./${host}`),
                                  tls: { mode: "ISTIO_MUTUAL" as const },
                              },
                          ]),
                    ...(passed.length === 0
                        ? []
                        : [
                              {
                                  port: { number: PASSED_PORT, name: "passed", protocol: "TLS" },
                                  hosts: passed.map(({ host }) => `./${host}`),
                                  tls: { mode: "PASSTHROUGH" as const },
                              },
                          ]),
                ],
            },
        },
        ...(read.length === 0 ? [] : [toGateway(gateway, read)]),
        ...exits.map((exit) => byGateway(gateway, exit)),
    ];
}

/** mTLS from sidecars to the gateway, which picks its host's filters by the name that is asked for. */
function toGateway(gateway: EgressGatewaySettings, read: readonly Exit[]): Manifest {
    const { name, namespace } = gateway;
    return {
        apiVersion: "networking.istio.io/v1",
        kind: "DestinationRule",
        metadata: { name, namespace },
        spec: {
            host: gatewayService(gateway).host,
            subsets: read.map((exit) => ({
                name: exit.name,
                trafficPolicy: {
                    portLevelSettings: [
                        {
                            port: { number: READ_PORT },
                            tls: { mode: "ISTIO_MUTUAL" as const, sni: exit.host },
                        },
                    ],
                },
            })),
        },
    };
}

function byGateway(gateway: EgressGatewaySettings, exit: Exit): Manifest {
    const { namespace } = gateway;
    const service = gatewayService(gateway).host;
    const own = `${namespace}/${gateway.name}`;
    const { name, host, read, passed, entry } = exit;
    const http: VirtualServiceSpec["http"] =
        read === undefined
            ? undefined
            : [
                  {
                      match: [{ gateways: ["mesh"], port: read }],
                      route: [
                          {
                              destination: {
                                  host: service,
                                  subset: name,
                                  port: { number: READ_PORT },
                              },
                          },
                      ],
                  },
                  {
                      match: [{ gateways: [own], port: READ_PORT }],
                      route: [{ destination: { host, port: { number: read } } }],
                  },
              ];
    const tls: VirtualServiceSpec["tls"] =
        passed === undefined
            ? undefined
            : [
                  {
                      match: [{ gateways: ["mesh"], port: passed, sniHosts: [host] }],
                      route: [{ destination: { host: service, port: { number: PASSED_PORT } } }],
                  },
                  {
                      match: [{ gateways: [own], port: PASSED_PORT, sniHosts: [host] }],
                      route: [{ destination: { host, port: { number: passed } } }],
                  },
              ];
    return {
        apiVersion: "networking.istio.io/v1",
        kind: "VirtualService",
        metadata: { name, namespace },
        spec: {
            hosts: [host],
            gateways: ["mesh", own],
            ...exportedTo(entry.namespaces, namespace),
            ...(http === undefined ? {} : { http }),
            ...(tls === undefined ? {} : { tls }),
        },
    };
}
