import type { Tree } from "../events/tree";

/** What a review reads of a cluster, where it can be reached. Never written to. */
export interface ClusterFacts {
    /** Version of the API server without `v`: `1.36.3`. */
    readonly version: string;
    readonly nodes: readonly string[];
    readonly namespaces: readonly { readonly name: string; readonly labels: Tree }[];
    readonly workloads: readonly LivingWorkload[];
}

/** Pods of one owner. */
export interface LivingWorkload {
    readonly namespace: string;
    /** Kind of what made the pods; `ReplicaSet`s count as their Deployment. */
    readonly kind: string;
    readonly name: string;
    readonly pods: number;
    /** Pods with a sidecar of Istio's. */
    readonly sidecars: number;
}
