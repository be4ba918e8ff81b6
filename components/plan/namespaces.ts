import { podSecurityLabels } from "./namespace-guards";
import type { DataPlane, InstallMethod, NamespaceSettings } from "../../settings/schema";

/** Where istiod runs: the mesh's root namespace. */
export const ISTIO_SYSTEM = "istio-system";
/** Where the CNI node agent runs, apart from istiod because it needs privileged pods. */
export const ISTIO_CNI = "istio-cni";
/** Where ztunnel runs, for the same reason. Both names are also the Sail Operator's defaults. */
export const ZTUNNEL = "ztunnel";

/** Where the Sail Operator runs. */
export const SAIL_OPERATOR = "sail-operator";

/** Namespaces that belong to the mesh itself. */
export const CONTROL_PLANE_NAMESPACES: readonly string[] = [
    ISTIO_SYSTEM,
    ISTIO_CNI,
    ZTUNNEL,
    SAIL_OPERATOR,
];

/** Name of every waypoint that the program makes. */
export const WAYPOINT = "waypoint";

/** A namespace the program owns, with all labels it needs. */
export interface NamespacePlan {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
}

/** What of a namespace's settings its labels follow from. */
export type LabelledBy = Pick<NamespaceSettings, "name" | "dataPlane" | "revision" | "waypoint"> &
    Partial<Pick<NamespaceSettings, "podSecurity" | "ingressUseWaypoint" | "waypointCanary">>;

/** What namespaces are planned from. */
export interface NamespacesInput {
    readonly installMethod: InstallMethod;
    readonly dataPlane: DataPlane;
    readonly network?: string | undefined;
    readonly namespaces: readonly LabelledBy[];
    readonly gateways: readonly { readonly namespace: string }[];
    readonly egressGateways?: readonly { readonly namespace: string; readonly via: string }[];
}

/** A namespace's own data plane, or else the mesh's. */
export function dataPlaneOf(
    namespace: Pick<NamespaceSettings, "dataPlane">,
    meshDataPlane: DataPlane,
): DataPlane | "none" {
    return namespace.dataPlane ?? meshDataPlane;
}

/** Whether any namespace is ambient, so that the mesh needs the CNI agent and ztunnel. */
export function usesAmbient({
    dataPlane,
    namespaces,
}: {
    readonly dataPlane: DataPlane;
    readonly namespaces: readonly Pick<NamespaceSettings, "dataPlane">[];
}): boolean {
    return (
        dataPlane === "ambient" ||
        namespaces.some((namespace) => dataPlaneOf(namespace, dataPlane) === "ambient")
    );
}

/**
 * The labels that put a namespace on its data plane: always exactly one choice. Sidecars come from
 * the revision or tag it names. With an injection
 * label beside the ambient one, sidecars would win in silence.
 * @see https://istio.io/latest/docs/reference/config/labels/
 */
export function dataPlaneLabels(
    dataPlane: DataPlane | "none",
    { waypoint, revision }: { readonly waypoint: boolean; readonly revision?: string | undefined },
): Readonly<Record<string, string>> {
    switch (dataPlane) {
        case "sidecar":
            // One of the two: istio-injection would win over the revision.
            return revision === undefined
                ? { "istio-injection": "enabled" }
                : { "istio.io/rev": revision };
        case "ambient":
            return {
                "istio.io/dataplane-mode": "ambient",
                ...(waypoint ? { "istio.io/use-waypoint": WAYPOINT } : {}),
            };
        case "none":
            return { "istio-injection": "disabled" };
    }
}

/** The data plane that a namespace's labels put it on: with sidecars where both are asked for, as in Istio. */
export function dataPlaneIn(labels: Readonly<Record<string, unknown>>): DataPlane | "none" {
    const injection = labels["istio-injection"];
    if (
        injection === "enabled" ||
        (injection !== "disabled" && labels["istio.io/rev"] !== undefined)
    ) {
        return "sidecar";
    }
    return labels["istio.io/dataplane-mode"] === "ambient" ? "ambient" : "none";
}

/** Every label of a namespace that the mesh serves. */
export function servedLabels(
    namespace: LabelledBy,
    dataPlane: DataPlane | "none",
): Readonly<Record<string, string>> {
    return {
        ...dataPlaneLabels(dataPlane, namespace),
        ...podSecurityLabels(namespace.podSecurity),
        ...(namespace.ingressUseWaypoint === true
            ? { "istio.io/ingress-use-waypoint": "true" }
            : {}),
        ...(namespace.waypointCanary === undefined
            ? {}
            : { "istio.io/use-waypoint-canary": namespace.waypointCanary.name }),
    };
}

/** Annotations of a namespace that the mesh serves; undefined where it needs none. */
export function servedAnnotations({
    waypointCanary,
}: Pick<LabelledBy, "waypointCanary">): Readonly<Record<string, string>> | undefined {
    return waypointCanary === undefined
        ? undefined
        : { "istio.io/use-waypoint-canary-weight": String(waypointCanary.weight) };
}

/** ztunnel and the CNI agent change the node's network; Pod Security refuses that elsewhere. */
const PRIVILEGED = { "pod-security.kubernetes.io/enforce": "privileged" };

/** Namespaces by when they are made: the mesh's own before it, all others once it is ready. */
export interface NamespacesPlan {
    readonly own: readonly NamespacePlan[];
    readonly others: readonly NamespacePlan[];
}

/** Every namespace of the stack, each once: the mesh's own, the gateways', the served ones. */
export function namespacePlan(input: NamespacesInput): NamespacesPlan {
    const { dataPlane, network, namespaces, gateways, egressGateways = [] } = input;
    const served = namespaces.map((namespace) => ({
        name: namespace.name,
        labels: servedLabels(namespace, dataPlaneOf(namespace, dataPlane)),
    }));
    // A gateway's proxy comes from the injector, whatever the mesh's data plane; only waypoints don't.
    const injected = [...gateways, ...egressGateways.filter(({ via }) => via !== "waypoint")];
    const forGateways = [
        ...new Set([...injected, ...egressGateways].map(({ namespace }) => namespace)),
    ]
        .filter((name) => !served.some((other) => other.name === name))
        .map((name) => ({
            name,
            labels: dataPlaneLabels(
                injected.some(({ namespace }) => namespace === name) ? "sidecar" : "ambient",
                { waypoint: false },
            ),
        }));
    const root = {
        name: ISTIO_SYSTEM,
        labels: network === undefined ? {} : { "topology.istio.io/network": network },
    };
    const operator = input.installMethod === "sail" ? [{ name: SAIL_OPERATOR, labels: {} }] : [];
    const nodeAgents = [ISTIO_CNI, ZTUNNEL].map((name) => ({ name, labels: PRIVILEGED }));
    return {
        own: [root, ...(usesAmbient(input) ? nodeAgents : []), ...operator],
        others: [...forGateways, ...served],
    };
}
