import type { Change } from "../events/changes";
import { fits } from "../events/paths";
import type { Difference } from "../events/paths";
import type { ClassName } from "./classes";
import { merged } from "./classes";
import type { Operation, Row } from "./rows";
import { rowsFor } from "./table";

/** Why a change has its classes: one row of the table, and what of the change fits it. */
export interface Reason {
    readonly classes: readonly ClassName[];
    readonly means: string;
    /** The differing properties; empty where the operation itself is the reason. */
    readonly differences: readonly Difference[];
}

/** A change with its meaning. */
export interface Classified {
    readonly change: Change;
    /** Mildest first, at least one. */
    readonly classes: readonly ClassName[];
    readonly reasons: readonly Reason[];
}

/** The Sail Operator's objects. */
const OPERATED: readonly string[] = ["Istio", "IstioCNI", "ZTunnel"];

/** What the engine writes in place of a secret. */
const HIDDEN = "[secret]";

/**
 * Classes one change: by resource type, operation and changed property paths, and nothing else.
 * A property that fits no row makes the change "unclassified". A value that isn't known yet, or is secret,
 * can't be held against a row's condition: then every row that its path fits counts, the worst case.
 *
 * `foreseen` says that the objects an operator will make are among the changes: then they tell what its own
 * objects do.
 */
export function classify(change: Change, foreseen = false): Classified {
    if (foreseen && OPERATED.includes(change.subjects[0] ?? "")) {
        const means =
            "What the operator makes of it is told of the objects it will create or change.";
        return {
            change,
            classes: ["nothing"],
            reasons: [reason(["nothing"], means, change.differences)],
        };
    }
    const rows = rowsFor(change.subjects);
    const reasons = together([...ofOperation(change, rows), ...ofDifferences(change, rows)]);
    const classes = merged(reasons.flatMap((reason) => reason.classes));
    return { change, classes: classes.length === 0 ? ["nothing"] : classes, reasons };
}

function ofOperation(change: Change, rows: readonly Row[]): readonly Reason[] {
    const { op, before, after } = change;
    if (change.unknownOp !== undefined) {
        return [unclassified(`The engine would "${change.unknownOp}" it.`, [])];
    }
    if (op === "update") {
        return change.differences.length > 0
            ? []
            : [
                  reason(
                      ["nothing"],
                      "The engine records it anew; nothing in the cluster differs.",
                      [],
                  ),
              ];
    }
    if (op === "delete" && change.retained) {
        const means = change.byOperator
            ? "The operator keeps it until no workload uses its revision."
            : "It stays in the cluster; the stack only lets go of it.";
        return [reason(["nothing"], means, [])];
    }
    const difference: Difference = {
        path: [],
        ...(op === "create" ? {} : { before }),
        ...(op === "delete" ? {} : { after }),
        unknown: false,
        replaces: false,
    };
    const row = rows.find(
        (each) => each.op === op && (each.when?.holds({ difference, before, after }) ?? true),
    );
    return row === undefined
        ? [unclassified(SPEECHLESS[op], [])]
        : [reason(row.classes, row.means, [])];
}

const SPEECHLESS: Readonly<Record<Exclude<Operation, "update">, string>> = {
    create: "A kind that the table doesn't know is made.",
    delete: "A kind that the table doesn't know is deleted.",
    replace: "A kind that the table doesn't know is deleted and made anew.",
};

function ofDifferences(change: Change, rows: readonly Row[]): readonly Reason[] {
    const asked = rows.filter(({ op }) => op === "update");
    const { before, after } = change;
    return change.differences.flatMap((difference): readonly Reason[] => {
        const fitting = asked.filter((row) => fits(difference.path, row.path));
        if (difference.unknown || difference.after === HIDDEN) {
            // Up to the first row without a condition, which would have been the last one asked.
            const last = fitting.findIndex((row) => row.when === undefined);
            const possible = last === -1 ? fitting : fitting.slice(0, last + 1);
            if (possible.length > 0) {
                return possible.map((row) => reason(row.classes, row.means, [difference]));
            }
        }
        const row = fitting.find((each) => each.when?.holds({ difference, before, after }) ?? true);
        return row === undefined
            ? [unclassified("The table has no row for this property.", [difference])]
            : [reason(row.classes, row.means, [difference])];
    });
}

function reason(
    classes: readonly ClassName[],
    means: string,
    differences: readonly Difference[],
): Reason {
    return { classes, means, differences };
}

function unclassified(means: string, differences: readonly Difference[]): Reason {
    return reason(["unclassified"], means, differences);
}

/** One reason per sentence, with all that it is the reason of. */
function together(reasons: readonly Reason[]): readonly Reason[] {
    const byMeaning = new Map<string, Reason>();
    for (const each of reasons) {
        const known = byMeaning.get(each.means);
        byMeaning.set(
            each.means,
            known === undefined
                ? each
                : { ...known, differences: [...known.differences, ...each.differences] },
        );
    }
    return [...byMeaning.values()];
}
