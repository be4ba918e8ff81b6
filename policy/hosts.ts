/** Names of hosts as Istio resolves them, and the hosts that a stack has. */
import type { Found, Stack } from "./found";

/** The suffix of names inside a cluster. Istio's `clusterDomain`, which hardly anyone changes. */
const CLUSTER_DOMAIN = "svc.cluster.local";

/**
 * A host in full, as Istio resolves it: a name without dots is a Service of the object's own
 * namespace. `reviews.shop` and `reviews.shop.svc` are taken for Services, too, as kube-dns does,
 * where `namespaces` says that there is such a namespace; otherwise they are names outside.
 */
export function fullHost(
    host: string,
    namespace: string,
    namespaces: ReadonlySet<string> = new Set(),
): string {
    if (host.includes("*")) return host;
    const [name = "", second, third, ...rest] = host.split(".");
    if (second === undefined) return `${name}.${namespace}.${CLUSTER_DOMAIN}`;
    if (rest.length === 0 && (third === undefined || third === "svc") && namespaces.has(second)) {
        return `${name}.${second}.${CLUSTER_DOMAIN}`;
    }
    return host;
}

/** Whether a host is of a Service inside the cluster. */
export function isInCluster(fullName: string): boolean {
    return fullName.endsWith(`.${CLUSTER_DOMAIN}`);
}

/** Whether a pattern such as `*.example.com` or `*` takes a host; a pattern is also taken by a wider one. */
export function hostMatches(pattern: string, host: string): boolean {
    if (pattern === "*" || pattern === host) return true;
    return pattern.startsWith("*") && host.endsWith(pattern.slice(1)) && host !== pattern.slice(1);
}

/** Who answers under a host. */
export type HostOwner = Found<"service"> | Found<"serviceEntry">;

/** Every host that Services and ServiceEntries of the stack offer, in full. For `stack.view`. */
export function hostsOf(stack: Stack): ReadonlyMap<string, readonly HostOwner[]> {
    const hosts = new Map<string, HostOwner[]>();
    const add = (host: string, owner: HostOwner) => {
        hosts.set(host, [...(hosts.get(host) ?? []), owner]);
    };
    for (const found of stack.all("service")) {
        add(fullHost(found.shortName, found.namespace), found);
    }
    for (const found of stack.all("serviceEntry")) {
        for (const host of found.object.spec?.hosts ?? []) add(host, found);
    }
    return hosts;
}

/** Namespaces that the stack names, by objects that are in them or by being theirs. For `stack.view`. */
export function namespacesOf(stack: Stack): ReadonlySet<string> {
    return new Set([
        ...stack.all("namespace").map(({ shortName }) => shortName),
        ...stack.all("service").map(({ namespace }) => namespace),
    ]);
}

/** Namespaces that the stack itself makes: what isn't in one of these may be made elsewhere. For `stack.view`. */
export function namespacesMadeBy(stack: Stack): ReadonlySet<string> {
    return new Set(stack.all("namespace").map(({ shortName }) => shortName));
}
