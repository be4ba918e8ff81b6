import { z } from "zod";

/** One value of a setting that isn't an object or a list. */
export type Leaf = string | number | boolean;

/**
 * What a person most likely meant by a wrong text, for schemas that can tell. It may hold a
 * placeholder such as `<tag>` where only the person knows.
 */
export const repairs = z.registry<{ repair: (given: string) => string | undefined }>();

/** One place of the settings: what it takes, and what it has when nothing is said. */
export interface Place {
    /** Without its optional and default wrappers. */
    readonly schema: z.core.$ZodType;
    readonly meta: Readonly<z.GlobalMeta>;
    readonly optional: boolean;
    readonly fallback?: unknown;
}

const WORDS: Readonly<Record<string, boolean>> = {
    true: true,
    yes: true,
    on: true,
    "1": true,
    false: false,
    no: false,
    off: false,
    "0": false,
};

/**
 * A right value in place of a wrong one: what was meant where that shows, else the default, else an
 * example. Undefined where the key had better go.
 */
export function suggestion(place: Place, given: unknown): Leaf | undefined {
    const text = isLeaf(given) ? String(given) : undefined;
    const meant = text === undefined ? undefined : meantBy(place.schema, text);
    if (meant !== undefined) {
        return meant;
    }
    if (isLeaf(place.fallback)) {
        return place.fallback;
    }
    if (place.schema instanceof z.ZodEnum) {
        return place.optional ? undefined : place.schema.options[0];
    }
    return place.meta.example;
}

function meantBy(schema: z.core.$ZodType, text: string): Leaf | undefined {
    if (schema instanceof z.ZodEnum) {
        return nearest(text, schema.options.map(String));
    }
    if (schema instanceof z.ZodBoolean) {
        return Object.hasOwn(WORDS, text.toLowerCase()) ? WORDS[text.toLowerCase()] : undefined;
    }
    // Right but for its type, such as a number in quotes.
    const retyped = schema instanceof z.ZodNumber ? Number(text) : text;
    if (text.trim() !== "" && z.safeParse(schema, retyped).success) {
        return retyped;
    }
    return repairs.get(schema)?.repair(text);
}

function isLeaf(value: unknown): value is Leaf {
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** The known word that a misspelt one most likely meant, if one is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
    const lower = word.toLowerCase();
    const far = word.length < 2 ? 0 : Math.max(1, Math.floor(word.length / 3));
    let best: { name: string; distance: number } | undefined;
    for (const name of known) {
        // Words that differ more in length than the limit can't be near; long ones cost too much.
        if (Math.abs(name.length - word.length) > far) {
            continue;
        }
        const distance = distanceOf(lower, name.toLowerCase());
        if (distance <= far && (best === undefined || distance < best.distance)) {
            best = { name, distance };
        }
    }
    return best?.name;
}

/** How many letters to insert, delete, replace or swap with their neighbour to turn a into b. */
function distanceOf(a: string, b: string): number {
    const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
    const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
    for (let i = 1; i <= a.length; i++) {
        const row = [i];
        rows.push(row);
        for (let j = 1; j <= b.length; j++) {
            const change = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
            const swaps = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
            row.push(
                Math.min(
                    at(i - 1, j) + 1,
                    at(i, j - 1) + 1,
                    change,
                    swaps ? at(i - 2, j - 2) + 1 : Infinity,
                ),
            );
        }
    }
    return at(a.length, b.length);
}
