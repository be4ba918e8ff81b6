/*
 * How an address of the cluster becomes one of this machine. Linux answers on the whole of 127.0.0.0/8, so
 * nothing needs network namespaces, iptables or root:
 *
 *   cluster                loopback       what answers there
 *   10.96.0.v  a Service   127.96.0.v     the living agent, which passes on to a ready pod, as kube-proxy does
 *   10.64.0.p  a pod       127.64.0.p     its Envoy; its own program when it has none (istiod)
 *   10.0.x.y   a pod       127.65.x.y     the app of a pod that kwok plays, without a sidecar
 *   -                      127.192.0.p    the app of pod 10.64.0.p, behind its sidecar
 *   10.96.0.v, from pod p  127.128.p.v    outbound listener of p's sidecar for that Service (TCP)
 *   any, from pod p        127.128.p.0    outbound listener of p's sidecar for a port (HTTP, by Host)
 *
 * Ports below 1024 are moved up by 10000. sandbox/tools/istio/envoy-on-loopback says the same to Envoy.
 */

/** Range of the Services' addresses. */
export const SERVICE_RANGE = "10.96.0.0/24";

/** The most pods that can live at once. */
export const MOST_PODS = 253;

/** Where an address of the cluster answers on this machine. */
export function onLoopback(address: string): string {
    // kwok's own range would otherwise fall on 127.0.0.1 and its neighbours, where others listen.
    return address.replace(/^10\.0\./, "127.65.").replace(/^10\./, "127.");
}

/** Where the app of a pod listens: behind its sidecar, or openly when it has none. */
export function appAddress(podIp: string, hasSidecar: boolean): string {
    return hasSidecar ? `127.192.0.${lastOf(podIp)}` : onLoopback(podIp);
}

/** Where the sidecar of a pod listens for what its app sends to any Service by HTTP. */
export function outboundAddress(podIp: string): string {
    return `127.128.${lastOf(podIp)}.0`;
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
