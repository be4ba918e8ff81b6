import type { EgressSettings } from "../../settings/security";
import type { Manifest } from "../kinds";
import { ISTIO_SYSTEM } from "../plan/namespaces";

/** Where a ServiceEntry is, and who takes its requests. */
export interface EntryPlace {
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
}

/** Something outside that the mesh knows, for all namespaces or for some. */
export function serviceEntry(
    entry: EgressSettings,
    place: EntryPlace = { namespace: ISTIO_SYSTEM },
): Manifest {
    const { name, hosts, ports, addresses, namespaces } = entry;
    // DNS can't look a wildcard up: such requests go on to the address they were made for.
    const byDns = hosts.some((host) => host.startsWith("*.")) ? "NONE" : "DNS";
    return {
        apiVersion: "networking.istio.io/v1",
        kind: "ServiceEntry",
        metadata: { name, ...place },
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
            ...exportedTo(namespaces, place.namespace),
        },
    };
}

/** To whom an object is shown: to its own namespace always, where an egress gateway may be. */
export function exportedTo(
    namespaces: readonly string[],
    home: string,
): { readonly exportTo?: readonly string[] } {
    return namespaces.length === 0
        ? {}
        : { exportTo: [...(home === ISTIO_SYSTEM ? [] : ["."]), ...namespaces] };
}
