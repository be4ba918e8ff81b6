import { createHash } from "node:crypto";
import type { Pod } from "./objects";
import { isIstiod } from "./roles";

/** The pod whose process stands for an istiod Deployment, however many replicas it has. */
export interface Leader {
    /** `namespace/deployment`. */
    readonly deployment: string;
    readonly pod: Pod;
    /** Changes with the container's image, arguments, variables and limits. */
    readonly version: string;
}

/** Name of the Deployment that a pod belongs to: its ReplicaSet's without the hash. */
export function deploymentOf({ metadata }: Pod): string {
    const set = metadata.ownerReferences?.find(({ kind }) => kind === "ReplicaSet")?.name;
    return set === undefined ? metadata.name : set.replace(/-[^-]+$/, "");
}

/**
 * One leader for each istiod Deployment: the present one while its pod is there and its container is what
 * the newest pod's is; otherwise the newest pod, so that a changed Deployment restarts its istiod.
 * @param present leading pods' uids of the last look.
 */
export function leadersOf(
    pods: readonly Pod[],
    present: ReadonlySet<string> = new Set(),
): readonly Leader[] {
    const groups = new Map<string, Pod[]>();
    for (const pod of pods) {
        const { namespace = "", deletionTimestamp } = pod.metadata;
        if (!isIstiod(pod) || deletionTimestamp !== undefined || pod.spec.nodeName === undefined)
            continue;
        const deployment = `${namespace}/${deploymentOf(pod)}`;
        groups.set(deployment, [...(groups.get(deployment) ?? []), pod]);
    }
    return [...groups].flatMap(([deployment, group]) => {
        const newest = [...group].sort(
            (a, b) =>
                (b.metadata.creationTimestamp ?? "").localeCompare(
                    a.metadata.creationTimestamp ?? "",
                ) || a.metadata.name.localeCompare(b.metadata.name),
        )[0];
        if (newest === undefined) return [];
        const version = versionOf(newest);
        const kept = group.find(
            (pod) => present.has(pod.metadata.uid ?? "") && versionOf(pod) === version,
        );
        return [{ deployment, pod: kept ?? newest, version }];
    });
}

/** A short digest of what istiod is started from. */
export function versionOf(pod: Pod): string {
    const containers = pod.spec.containers.map(({ image, args, env, resources }) => ({
        image,
        args,
        env,
        resources,
    }));
    return createHash("sha256").update(JSON.stringify(containers)).digest("hex").slice(0, 12);
}
