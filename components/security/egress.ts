import type { EgressSettings } from "../../settings/security";
import type { Manifest } from "../kinds";
import { ISTIO_SYSTEM } from "../plan/namespaces";

/** Something outside that the mesh knows, for all namespaces or for some. */
export function serviceEntry(entry: EgressSettings): Manifest {
    const { name, hosts, ports, addresses, namespaces } = entry;
    // DNS can't look a wildcard up: such requests go on to the address they were made for.
    const byDns = hosts.some((host) => host.startsWith("*.")) ? "NONE" : "DNS";
    return {
        apiVersion: "networking.istio.io/v1",
        kind: "ServiceEntry",
        metadata: { name, namespace: ISTIO_SYSTEM },
        spec: {
            hosts,
            location: "MESH_EXTERNAL",
            resolution: addresses.length > 0 ? "STATIC" : byDns,
            ports: ports.map(({ number, protocol, targetPort }) => ({
                number,
                protocol,
                name: `${protocol.toLowerCase()}-${number}`,
                ...(targetPort === undefined ? {} : { targetPort }),
            })),
            ...(addresses.length === 0
                ? {}
                : { endpoints: addresses.map((address) => ({ address })) }),
            ...(namespaces.length === 0 ? {} : { exportTo: namespaces }),
        },
    };
}
