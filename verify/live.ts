/** A cluster's objects as verify reads them, and as the policy pack's own helpers understand them. */
import { Stack } from "../policy/found";
import type { Found } from "../policy/found";
import { kinds } from "../policy/kinds";
import type { KindName } from "../policy/kinds";
import type { ObjectMeta, PodSpec } from "../policy/kinds/kubernetes";

/** An object of the API server. */
export interface LiveObject {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata?: object;
}

/** What of a cluster tells how its workloads speak to each other. Objects that take no part do no harm. */
export interface Snapshot {
    readonly objects: readonly LiveObject[];
    /**
     * Each proxy that an istiod knows, as `namespace/pod`, with `synced` or what it hasn't taken. Absent where
     * not every istiod could be asked.
     */
    readonly connected?: ReadonlyMap<string, string>;
}

/** What only living objects have. */
export interface LiveMeta extends ObjectMeta {
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
}

/** A pod with what only living ones have. */
export interface LivePod {
    readonly metadata: LiveMeta;
    readonly spec: PodSpec & { readonly nodeName?: string };
    readonly status?: {
        readonly phase?: string;
        readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    };
}

/** An object of a kind with its `apiVersion` and `kind`, which the API server leaves out in lists. */
export function named<T extends object>(kind: KindName, item: T): T & LiveObject {
    const { group, version, kind: name } = kinds[kind];
    return { ...item, apiVersion: group === "core" ? version : `${group}/${version}`, kind: name };
}

/** Objects as the policy pack sees a stack, so that both decide alike what labels and policies mean. */
export function stackOf(objects: readonly LiveObject[]): Stack {
    return new Stack(
        objects.map((object) => {
            const { apiVersion, kind, metadata = {} } = object;
            const name = "name" in metadata ? String(metadata.name) : "";
            return {
                type: `kubernetes:${apiVersion.includes("/") ? "" : "core/"}${apiVersion}:${kind}`,
                name,
                urn: "",
                props: structuredClone(object),
                opts: {
                    protect: false,
                    ignoreChanges: [],
                    aliases: [],
                    additionalSecretOutputs: [],
                    customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
                },
            };
        }),
    );
}

/** A pod that lives. Every pod that the API server gives has metadata and spec. */
export function livePod({ object }: Found<"pod">): LivePod {
    return object as LivePod;
}

/** When an object was made, in milliseconds; 0 where it doesn't say. */
export function madeAt({ object }: Found): number {
    return Date.parse((object.metadata as LiveMeta | undefined)?.creationTimestamp ?? "") || 0;
}

/** Whether a condition holds. */
export function isTrue(
    conditions: readonly { readonly type: string; readonly status: string }[] | undefined,
    type: string,
): boolean {
    return (conditions ?? []).some((one) => one.type === type && one.status === "True");
}
