/*
 * How an address of the cluster becomes one of this machine. Linux answers on the whole of 127.0.0.0/8, so
 * nothing needs network namespaces, iptables or root. Several sandboxes may live on one machine: each has a
 * slot s, from 0 to 7, which the second number of its addresses carries.
 *
 *   cluster                loopback         what answers there
 *   10.96.0.v  a Service   127.(96+s).0.v   the living agent, which passes on to a ready pod, as kube-proxy does
 *   10.64.0.p  a pod       127.(64+s).0.p   its Envoy; its own program when it has none (istiod)
 *   10.0.x.y   a pod       127.(72+s).x.y   the app of a pod that kwok plays, without a sidecar
 *   -                      127.(192+s).0.p  the app of pod 10.64.0.p, behind its sidecar
 *   10.96.0.v, from pod p  127.(128+s).p.v  outbound listener of p's sidecar for that Service (TCP)
 *   any, from pod p        127.(128+s).p.0  outbound listener of p's sidecar for a port (HTTP, by Host)
 *
 * Ports below 1024 are moved up by 10000. sandbox/tools/istio/envoy-on-loopback says the same to Envoy.
 */

/** Range of the Services' addresses. */
export const SERVICE_RANGE = "10.96.0.0/24";

/** The API server's own Service, the first that a cluster has. */
export const FIRST_SERVICE = "10.96.0.1";

/** The most pods that can live at once in one sandbox. */
export const MOST_PODS = 253;

/** The most sandboxes that can live at once on one machine. */
export const MOST_SLOTS = 8;

/** Where each network of the cluster begins in slot 0, by its second number. */
const NETWORKS: Readonly<Record<string, number>> = { "0": 72, "64": 64, "96": 96 };

/** The part of 127.0.0.0/8 that one living mesh has. */
export class Loopback {
    constructor(readonly slot: number) {}

    /** Where an address of the cluster answers on this machine; other addresses stay as they are. */
    of(address: string): string {
        const [, network = "", rest = ""] = /^10\.(\d+)\.(\d+\.\d+)$/.exec(address) ?? [];
        const begins = NETWORKS[network];
        return begins === undefined ? address : `127.${begins + this.slot}.${rest}`;
    }

    /** Where the app of a pod listens: behind its sidecar, or openly when it has none. */
    app(podIp: string, hasSidecar: boolean): string {
        return hasSidecar ? `127.${192 + this.slot}.0.${lastOf(podIp)}` : this.of(podIp);
    }

    /** Where the sidecar of a pod listens for what its app sends to any Service by HTTP. */
    outbound(podIp: string): string {
        return `127.${128 + this.slot}.${lastOf(podIp)}.0`;
    }

    /** An address that nothing of the cluster has: who listens there has the slot. */
    get claim(): string {
        return `127.${96 + this.slot}.255.254`;
    }
}

/** The port that an ordinary user may open in place of `port`. */
export function openPort(port: number): number {
    return port > 0 && port < 1024 ? port + 10_000 : port;
}

/** The lowest address for a pod that no other pod has; nothing when all are taken. */
export function freePodAddress(taken: ReadonlySet<string>): string | undefined {
    for (let last = 2; last < 2 + MOST_PODS; last += 1) {
        const address = `10.64.0.${last}`;
        if (!taken.has(address)) return address;
    }
    return undefined;
}

function lastOf(address: string): string {
    return address.split(".").at(-1) ?? "0";
}
