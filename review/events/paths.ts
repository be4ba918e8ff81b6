import { parse } from "yaml";
import { isList, isTree, isUnknown, same, textAt, valueAt } from "./tree";
import type { Path, Tree, Value } from "./tree";

/** One property that differs. */
export interface Difference {
    readonly path: Path;
    /** Absent where it was not there. */
    readonly before?: Value;
    /** Absent where it will not be there. */
    readonly after?: Value;
    /** Whether the new value is known only after the update. */
    readonly unknown: boolean;
    /** Whether the engine replaces the resource because of it. */
    readonly replaces: boolean;
}

/** Reads a property path of the engine: `spec.containers[0].env` or `metadata.labels["istio.io/rev"]`. */
export function parsePath(text: string): Path {
    const steps: (string | number)[] = [];
    const pattern = /\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g;
    for (const [, index, quoted, plain] of text.matchAll(pattern)) {
        if (index !== undefined) steps.push(Number(index));
        else steps.push(quoted?.replace(/\\(.)/g, "$1") ?? plain ?? "");
    }
    return steps;
}

/** Writes a path as the engine does. */
export function pathText(path: Path): string {
    return path
        .map((step, index) => {
            if (typeof step === "number") return `[${step}]`;
            if (!/^[A-Za-z_$][\w$-]*$/.test(step)) return `[${JSON.stringify(step)}]`;
            return index === 0 ? step : `.${step}`;
        })
        .join("");
}

/**
 * Whether a path fits a pattern: `*` stands for one step, `lo*` for one that begins so, `**` at the end for
 * any number of them.
 */
export function fits(path: Path, pattern: Path): boolean {
    for (const [index, wanted] of pattern.entries()) {
        if (wanted === "**") return true;
        const step = path[index];
        if (step === undefined || !stepFits(String(step), String(wanted))) return false;
    }
    return path.length === pattern.length;
}

function stepFits(step: string, wanted: string): boolean {
    return wanted.endsWith("*") ? step.startsWith(wanted.slice(0, -1)) : step === wanted;
}

/**
 * What differs between two values, at the deepest paths that both have. Lists of named things, such as
 * containers and environment variables, are compared by name: one that is put in at the front is one
 * difference. Other lists are compared by position.
 */
export function differences(
    before: Value | undefined,
    after: Value | undefined,
    path: Path = [],
): readonly Difference[] {
    if (same(before, after)) return [];
    if (isTree(before) && isTree(after)) {
        const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
        return keys.flatMap((key) => differences(before[key], after[key], [...path, key]));
    }
    const [named, namedAfter] = [byName(before), byName(after)];
    if (named !== undefined && namedAfter !== undefined) {
        return differences(named, namedAfter, path);
    }
    if (isList(before) && isList(after) && before.length === after.length) {
        return before.flatMap((item, index) => differences(item, after[index], [...path, index]));
    }
    return [difference(path, before, after, false)];
}

/** A list of things that each have another name, by their names. */
function byName(value: Value | undefined): Tree | undefined {
    if (!isList(value) || value.length === 0) return undefined;
    const names = value.map((item) => textAt(item, ["name"]));
    const unique = new Set(names);
    if (unique.has(undefined) || unique.size !== value.length) return undefined;
    return Object.fromEntries(value.map((item, index) => [names[index] ?? "", item]));
}

/**
 * A difference, taken apart as far as both sides are objects. Text that holds a YAML or JSON object, as the
 * values of ConfigMaps do, is taken apart, too: which of istiod's settings changed decides what happens.
 */
export function takenApart(found: Difference): readonly Difference[] {
    const { path, before, after, replaces } = found;
    if (found.unknown) return [found];
    if ([before, after].every((side) => side === undefined || hasKeys(side))) {
        const keys = [...Object.keys(before ?? {}), ...Object.keys(after ?? {})];
        return [...new Set(keys)].sort().flatMap((key) =>
            differences(valueAt(before, [key]), valueAt(after, [key]), [...path, key])
                .flatMap(takenApart)
                .map((each) => ({ ...each, replaces: each.replaces || replaces })),
        );
    }
    if (before === undefined || after === undefined) return [found];
    const [inner, innerAfter] = [before, after].map(document);
    if (inner === undefined || innerAfter === undefined) return [found];
    const inside = differences(inner, innerAfter, path);
    // Only comments or the layout differ.
    if (inside.length === 0) return [];
    return inside.flatMap(takenApart).map((each) => ({ ...each, replaces }));
}

/** What the engine said differs, with the values from the inputs of both sides. */
export function difference(
    path: Path,
    before: Value | undefined,
    after: Value | undefined,
    replaces: boolean,
): Difference {
    return {
        path,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
        unknown: isUnknown(after),
        replaces,
    };
}

/** The differences at the paths that the engine reports. */
export function differencesAt(
    before: Tree,
    after: Tree,
    reported: readonly { readonly path: string; readonly replaces: boolean }[],
): readonly Difference[] {
    return reported.map(({ path: text, replaces }) => {
        const path = parsePath(text);
        return difference(path, valueAt(before, path), valueAt(after, path), replaces);
    });
}

function hasKeys(value: Value): value is Tree {
    return isTree(value) && Object.keys(value).length > 0;
}

function document(value: Value): Tree | undefined {
    if (typeof value !== "string" || !/^\s*(\{|[\w."'/#-]+.*:)/.test(value)) return undefined;
    try {
        const read = parse(value, { logLevel: "error" }) as Value;
        return isTree(read) ? read : undefined;
    } catch {
        return undefined;
    }
}
