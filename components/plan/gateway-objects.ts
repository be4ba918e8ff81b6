import type { GatewaySettings } from "../../settings/schema";
import type { TrafficSettings } from "../../settings/traffic";
import type { Manifest } from "../kinds";

/** A name by which a service is called at a gateway, and the namespace that may route it. */
export interface GatewayHost {
    readonly host: string;
    readonly namespace: string;
}

/** Every host that a stack's traffic settings claim at a gateway. */
export function hostsAt(
    { namespace, name }: Pick<GatewaySettings, "namespace" | "name">,
    traffic: readonly Pick<TrafficSettings, "gateway" | "hosts" | "namespace">[],
): readonly GatewayHost[] {
    return traffic
        .filter(({ gateway }) => gateway === `${namespace}/${name}`)
        .flatMap((service) =>
            service.hosts.map((host) => ({ host, namespace: service.namespace })),
        );
}

/** Labels that Istio's gateway chart gives a gateway's pods, by its name. */
export function chartSelector(name: string): { readonly istio: string } {
    return { istio: name.replace(/^istio-/, "") };
}

/**
 * What a gateway that the chart deploys listens to: nothing before there are hosts. A host is tied to
 * its namespace, so that no other can claim it.
 */
export function istioGateway(
    { name, namespace, tls }: GatewaySettings,
    hosts: readonly GatewayHost[],
): Manifest | undefined {
    const names = hosts.map((one) => `${one.namespace}/${one.host}`);
    return names.length === 0
        ? undefined
        : {
              apiVersion: "networking.istio.io/v1",
              kind: "Gateway",
              metadata: { name, namespace },
              spec: {
                  selector: chartSelector(name),
                  servers: [
                      {
                          port: { number: 80, name: "http", protocol: "HTTP" },
                          hosts: names,
                          ...(tls?.redirect === true ? { tls: { httpsRedirect: true } } : {}),
                      },
                      ...(tls === undefined
                          ? []
                          : [
                                {
                                    port: { number: 443, name: "https", protocol: "HTTPS" },
                                    hosts: names,
                                    tls: {
                                        mode: "SIMPLE" as const,
                                        credentialName: tls.secret,
                                        minProtocolVersion: "TLSV1_2" as const,
                                    },
                                },
                            ]),
                  ],
              },
          };
}

/** Until when a Gateway is waited for: Programmed would wait for an address, which may never come. */
export const AWAITED = { "pulumi.com/waitFor": "condition=Accepted" };

/** What has istiod deploy a Gateway: the class, its Service's type, and the ConfigMap with its sizes. */
export function deployed(serviceType: GatewaySettings["serviceType"], options: string) {
    return {
        gatewayClassName: "istio",
        infrastructure: {
            annotations: { "networking.istio.io/service-type": serviceType },
            parametersRef: { group: "", kind: "ConfigMap", name: options },
        },
    };
}

/** A gateway that istiod deploys, and the redirect of its port 80 where it has a certificate. */
export function kubernetesGateway(
    { name, namespace, tls, serviceType }: GatewaySettings,
    options: string,
): readonly Manifest[] {
    // Routes come from the namespaces of the services.
    const allowedRoutes = { namespaces: { from: "All" as const } };
    const redirects = tls?.redirect === true;
    return [
        {
            apiVersion: "gateway.networking.k8s.io/v1",
            kind: "Gateway",
            metadata: {
                name,
                namespace,
                annotations: AWAITED,
            },
            spec: {
                ...deployed(serviceType, options),
                listeners: [
                    {
                        name: "http",
                        port: 80,
                        protocol: "HTTP",
                        allowedRoutes: redirects
                            ? { namespaces: { from: "Same" as const } }
                            : allowedRoutes,
                    },
                    ...(tls === undefined
                        ? []
                        : [
                              {
                                  name: "https",
                                  port: 443,
                                  protocol: "HTTPS",
                                  allowedRoutes,
                                  tls: {
                                      mode: "Terminate" as const,
                                      certificateRefs: [{ name: tls.secret }],
                                  },
                              },
                          ]),
                ],
            },
        },
        ...(redirects ? [redirectRoute(name, namespace)] : []),
    ];
}

function redirectRoute(gateway: string, namespace: string): Manifest {
    return {
        apiVersion: "gateway.networking.k8s.io/v1",
        kind: "HTTPRoute",
        metadata: { name: `${gateway}-https`, namespace },
        spec: {
            parentRefs: [{ name: gateway, sectionName: "http" }],
            rules: [
                {
                    filters: [
                        {
                            type: "RequestRedirect",
                            requestRedirect: { scheme: "https", statusCode: 301 },
                        },
                    ],
                },
            ],
        },
    };
}

/** What cert-manager is asked for: one certificate for every host at a gateway. */
export interface CertificateSpec {
    readonly secretName: string;
    readonly dnsNames: readonly string[];
    readonly issuerRef: { readonly name: string; readonly kind: string; readonly group: string };
}

/** The certificate that cert-manager keeps for a gateway; undefined where the Secret is somebody's own. */
export function certificateSpec(
    { tls }: Pick<GatewaySettings, "tls">,
    hosts: readonly GatewayHost[],
): CertificateSpec | undefined {
    return tls?.issuer === undefined || hosts.length === 0
        ? undefined
        : {
              secretName: tls.secret,
              dnsNames: [...new Set(hosts.map(({ host }) => host))],
              issuerRef: { ...tls.issuer, group: "cert-manager.io" },
          };
}
