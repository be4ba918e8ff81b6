import { parse } from "yaml";
import type { RenderedObject } from "../../components/sail/rendering";

/** One field that differs between the two ways to install. */
export interface Difference {
    /** `Deployment istio-system/istiod`. */
    readonly object: string;
    /** Path inside the object: `spec.template.spec.containers[discovery].image`; empty for all of it. */
    readonly field: string;
    /** As JSON; undefined where the field, or the whole object, isn't there. */
    readonly helm: string | undefined;
    readonly sail: string | undefined;
}

/** Every field in which two sets of objects differ, by object and field. */
export function differences(
    helm: readonly RenderedObject[],
    sail: readonly RenderedObject[],
): readonly Difference[] {
    const [left, right] = [byName(helm), byName(sail)];
    const names = [...new Set([...left.keys(), ...right.keys()])].sort();
    return names.flatMap((object): Difference[] => {
        const [a, b] = [left.get(object), right.get(object)];
        if (a === undefined || b === undefined) {
            const there = (one: unknown): string | undefined =>
                one === undefined ? undefined : "there";
            return [{ object, field: "", helm: there(a), sail: there(b) }];
        }
        const [here, other] = [fieldsOf(a), fieldsOf(b)];
        return [...new Set([...here.keys(), ...other.keys()])]
            .sort()
            .filter((field) => here.get(field) !== other.get(field))
            .map((field) => ({
                object,
                field,
                helm: here.get(field),
                sail: other.get(field),
            }));
    });
}

function byName(objects: readonly RenderedObject[]): ReadonlyMap<string, RenderedObject> {
    return new Map(
        objects.map((object) => {
            const { namespace, name } = object.metadata;
            const place = namespace === undefined ? name : `${namespace}/${name}`;
            return [`${object.kind} ${place}`, object];
        }),
    );
}

/** Every leaf of an object, with its value as JSON. Texts that are YAML or JSON inside are taken apart too. */
function fieldsOf(object: RenderedObject): ReadonlyMap<string, string> {
    const fields = new Map<string, string>();
    const visit = (path: string, value: unknown): void => {
        if (Array.isArray(value)) {
            if (value.length === 0) fields.set(path, "[]");
            value.forEach((item: unknown, index) => {
                visit(`${path}[${nameOf(item) ?? index}]`, item);
            });
        } else if (typeof value === "object" && value !== null) {
            const entries = Object.entries(value);
            if (entries.length === 0) fields.set(path, "{}");
            for (const [key, inner] of entries) visit(path === "" ? key : `${path}.${key}`, inner);
        } else {
            const inside = object.kind === "ConfigMap" ? structureIn(value) : undefined;
            if (inside === undefined) fields.set(path, JSON.stringify(value));
            else visit(path, inside);
        }
    };
    visit("", object);
    return fields;
}

/** What an item of a list is called, so that a further item doesn't shift all others. */
function nameOf(item: unknown): string | undefined {
    const { name } = (typeof item === "object" && item !== null ? item : {}) as { name?: unknown };
    return typeof name === "string" ? name : undefined;
}

/** The object that a ConfigMap's text holds, if it holds one. */
function structureIn(value: unknown): object | undefined {
    // A Go template may look like YAML, and be none.
    if (typeof value !== "string" || value.includes("{{")) return undefined;
    try {
        const inside: unknown = parse(value);
        return typeof inside === "object" && inside !== null ? inside : undefined;
    } catch {
        return undefined;
    }
}
