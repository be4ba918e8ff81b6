/** Any value of a resource's properties, as the engine's event log writes it. */
export type Value = null | boolean | number | string | readonly Value[] | Tree;

/** The properties of a resource. Which there are depends on its type. */
export interface Tree {
    readonly [key: string]: Value;
}

/** Where a value is: keys of objects and indices of arrays, from the outside in. */
export type Path = readonly (string | number)[];

/**
 * How the engine writes a value that will be known only after the update, one mark per type.
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/rpc.go
 */
const UNKNOWNS: ReadonlySet<Value> = new Set([
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

export function isTree(value: Value | undefined): value is Tree {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: Value | undefined): value is readonly Value[] {
    return Array.isArray(value);
}

/** Whether a value, or anything inside it, is known only after the update. */
export function isUnknown(value: Value | undefined): boolean {
    if (value === undefined) return false;
    if (isList(value)) return value.some(isUnknown);
    if (isTree(value)) return Object.values(value).some(isUnknown);
    return typeof value === "string" && (UNKNOWNS.has(value) || value.startsWith("output<"));
}

/** The value at a path; undefined where the path leads nowhere. */
export function valueAt(value: Value | undefined, path: Path): Value | undefined {
    let at: Value | undefined = value;
    for (const step of path) {
        if (isList(at)) at = typeof step === "number" ? at[step] : undefined;
        else if (isTree(at)) at = Object.hasOwn(at, String(step)) ? at[String(step)] : undefined;
        else return undefined;
    }
    return at;
}

export function treeAt(value: Value | undefined, path: Path): Tree {
    const found = valueAt(value, path);
    return isTree(found) ? found : {};
}

export function listAt(value: Value | undefined, path: Path): readonly Value[] {
    const found = valueAt(value, path);
    return isList(found) ? found : [];
}

/** The text at a path; undefined when there is something else, or nothing. */
export function textAt(value: Value | undefined, path: Path): string | undefined {
    const found = valueAt(value, path);
    return typeof found === "string" ? found : undefined;
}

export function numberAt(value: Value | undefined, path: Path): number | undefined {
    const found = valueAt(value, path);
    return typeof found === "number" ? found : undefined;
}

/** Whether two values are the same, whatever the order of keys. */
export function same(a: Value | undefined, b: Value | undefined): boolean {
    if (a === b) return true;
    if (isList(a) && isList(b)) {
        return a.length === b.length && a.every((item, index) => same(item, b[index]));
    }
    if (isTree(a) && isTree(b)) {
        const keys = Object.keys(a);
        return (
            keys.length === Object.keys(b).length &&
            keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
        );
    }
    return false;
}
