import type { Difference } from "../events/paths";
import { parsePath } from "../events/paths";
import type { Path, Tree } from "../events/tree";
import type { ClassName } from "./classes";

/** The operations that the tables tell apart. */
export type Operation = "create" | "update" | "delete" | "replace";

/** What a row's condition may look at: the one difference, and the resource before and after. */
export interface Circumstance {
    readonly difference: Difference;
    readonly before: Tree;
    readonly after: Tree;
}

/** A condition on values, with the words that the table shows for it. */
export interface Condition {
    readonly says: string;
    readonly holds: (circumstance: Circumstance) => boolean;
}

/** One line of the table: what one changed property, or one operation, does to a mesh. */
export interface Row {
    /** A role (`istiod`) or a kind (`Deployment`); `any` for every Kubernetes object. */
    readonly of: string;
    readonly op: Operation;
    /** Property path, for updates; `*` is one step, `**` all that follows. Empty for the other operations. */
    readonly path: Path;
    readonly when?: Condition;
    readonly classes: readonly ClassName[];
    readonly means: string;
}

/** Rows for changed properties of one subject, in the order in which they are asked. */
export function updates(
    of: string,
    rows: readonly (readonly [
        path: string,
        classes: ClassName | readonly ClassName[],
        means: string,
        when?: Condition,
    ])[],
): readonly Row[] {
    return rows.map(([path, classes, means, when]) => ({
        of,
        op: "update",
        path: parsePath(path),
        classes: typeof classes === "string" ? [classes] : classes,
        means,
        ...(when ? { when } : {}),
    }));
}

/** One row for a resource that comes, goes or is replaced. */
export function when(
    op: Exclude<Operation, "update">,
    of: string,
    classes: ClassName | readonly ClassName[],
    means: string,
    condition?: Condition,
): Row {
    return {
        of,
        op,
        path: [],
        classes: typeof classes === "string" ? [classes] : classes,
        means,
        ...(condition ? { when: condition } : {}),
    };
}

/**
 * Whether a number gets smaller. One that isn't stated counts as `unstated`; where it wasn't stated because an
 * autoscaler decided, it may have been any: `before` is Infinity.
 */
export function falls(unstated: number, before: number = unstated): Condition {
    const count = (value: unknown, otherwise: number) =>
        typeof value === "number" ? value : otherwise;
    return {
        says: before === Infinity ? "falls, or was an autoscaler's" : "falls",
        holds: ({ difference }) =>
            count(difference.after, unstated) < count(difference.before, before),
    };
}

/** Whether the new value is this one. */
export function becomes(...values: readonly (string | boolean)[]): Condition {
    return {
        says: `becomes ${values.join(" or ")}`,
        holds: ({ difference: { after } }) => values.some((value) => value === after),
    };
}

/** Whether the old value was this one. */
export function was(...values: readonly (string | boolean)[]): Condition {
    return {
        says: `was ${values.join(" or ")}`,
        holds: ({ difference: { before } }) => values.some((value) => value === before),
    };
}

/** Whether the property goes away. */
export const goes: Condition = {
    says: "is removed",
    holds: ({ difference: { after } }) => after === undefined,
};
