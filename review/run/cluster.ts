/** Reads a cluster, and never writes: what a preview doesn't know because the stack didn't make it. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { isTree, listAt, textAt, treeAt } from "../events/tree";
import type { Tree, Value } from "../events/tree";
import type { ClusterFacts, LivingWorkload } from "../meaning/cluster-facts";

/** How to reach a cluster with kubectl. */
export interface ClusterAccess {
    readonly kubectl: string;
    readonly context: string;
    /** Default: the one kubectl would take. */
    readonly kubeconfig?: string;
}

/** Milliseconds after which a cluster counts as out of reach. */
const PATIENCE = 20_000;

async function text(
    { kubectl, context, kubeconfig }: ClusterAccess,
    ...args: readonly string[]
): Promise<string> {
    const { stdout } = await promisify(execFile)(
        kubectl,
        [
            ...(kubeconfig === undefined ? [] : ["--kubeconfig", kubeconfig]),
            ...["--context", context, "get", ...args],
        ],
        { maxBuffer: 1 << 28, timeout: PATIENCE },
    );
    return stdout;
}

async function got(access: ClusterAccess, ...args: readonly string[]): Promise<Value> {
    return JSON.parse(await text(access, ...args)) as Value;
}

/**
 * What the API server answers at a path; undefined where there is nothing, such as a kind without its CRD.
 * @throws Error in kubectl's words when it can't be read
 */
export async function rawText(access: ClusterAccess, path: string): Promise<string | undefined> {
    try {
        return await text(access, "--raw", path);
    } catch (error) {
        if (error instanceof Error && error.message.includes("(NotFound)")) return undefined;
        throw error;
    }
}

/** Runs `kubectl get` and gives its items. */
export async function itemsOf(
    access: ClusterAccess,
    ...args: readonly string[]
): Promise<readonly Tree[]> {
    const read = await got(access, ...args, "-o", "json");
    const items = listAt(read, ["items"]);
    return (
        items.length === 0 &&
        textAt(read, ["kind"]) !== "List" &&
        !textAt(read, ["kind"])?.endsWith("List")
            ? [read]
            : items
    ).filter(isTree);
}

/**
 * What a review needs of a cluster: version, nodes, namespaces and pods.
 * @throws Error in kubectl's words when it can't be read
 */
export async function readCluster(access: ClusterAccess): Promise<ClusterFacts> {
    const [[nodes, namespaces, pods], server] = await Promise.all([
        Promise.all(
            ["nodes", "namespaces", "pods"].map((kind) =>
                itemsOf(access, kind, "--all-namespaces"),
            ),
        ),
        // The API server's own: nodes may lag behind, or not be real ones.
        got(access, "--raw", "/version"),
    ]);
    return {
        version: (textAt(server, ["gitVersion"]) ?? "").replace(/^v/, "").replace(/[-+].*$/, ""),
        nodes: (nodes ?? []).map(nameOf).sort(),
        namespaces: (namespaces ?? []).map((namespace) => ({
            name: nameOf(namespace),
            labels: treeAt(namespace, ["metadata", "labels"]),
        })),
        workloads: workloadsOf(pods ?? []),
    };
}

function nameOf(object: Tree): string {
    return textAt(object, ["metadata", "name"]) ?? "";
}

/** Pods by what made them. */
export function workloadsOf(pods: readonly Tree[]): readonly LivingWorkload[] {
    const found = new Map<string, LivingWorkload>();
    for (const pod of pods) {
        const owner = listAt(pod, ["metadata", "ownerReferences"])[0];
        const made = textAt(owner, ["kind"]) ?? "Pod";
        const name = textAt(owner, ["name"]) ?? nameOf(pod);
        // A ReplicaSet carries its Deployment's name and a hash of the template.
        const kind = made === "ReplicaSet" ? "Deployment" : made;
        const owned = made === "ReplicaSet" ? name.replace(/-[a-z0-9]+$/, "") : name;
        const namespace = textAt(pod, ["metadata", "namespace"]) ?? "";
        const key = `${namespace}/${kind}/${owned}`;
        const known = found.get(key) ?? { namespace, kind, name: owned, pods: 0, sidecars: 0 };
        found.set(key, {
            ...known,
            pods: known.pods + 1,
            sidecars: known.sidecars + (hasSidecar(pod) ? 1 : 0),
        });
    }
    return [...found.keys()].sort().flatMap((key) => found.get(key) ?? []);
}

function hasSidecar(pod: Tree): boolean {
    const containers = ["containers", "initContainers"].flatMap((list) =>
        listAt(pod, ["spec", list]),
    );
    return containers.some((container) => textAt(container, ["name"]) === "istio-proxy");
}
