/** What a drift report reads of a refresh's events. */
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { objectOf } from "../classes/subjects";
import type { ObjectName } from "../classes/subjects";
import { differences, takenApart } from "../events/paths";
import type { Difference } from "../events/paths";
import { textAt } from "../events/tree";
import type { Tree } from "../events/tree";
import { isKeptByServer } from "./writers";

/** An object that isn't as the stack left it. */
export interface Drifted {
    readonly urn: string;
    readonly object: ObjectName;
    /** Its API version, as kubectl wants to hear it. */
    readonly apiVersion: string;
    /** Whether it is gone. */
    readonly deleted: boolean;
    readonly differences: readonly Difference[];
}

/** What the events of a refresh say. */
export type RefreshEvent =
    { readonly drifted: Drifted } | { readonly seen: string } | { readonly end: true };

/** The part of an event that tells of one refreshed resource; undefined for all others. */
export function refreshEvent(event: EngineEvent): RefreshEvent | undefined {
    if (event.summaryEvent) return { end: true };
    const metadata = event.resOutputsEvent?.metadata;
    if (metadata === undefined) return undefined;
    const { op, urn, type } = metadata;
    const before = sideOf(metadata.old);
    const object = objectOf(type, before.inputs);
    if (object === undefined || (metadata.old ?? metadata.new)?.custom !== true) return undefined;
    const deleted = op === "delete" || op === "discard";
    const after = sideOf(metadata.new);
    const found = deleted ? [] : between(before, after);
    if (!deleted && found.length === 0) return { seen: urn };
    const apiVersion = textAt(before.inputs, ["apiVersion"]) ?? "";
    return { drifted: { urn, object, apiVersion, deleted, differences: found } };
}

interface Sides {
    readonly inputs: Tree;
    readonly outputs: Tree;
}

function sideOf(state: { inputs?: unknown; outputs?: unknown } | null | undefined): Sides {
    return {
        inputs: (state?.inputs ?? {}) as Tree,
        outputs: (state?.outputs ?? {}) as Tree,
    };
}

/**
 * What differs between the state and the cluster. Outputs hold the whole object, also what the stack never
 * said, such as a label that somebody put beside its own; to the engine such an object is the same. Down to
 * single fields: the first annotation of an object is one, and each has a writer of its own.
 */
function between(before: Sides, after: Sides): readonly Difference[] {
    return differences(before.outputs, after.outputs)
        .flatMap(takenApart)
        .filter(({ path }) => !String(path[0]).startsWith("__") && !isKeptByServer(path));
}
