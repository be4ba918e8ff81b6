import type { EgressGatewaySettings } from "../../settings/schema";
import type { EgressSettings } from "../../settings/security";
import type { HTTPRouteSpec, Manifest } from "../kinds";
import { AWAITED, deployed } from "../plan/gateway-objects";
import { exitsOf, gatewayService, PASSED_PORT, READ_PORT, type Exit } from "./routes";

const ISTIO = "networking.istio.io";
const API = "gateway.networking.k8s.io/v1";

/** An egress gateway that istiod deploys; `options` is the ConfigMap with its sizes. */
export function egressGatewayObject(
    { name, namespace }: Pick<EgressGatewaySettings, "name" | "namespace">,
    options: string,
): Manifest {
    // Its own namespace has all of its routes.
    const allowedRoutes = { namespaces: { from: "Same" as const } };
    return {
        apiVersion: API,
        kind: "Gateway",
        metadata: {
            name,
            namespace,
            annotations: AWAITED,
        },
        spec: {
            ...deployed("ClusterIP", options),
            listeners: [
                {
                    // Callers' proxies show their certificates: it knows who asks.
                    name: "read",
                    port: READ_PORT,
                    protocol: "HTTPS",
                    allowedRoutes,
                    tls: {
                        mode: "Terminate",
                        options: { "gateway.istio.io/tls-terminate-mode": "ISTIO_MUTUAL" },
                    },
                },
                {
                    name: "passed",
                    port: PASSED_PORT,
                    protocol: "TLS",
                    allowedRoutes,
                    tls: { mode: "Passthrough" },
                },
            ],
        },
    };
}

/**
 * The routes by an egress gateway: from sidecars to it, attached to the ServiceEntry, and from it to the
 * host.
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/
 */
export function gatewayApiExits(
    gateway: EgressGatewaySettings,
    entries: readonly EgressSettings[],
): readonly Manifest[] {
    const { name, namespace } = gateway;
    const exits = entries.flatMap(exitsOf);
    return [
        ...(exits.some(({ read }) => read !== undefined)
            ? [
                  {
                      apiVersion: "networking.istio.io/v1" as const,
                      kind: "DestinationRule" as const,
                      metadata: { name, namespace },
                      spec: {
                          host: gatewayService(gateway).host,
                          trafficPolicy: {
                              portLevelSettings: [
                                  {
                                      port: { number: READ_PORT },
                                      tls: { mode: "ISTIO_MUTUAL" as const },
                                  },
                              ],
                          },
                      },
                  },
              ]
            : []),
        ...entries.flatMap((entry) => toGateway(gateway, entry)),
        ...exits.flatMap((exit) => fromGateway(gateway, exit)),
    ];
}

type ParentRef = NonNullable<HTTPRouteSpec["parentRefs"]>[number];

function toGateway(gateway: EgressGatewaySettings, entry: EgressSettings): readonly Manifest[] {
    const [first] = exitsOf(entry);
    const { name } = gatewayService(gateway);
    const metadata = { name: entry.name, namespace: gateway.namespace };
    const parent = (port: number): ParentRef => ({
        group: ISTIO,
        kind: "ServiceEntry",
        name: entry.name,
        port,
    });
    return routes(metadata, {
        hostnames: entry.hosts,
        ...(first?.read === undefined
            ? {}
            : { read: { parent: parent(first.read), backend: { name, port: READ_PORT } } }),
        ...(first?.passed === undefined
            ? {}
            : { passed: { parent: parent(first.passed), backend: { name, port: PASSED_PORT } } }),
    });
}

function fromGateway(gateway: EgressGatewaySettings, exit: Exit): readonly Manifest[] {
    const { name, host, read, passed } = exit;
    const parent = (sectionName: string): ParentRef => ({ name: gateway.name, sectionName });
    const outside = (port: number) => ({ group: ISTIO, kind: "Hostname", name: host, port });
    return routes(
        { name, namespace: gateway.namespace },
        {
            hostnames: [host],
            ...(read === undefined
                ? {}
                : { read: { parent: parent("read"), backend: outside(read) } }),
            ...(passed === undefined
                ? {}
                : { passed: { parent: parent("passed"), backend: outside(passed) } }),
        },
    );
}

/** One step of a way out. */
interface Step {
    readonly parent: ParentRef;
    readonly backend: { readonly name: string; readonly port: number };
}

function routes(
    metadata: { readonly name: string; readonly namespace: string },
    {
        hostnames,
        read,
        passed,
    }: {
        readonly hostnames: readonly string[];
        readonly read?: Step;
        readonly passed?: Step;
    },
): readonly Manifest[] {
    return [
        ...(read === undefined
            ? []
            : [
                  {
                      apiVersion: API,
                      kind: "HTTPRoute" as const,
                      metadata,
                      spec: {
                          parentRefs: [read.parent],
                          // A ServiceEntry says its hosts itself.
                          ...(read.parent.kind === "ServiceEntry" ? {} : { hostnames }),
                          rules: [{ backendRefs: [read.backend] }],
                      },
                  } as const,
              ]),
        ...(passed === undefined
            ? []
            : [
                  {
                      apiVersion: API,
                      kind: "TLSRoute" as const,
                      metadata,
                      spec: {
                          parentRefs: [passed.parent],
                          hostnames,
                          rules: [{ backendRefs: [passed.backend] }],
                      },
                  } as const,
              ]),
    ];
}
