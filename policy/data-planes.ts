/** How the namespaces and pods of a stack join the mesh, as Istio decides it from their labels. */
import type { Found, Stack } from "./found";
import type { ObjectMeta } from "./kinds/kubernetes";

/** What serves the pods of a namespace. */
export interface DataPlane {
    readonly found: Found<"namespace">;
    readonly mode: "sidecar" | "ambient" | "none";
    /** The revision or tag that injects; undefined where the default one does or nothing is injected. */
    readonly revision?: string;
    /** The waypoint that the namespace names, as its label says it. */
    readonly waypoint?: { readonly name: string; readonly namespace: string };
}

/** Labels that decide, on namespaces and on pods. */
export const INJECTION = "istio-injection";
export const REVISION = "istio.io/rev";
export const DATAPLANE_MODE = "istio.io/dataplane-mode";
export const USE_WAYPOINT = "istio.io/use-waypoint";
export const WAYPOINT_NAMESPACE = "istio.io/use-waypoint-namespace";
/** A second waypoint, for a share of the connections. */
export const USE_CANARY = "istio.io/use-waypoint-canary";
export const CANARY_NAMESPACE = "istio.io/use-waypoint-canary-namespace";
export const INJECT = "sidecar.istio.io/inject";

/** The waypoint that labels name, by the keys for its name and namespace; undefined for none. */
export function waypointIn(
    labels: Readonly<Record<string, string>> | undefined,
    namespace: string,
    [use, elsewhere]: readonly [use: string, elsewhere: string] = [
        USE_WAYPOINT,
        WAYPOINT_NAMESPACE,
    ],
): DataPlane["waypoint"] {
    const name = labels?.[use];
    if (name === undefined || name === "" || name === "none") return undefined;
    return { name, namespace: labels?.[elsewhere] ?? namespace };
}

/** How a namespace joins: sidecars win over ambient, and istio-injection over a revision. */
export function dataPlaneOf(found: Found<"namespace">): DataPlane {
    const labels = found.object.metadata?.labels;
    const injection = labels?.[INJECTION];
    const revision = labels?.[REVISION];
    const waypoint = waypointIn(labels, found.shortName);
    const rest = waypoint ? { found, waypoint } : { found };
    if (injection === "enabled") return { ...rest, mode: "sidecar" };
    if (injection === undefined && revision !== undefined && revision !== "") {
        return { ...rest, mode: "sidecar", revision };
    }
    return { ...rest, mode: labels?.[DATAPLANE_MODE] === "ambient" ? "ambient" : "none" };
}

/** Every namespace of the stack with its data plane, by name. For `stack.view`. */
export function dataPlanesOf(stack: Stack): ReadonlyMap<string, DataPlane> {
    return new Map(stack.all("namespace").map((found) => [found.shortName, dataPlaneOf(found)]));
}

/** What a pod itself says about injection; the label wins over the annotation. */
export function injectionOf(metadata: ObjectMeta | undefined): string | undefined {
    return metadata?.labels?.[INJECT] ?? metadata?.annotations?.[INJECT];
}
