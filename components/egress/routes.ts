import type { EgressGatewaySettings } from "../../settings/schema";
import type { EgressSettings } from "../../settings/security";
import { fullHost } from "../traffic/service";

/** Ports of the gateway itself: requests that it reads, and connections that stay encrypted. */
export const READ_PORT = 80;
export const PASSED_PORT = 443;

/** Protocols whose requests the gateway reads: the caller's proxy sends them by mTLS. */
const READ: readonly string[] = ["HTTP", "GRPC"];
/** Protocols that stay encrypted from the caller to the host, and are told apart by the host's name. */
const PASSED: readonly string[] = ["HTTPS", "TLS"];

/** What can leave by a gateway; for other protocols, connections say nothing by which to tell them apart. */
export const ROUTED: readonly string[] = [...READ, ...PASSED];

/** One host that requests leave for. */
export interface Exit {
    /** Its own among all exits of a gateway: a subset's name, which takes no dots. */
    readonly name: string;
    readonly host: string;
    /** The host's port whose requests the gateway reads. */
    readonly read?: number;
    /** The host's port whose connections stay encrypted. */
    readonly passed?: number;
    readonly entry: EgressSettings;
}

/** The hosts of an entry, each with a name of its own. */
export function exitsOf(entry: EgressSettings): readonly Exit[] {
    const read = entry.ports.find(({ protocol }) => READ.includes(protocol))?.number;
    const passed = entry.ports.find(({ protocol }) => PASSED.includes(protocol))?.number;
    return entry.hosts.map((host, i) => ({
        name: `${entry.name}-${i + 1}`,
        host,
        ...(read === undefined ? {} : { read }),
        ...(passed === undefined ? {} : { passed }),
        entry,
    }));
}

/** The Service before an egress gateway. istiod names what it deploys after the class, too. */
export function gatewayService({
    name,
    namespace,
    via,
}: Pick<EgressGatewaySettings, "name" | "namespace" | "via">): {
    readonly name: string;
    readonly host: string;
} {
    const service = via === "gateway-api" ? `${name}-istio` : name;
    return { name: service, host: fullHost(service, namespace) };
}
