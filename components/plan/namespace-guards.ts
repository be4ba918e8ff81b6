import type { NamespaceSettings } from "../../settings/schema";
import { ISTIO_SYSTEM } from "./namespaces";

/** The tunnel between ztunnels, waypoints and pods. */
const HBONE = 15008;
/** Where proxies get their configuration and certificates. */
const ISTIOD_XDS = 15012;
/** A proxy's merged metrics, its health, and Envoy's own metrics. */
const PROXY_PORTS = [15020, 15021, 15090];
/** From where the kubelet's probes reach ambient pods, once the node agent has rewritten them. */
const AMBIENT_PROBES = "169.254.7.127/32";

/** The hard limits of a quota, as Kubernetes names them. */
export function quotaHard(
    quota: NonNullable<NamespaceSettings["quota"]>,
): Readonly<Record<string, string>> {
    const { cpu, memory, pods } = quota;
    return {
        ...(cpu === undefined ? {} : { "requests.cpu": cpu }),
        ...(memory === undefined ? {} : { "requests.memory": memory }),
        ...(pods === undefined ? {} : { pods: String(pods) }),
    };
}

const pods = (namespace: string) => ({
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
});
const tcp = (port: number) => ({ protocol: "TCP", port });

/**
 * A network policy that closes a namespace and leaves open what the mesh itself needs.
 * @see https://istio.io/latest/docs/ambient/usage/networkpolicy/
 */
export function networkPolicySpec({
    name,
    networkPolicy,
}: Pick<NamespaceSettings, "name"> & {
    readonly networkPolicy: NonNullable<NamespaceSettings["networkPolicy"]>;
}) {
    return {
        podSelector: {},
        policyTypes: ["Ingress", "Egress"],
        ingress: [
            { from: [name, ...networkPolicy.from].map(pods) },
            // Who comes through the tunnel is known by its certificate, which the mesh judges.
            { ports: [tcp(HBONE)] },
            { ports: PROXY_PORTS.map(tcp) },
            { from: [{ ipBlock: { cidr: AMBIENT_PROBES } }] },
        ],
        egress: [
            { to: [name, ...networkPolicy.to].map(pods) },
            { ports: [tcp(HBONE)] },
            { to: [pods(ISTIO_SYSTEM)], ports: [tcp(ISTIOD_XDS)] },
            { ports: [tcp(53), { protocol: "UDP", port: 53 }] },
        ],
    };
}

/** Labels that hold a namespace's pods to a Pod Security Standard, and warn whoever applies others. */
export function podSecurityLabels(
    level: NamespaceSettings["podSecurity"],
): Readonly<Record<string, string>> {
    return level === undefined
        ? {}
        : {
              "pod-security.kubernetes.io/enforce": level,
              "pod-security.kubernetes.io/warn": level,
          };
}
