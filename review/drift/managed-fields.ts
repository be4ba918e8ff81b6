import { isList, isTree, listAt, same, textAt, valueAt } from "../events/tree";
import type { Path, Tree, Value } from "../events/tree";

/** Who wrote a field, as the API server keeps it with every object. */
export interface Writer {
    readonly manager: string;
    /** `Update`, or `Apply` for server-side apply. */
    readonly operation: string;
    /** When, in the API server's words; empty where it isn't kept. */
    readonly time: string;
    /** Set where it was written through a part of the object: `scale`, `status`. */
    readonly subresource?: string;
}

/**
 * The writers of the field at a path, the latest first. Where nobody owns the very field, those who own what
 * it is in, or what is in it.
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export function writersOf(object: Tree, path: Path): readonly Writer[] {
    return listAt(object, ["metadata", "managedFields"])
        .filter((entry) => owns(valueAt(entry, ["fieldsV1"]), path, object))
        .map(writer)
        .sort((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0));
}

function writer(entry: Value): Writer {
    const subresource = textAt(entry, ["subresource"]) ?? "";
    return {
        manager: textAt(entry, ["manager"]) ?? "",
        operation: textAt(entry, ["operation"]) ?? "",
        time: textAt(entry, ["time"]) ?? "",
        ...(subresource === "" ? {} : { subresource }),
    };
}

/** Whether a set of fields holds the one at the path, what it is in, or something in it. */
function owns(fields: Value | undefined, path: Path, object: Value | undefined): boolean {
    if (!isTree(fields)) return false;
    const [step, ...rest] = path;
    // The path ends among owned fields, or the owned field holds the rest as a whole.
    if (step === undefined || Object.keys(fields).length === 0) return true;
    const key = keyOf(fields, step, object);
    if (key === undefined) return false;
    return owns(fields[key], rest, childOf(object, step));
}

/** How managedFields writes one step: `f:` for a field, `k:` for a thing in a list by its keys, `v:` by value. */
function keyOf(fields: Tree, step: string | number, object: Value | undefined): string | undefined {
    const field = `f:${step}`;
    if (Object.hasOwn(fields, field)) return field;
    const child = childOf(object, step);
    return Object.keys(fields).find((key) => {
        if (key.startsWith("k:")) {
            const keys = parsed(key.slice(2));
            return (
                isTree(keys) &&
                Object.entries(keys).every(([name, value]) =>
                    child === undefined
                        ? name === "name" && value === step
                        : same(valueAt(child, [name]), value),
                )
            );
        }
        return key.startsWith("v:") && same(parsed(key.slice(2)), child);
    });
}

/** What is below a step: of a list also by the name of a thing in it. */
function childOf(object: Value | undefined, step: string | number): Value | undefined {
    const found = valueAt(object, [step]);
    if (found !== undefined || typeof step === "number") return found;
    return isList(object) ? object.find((item) => textAt(item, ["name"]) === step) : undefined;
}

function parsed(text: string): Value | undefined {
    try {
        return JSON.parse(text) as Value;
    } catch {
        return undefined;
    }
}
