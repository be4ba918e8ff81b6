import { dataPlaneIn } from "../../components/plan/namespaces";
import type { Plan, Resource } from "../events/changes";
import { listAt, numberAt, textAt, treeAt } from "../events/tree";
import type { Tree } from "../events/tree";
import type { ClusterFacts } from "./cluster-facts";

/** Which data plane a namespace's pods are in; with sidecars where both are asked for, as in Istio. */
export type Plane = "sidecar" | "ambient" | "none";

/** A namespace's place in the mesh. */
export interface Membership {
    readonly plane: Plane;
    /** Whether its services' requests go through a waypoint. */
    readonly waypoint: boolean;
}

/** A namespace before and after; undefined where it isn't there. */
export interface NamespaceStory {
    readonly name: string;
    readonly before?: Membership;
    readonly after?: Membership;
    /** Deployments and the like in it, as `Deployment name`. */
    readonly workloads: readonly string[];
}

/** What labels make of a namespace. */
export function membershipOf(labels: Tree): Membership {
    const waypoint = textAt(labels, ["istio.io/use-waypoint"]) ?? "none";
    return {
        plane: dataPlaneIn(labels),
        waypoint: waypoint !== "none",
    };
}

const WORKLOADS = ["Deployment", "StatefulSet", "DaemonSet"];

/** Whether a resource makes pods. */
export function makesPods({ object }: Resource): boolean {
    return object !== undefined && WORKLOADS.includes(object.kind);
}

/** Every namespace that the stack or the cluster knows, sorted by name, with what runs in it. */
export function namespaceStories(
    { changes, unchanged }: Plan,
    cluster: ClusterFacts | undefined,
): readonly NamespaceStory[] {
    const resources: readonly Resource[] = [...changes, ...unchanged];
    const stories = new Map<string, { before?: Membership; after?: Membership }>();
    for (const { name, labels } of cluster?.namespaces ?? []) {
        stories.set(name, { before: membershipOf(labels), after: membershipOf(labels) });
    }
    for (const { object, before, after } of resources) {
        if (object?.kind !== "Namespace") continue;
        const side = (namespace: Tree) =>
            Object.keys(namespace).length === 0
                ? undefined
                : membershipOf(treeAt(namespace, ["metadata", "labels"]));
        const [was, will] = [side(before), side(after)];
        stories.set(object.name, {
            ...(was ? { before: was } : {}),
            ...(will ? { after: will } : {}),
        });
    }
    const workloads = workloadNames(resources, cluster);
    for (const namespace of workloads.keys()) {
        if (!stories.has(namespace)) stories.set(namespace, {});
    }
    return [...stories.keys()].sort().map((name) => ({
        name,
        ...stories.get(name),
        workloads: [...(workloads.get(name) ?? [])].sort(),
    }));
}

function workloadNames(
    resources: readonly Resource[],
    cluster: ClusterFacts | undefined,
): ReadonlyMap<string, ReadonlySet<string>> {
    const names = new Map<string, Set<string>>();
    const note = (namespace: string, name: string) => {
        names.set(namespace, (names.get(namespace) ?? new Set()).add(name));
    };
    for (const { namespace, kind, name } of cluster?.workloads ?? []) {
        note(namespace, `${kind} ${name}`);
    }
    for (const resource of resources) {
        const { object, before } = resource;
        // What is only made now can't be hit.
        if (object === undefined || !makesPods(resource) || Object.keys(before).length === 0)
            continue;
        note(object.namespace, `${object.kind} ${object.name}`);
    }
    return names;
}

/** Pods that a Deployment or StatefulSet asks for, 1 unless it says otherwise. */
export function replicasOf(workload: Tree): number {
    return numberAt(workload, ["spec", "replicas"]) ?? 1;
}

/** The containers of a pod template. */
export function containersOf(workload: Tree): readonly Tree[] {
    return listAt(workload, ["spec", "template", "spec", "containers"]) as readonly Tree[];
}
