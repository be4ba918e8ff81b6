/** The protocol that Istio takes a Service's port for. */
import type { ServicePort } from "./kinds/kubernetes";

const NAMES = [
    "grpc-web",
    "grpc",
    "http_proxy",
    "http2",
    "https",
    "http",
    "mongo",
    "mysql",
    "redis",
    "tcp",
    "tls",
    "udp",
] as const;

export type Protocol = (typeof NAMES)[number];

/** What appProtocol says in Kubernetes' own words. */
const KUBERNETES: Readonly<Record<string, Protocol>> = {
    "kubernetes.io/h2c": "http2",
    "kubernetes.io/ws": "http",
    "kubernetes.io/wss": "https",
};

/** Ports that Istio never sniffs, as servers that speak first would hang: SMTP, DNS, MySQL, MongoDB. */
const SERVER_FIRST = [25, 53, 3306, 27017];

/**
 * The protocol of a port by appProtocol, or by its name up to the first dash; undefined where neither
 * says one that Istio knows, so that it tells HTTP from TCP by the first bytes of each connection.
 *
 * @see https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/
 */
export function protocolOf({
    name = "",
    port,
    protocol,
    appProtocol,
}: ServicePort): Protocol | undefined {
    if (protocol === "UDP") return "udp";
    const said = (KUBERNETES[appProtocol ?? ""] ?? appProtocol ?? name).toLowerCase();
    const named = said.startsWith("grpc-web") ? "grpc-web" : said.split("-")[0];
    const known = NAMES.find((candidate) => candidate === named);
    return known ?? (port !== undefined && SERVER_FIRST.includes(port) ? "tcp" : undefined);
}

/** Protocols of which Istio sees no requests, only bytes. */
export function isOpaque(protocol: Protocol | undefined): boolean {
    return (
        protocol !== undefined &&
        ["https", "mongo", "mysql", "redis", "tcp", "tls", "udp"].includes(protocol)
    );
}
