/** Where routes send requests, of Istio's kinds and of the Gateway API's. */
import type { Found, Stack } from "./found";
import {
    fullHost,
    hostMatches,
    hostsOf,
    namespacesMadeBy,
    namespacesOf,
    isInCluster,
} from "./hosts";
import type { HostOwner } from "./hosts";
import type { BackendRef, RouteFilter } from "./kinds/gateway-api";
import type { Destination, VirtualService } from "./kinds/istio-networking";

/** One destination, with the field that names it. */
export interface Sent {
    readonly place: string;
    /** As the object says it. */
    readonly host: string;
    readonly subset?: string | undefined;
    readonly port?: number | undefined;
}

function sent(place: string, { host = "", subset, port }: Destination): Sent {
    return { place, host, subset, port: port?.number };
}

/** Every destination of a VirtualService, mirrors included. */
export function* destinationsOf({ spec }: VirtualService): Generator<Sent> {
    for (const [index, http] of (spec?.http ?? []).entries()) {
        const place = `spec.http[${index}]`;
        for (const { destination = {} } of http.route ?? []) yield sent(place, destination);
        if (http.mirror) yield sent(`${place}.mirror`, http.mirror);
        for (const { destination = {} } of http.mirrors ?? []) {
            yield sent(`${place}.mirrors`, destination);
        }
    }
    for (const key of ["tls", "tcp"] as const) {
        for (const [index, { route = [] }] of (spec?.[key] ?? []).entries()) {
            for (const { destination = {} } of route) {
                yield sent(`spec.${key}[${index}]`, destination);
            }
        }
    }
}

/** Kinds of routes of the Gateway API. */
export type RouteKind = "httpRoute" | "grpcRoute" | "tlsRoute" | "tcpRoute";

/** What routes of all kinds share. */
interface Routing {
    spec?: { rules?: { backendRefs?: BackendRef[]; filters?: RouteFilter[] }[] };
}

/** Every backend that a route names, those of mirrors included. */
export function* backendsOf({ spec }: Routing): Generator<{ place: string; ref: BackendRef }> {
    for (const [index, { backendRefs = [], filters = [] }] of (spec?.rules ?? []).entries()) {
        const place = `spec.rules[${index}]`;
        for (const ref of backendRefs) yield { place: `${place}.backendRefs`, ref };
        for (const { requestMirror } of filters) {
            const ref = requestMirror?.backendRef;
            if (ref) yield { place: `${place}.filters`, ref };
        }
    }
}

/** The full host of a backend that is a Service; undefined for other kinds. */
export function serviceOf(
    { group = "", kind = "Service", name = "", namespace }: BackendRef,
    own: string,
) {
    return group === "" && kind === "Service" ? fullHost(name, namespace ?? own) : undefined;
}

/** Services that istiod makes of the stack's Gateways. For `stack.view`. */
function gatewayServicesOf(stack: Stack): ReadonlySet<string> {
    return new Set(
        stack
            .all("gateway")
            .flatMap(({ shortName, namespace, object }) => [
                fullHost(shortName, namespace),
                fullHost(`${shortName}-${object.spec?.gatewayClassName ?? ""}`, namespace),
            ]),
    );
}

/** Hosts of the stack that take many names. For `stack.view`. */
function wildcardsOf(stack: Stack): (readonly [string, readonly HostOwner[]])[] {
    return [...stack.view(hostsOf)].filter(([pattern]) => pattern.startsWith("*"));
}

/** Who answers under a host of the stack, also by a ServiceEntry's wildcard. */
export function ownersOf(host: string, namespace: string, stack: Stack): readonly HostOwner[] {
    const full = fullHost(host, namespace, stack.view(namespacesOf));
    const hosts = stack.view(hostsOf);
    const exact = hosts.get(full);
    if (exact) return exact;
    return stack
        .view(wildcardsOf)
        .flatMap(([pattern, owners]) => (hostMatches(pattern, full) ? owners : []));
}

/** Whether the stack should have a host's Service and doesn't: it makes the namespace that the host names. */
export function isMissing(host: string, namespace: string, stack: Stack): boolean {
    const full = fullHost(host, namespace, stack.view(namespacesOf));
    if (full.includes("*") || !isInCluster(full) || ownersOf(host, namespace, stack).length > 0)
        return false;
    const [, where = ""] = full.split(".");
    return stack.view(namespacesMadeBy).has(where) && !stack.view(gatewayServicesOf).has(full);
}

/** The Service of a host, where the stack has it and no ServiceEntry stands for it, too. */
export function onlyServiceOf(
    host: string,
    namespace: string,
    stack: Stack,
): Found<"service"> | undefined {
    const owners = ownersOf(host, namespace, stack);
    const [owner] = owners;
    return owners.length === 1 && owner?.kind === "service" ? owner : undefined;
}
