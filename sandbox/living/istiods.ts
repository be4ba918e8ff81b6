import { createHash } from "node:crypto";
import type { Pod } from "./objects";
import { isIstiod } from "./roles";

/** The pod whose process stands for all replicas of an istiod Deployment that are alike. */
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
 * One leader for each istiod Deployment and version: while a Deployment rolls out, or back, old and new run beside
 * each other as they would in a cluster. The present leader stays while its pod is there; then it is the newest pod.
 * @param present leading pods' uids of the last look.
 */
export function leadersOf(
    pods: readonly Pod[],
    present: ReadonlySet<string> = new Set(),
): readonly Leader[] {
    const groups = new Map<string, Leader[]>();
    for (const pod of pods) {
        if (!isIstiod(pod) || pod.metadata.deletionTimestamp !== undefined) continue;
        if (pod.spec.nodeName === undefined) continue;
        const one = { deployment: pathOf(pod), pod, version: versionOf(pod) };
        const key = `${one.deployment} ${one.version}`;
        groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    return [...groups.values()].flatMap((alike) => {
        const [newest] = [...alike].sort(
            ({ pod: { metadata: a } }, { pod: { metadata: b } }) =>
                (b.creationTimestamp ?? "").localeCompare(a.creationTimestamp ?? "") ||
                a.name.localeCompare(b.name),
        );
        return alike.find(({ pod }) => present.has(pod.metadata.uid ?? "")) ?? newest ?? [];
    });
}

/** The leader whose process stands for a pod. */
export function leaderOf(pod: Pod, leaders: readonly Leader[]): Leader | undefined {
    const version = versionOf(pod);
    return leaders.find((one) => one.deployment === pathOf(pod) && one.version === version);
}

function pathOf(pod: Pod): string {
    return `${pod.metadata.namespace ?? ""}/${deploymentOf(pod)}`;
}

/** A short digest of what istiod is started from. */
function versionOf(pod: Pod): string {
    const containers = pod.spec.containers.map(({ image, args, env, resources }) => ({
        image,
        args,
        env,
        resources,
    }));
    return createHash("sha256").update(JSON.stringify(containers)).digest("hex").slice(0, 12);
}
