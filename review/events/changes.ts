import { objectOf, subjectsOf } from "../classes/subjects";
import type { ObjectName } from "../classes/subjects";
import type { Operation } from "../classes/rows";
import { operatorsObjects } from "./operator-objects";
import { differences, differencesAt, parsePath, takenApart } from "./paths";
import type { Difference } from "./paths";
import type { PolicyWord, ReviewEvent, Step, Word } from "./stream";
import type { Tree } from "./tree";

/** One resource of a stack, as it is and as it will be. */
export interface Resource {
    readonly urn: string;
    readonly type: string;
    /** Its name in the program. */
    readonly name: string;
    /** Absent for components, providers and what is in no cluster. */
    readonly object?: ObjectName;
    /** What it is to a mesh, the narrowest first. */
    readonly subjects: readonly string[];
    /** Empty where it isn't there. */
    readonly before: Tree;
    readonly after: Tree;
}

/** One resource that the engine would change. */
export interface Change extends Resource {
    readonly op: Operation;
    readonly differences: readonly Difference[];
    /** Set where an operator will make the change, after the update. */
    readonly byOperator?: true;
    /** Set where the object stays in the cluster although the stack lets go of it. */
    readonly retained?: true;
    /** Set where the stack protects the resource: the engine will refuse. */
    readonly protected?: true;
    /** The engine's word for an operation that the tables don't know. */
    readonly unknownOp?: string;
}

/** All that a stream of events says. */
export interface Plan {
    /** Sorted by URN, so that the same preview reads the same, however its steps ran. */
    readonly changes: readonly Change[];
    readonly unchanged: readonly Resource[];
    readonly policies: readonly PolicyWord[];
    readonly words: readonly Word[];
    readonly failed: readonly { readonly urn: string; readonly op: string }[];
    /** Whether the engine came to its end and said so. */
    readonly complete: boolean;
    readonly result?: string;
}

/** Operations of the engine, and what they are here; undefined changes nothing that a mesh could notice. */
const OPERATIONS: Readonly<Record<string, Operation | undefined>> = {
    create: "create",
    update: "update",
    delete: "delete",
    replace: "replace",
    "create-replacement": "replace",
    "delete-replaced": "replace",
    same: undefined,
    read: undefined,
    refresh: undefined,
    import: undefined,
    discard: undefined,
    "read-discard": undefined,
    "remove-pending-replace": undefined,
};

/** Puts a stream's events together: one change per resource, whatever the order and number of its steps. */
export function planOf(events: readonly ReviewEvent[]): Plan {
    const steps = new Map<string, Step[]>();
    const policies: PolicyWord[] = [];
    const words: Word[] = [];
    const failed: { urn: string; op: string }[] = [];
    let result: string | undefined;
    let complete = false;
    for (const event of events) {
        if ("step" in event) {
            const { urn } = event.step;
            steps.set(urn, [...(steps.get(urn) ?? []), event.step]);
        } else if ("policy" in event) policies.push(event.policy);
        else if ("word" in event) words.push(event.word);
        else if ("failed" in event) failed.push(event.failed);
        else {
            complete = true;
            result = event.end.result;
        }
    }
    const changes: Change[] = [];
    const unchanged: Resource[] = [];
    const declared: readonly (Change | Resource)[] = [...steps.keys()]
        .sort()
        .map((urn) => resourceOf(steps.get(urn) ?? []));
    for (const found of [...declared, ...declared.flatMap(operatorsObjects(declared))]) {
        if (isChange(found)) changes.push(found);
        else unchanged.push(found);
    }
    return {
        changes,
        unchanged,
        policies: sortedOnce(policies, ({ level, policy, urn = "", message }) =>
            [level, policy, urn, message].join("\n"),
        ),
        words: sortedOnce(words, ({ severity, urn = "", message }) =>
            [severity, urn, message].join("\n"),
        ),
        failed: sortedOnce(failed, ({ urn, op }) => `${urn}\n${op}`),
        complete,
        ...(result === undefined ? {} : { result }),
    };
}

function isChange(resource: Change | Resource): resource is Change {
    return "op" in resource;
}

function sortedOnce<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
    const byKey = new Map(items.map((item) => [key(item), item]));
    return [...byKey.keys()].sort().flatMap((each) => byKey.get(each) ?? []);
}

function resourceOf(steps: readonly Step[]): Change | Resource {
    // A replacement comes in up to three steps, each with one side or both.
    const step = steps.find(({ op }) => op === "replace") ?? steps[0];
    if (step === undefined) throw new Error("a resource without a step");
    const beforeSide = steps.find(({ before }) => before)?.before;
    const afterSide = step.op === "delete" ? undefined : steps.find(({ after }) => after)?.after;
    const before = beforeSide?.inputs ?? {};
    const after = afterSide?.inputs ?? {};
    const shown = afterSide ? after : before;
    const custom = step.custom === true;
    const object = custom ? objectOf(step.type, shown) : undefined;
    const resource: Resource = {
        urn: step.urn,
        type: step.type,
        name: step.urn.split("::").slice(3).join("::"),
        ...(object ? { object } : {}),
        subjects: subjectsOf(step.type, custom, shown),
        before,
        after,
    };
    const op = OPERATIONS[step.op];
    if (op === undefined && Object.hasOwn(OPERATIONS, step.op)) return resource;
    return {
        ...resource,
        op: op ?? "update",
        differences: op === "update" || op === "replace" ? differing(step, before, after) : [],
        ...(beforeSide?.retained ? { retained: true } : {}),
        ...(beforeSide?.protected ? { protected: true } : {}),
        ...(op === undefined ? { unknownOp: step.op } : {}),
    };
}

/**
 * What differs: between the inputs of both sides, and what else the engine reports (a drifted property that
 * is in no input, a secret whose text is hidden).
 */
function differing(step: Step, before: Tree, after: Tree): readonly Difference[] {
    const forcing = new Set([
        ...(step.keys ?? []),
        ...Object.entries(step.detailed ?? {})
            .filter(([, { kind }]) => kind.endsWith("-replace"))
            .map(([path]) => path),
    ]);
    const roots = new Set([...forcing].map((path) => String(parsePath(path)[0])));
    const own = differences(before, after)
        .flatMap(takenApart)
        .map((each) => ({ ...each, replaces: each.replaces || roots.has(String(each.path[0])) }));
    const covered = new Set(own.map(({ path }) => String(path[0])));
    const reported =
        Object.keys(step.detailed ?? {}).length > 0
            ? Object.keys(step.detailed ?? {})
            : (step.diffs ?? []);
    const others = reported.filter((path) => !covered.has(String(parsePath(path)[0])));
    return [
        ...own,
        ...differencesAt(
            before,
            after,
            others.map((path) => ({ path, replaces: forcing.has(path) })),
        ),
    ];
}
