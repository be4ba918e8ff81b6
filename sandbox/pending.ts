/** The parts of a stack's state that matter after a kill. */
export interface Deployment {
    readonly resources?: readonly { readonly urn: string }[];
    readonly pending_operations?: readonly PendingOperation[];
}

/** An operation that the engine had begun and not recorded as done. */
export interface PendingOperation {
    readonly type: string;
    readonly resource: {
        readonly urn: string;
        readonly type: string;
        readonly id?: string;
        readonly inputs?: {
            readonly metadata?: { readonly name?: unknown; readonly namespace?: unknown };
        };
    };
}

/** An object that may exist in the cluster and is missing in the state. */
export interface PendingCreation {
    readonly urn: string;
    /** The provider's id for it. */
    readonly id: string;
}

/**
 * The creations that a killed engine left open, to be looked up by the names that the program gave; nothing
 * when the state has no pending operation at all.
 * A pending update or deletion is none of them: its resource is in the state as it was, and the next run
 * repeats it.
 */
export function pendingCreations(deployment: Deployment): readonly PendingCreation[] | undefined {
    const pending = deployment.pending_operations ?? [];
    if (pending.length === 0) return undefined;
    const known = new Set(deployment.resources?.map(({ urn }) => urn));
    return pending.flatMap(({ type, resource }) => {
        const id = resource.id ?? kubernetesId(resource);
        const lost = type === "creating" && !known.has(resource.urn);
        return lost && id !== undefined && id !== "" ? [{ urn: resource.urn, id }] : [];
    });
}

/** The provider's id of an object: `namespace/name`, or `name` when it has no namespace. */
function kubernetesId({ type, inputs }: PendingOperation["resource"]): string | undefined {
    const { name, namespace } = inputs?.metadata ?? {};
    if (!type.startsWith("kubernetes:") || typeof name !== "string") return undefined;
    return typeof namespace === "string" ? `${namespace}/${name}` : name;
}
