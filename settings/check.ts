import { z } from "zod";
import { PROJECT, problemsOf, unwrap, type Problem } from "./problems";
import { crossRules, type Parts } from "./rules";
import { settingsSchema, type Settings } from "./schema";

/** Either settings with every default filled in, or everything that is wrong with them. */
export type Checked =
    | { readonly settings: Settings; readonly problems?: never }
    | { readonly settings?: never; readonly problems: readonly Problem[] };

/**
 * Checks a stack's raw config, keyed without the project's namespace. An empty text counts as
 * absent: that is how Pulumi.yaml declares a key that has no default.
 */
export function checkSettings(raw: Readonly<Record<string, unknown>>): Checked {
    const given = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== ""));
    const parsed = settingsSchema.safeParse(given);
    const found = problemsOf(settingsSchema, given, parsed.error?.issues ?? []);
    const problems = [
        ...found.problems,
        ...crossRules(partOf(settingsSchema, given) as Parts, found.wrong),
    ];
    return parsed.success && problems.length === 0 ? { settings: parsed.data } : { problems };
}

/** The parts of a value that are right on their own, so that rules across keys see all of them. */
function partOf(schema: z.core.$ZodType, value: unknown): unknown {
    if (value === undefined && schema instanceof z.ZodOptional) {
        return undefined;
    }
    const inner = unwrap(schema).schema;
    if (inner instanceof z.ZodObject) {
        const given = typeof value === "object" && value !== null ? value : {};
        return Object.fromEntries(
            Object.entries(inner.shape as Record<string, z.core.$ZodType>).map(([key, place]) => [
                key,
                partOf(place, (given as Record<string, unknown>)[key]),
            ]),
        );
    }
    if (inner instanceof z.ZodArray && Array.isArray(value)) {
        return value.map((element: unknown) => partOf(inner.element, element));
    }
    return z.safeParse(schema, value).data;
}

/**
 * The project's keys of a stack's whole config, without their prefix. The engine hands every value
 * over as text, objects and lists as JSON; what isn't JSON stays a text, for the schema to refuse.
 */
export function ownKeys(config: Readonly<Record<string, string>>): Record<string, unknown> {
    const prefix = `${PROJECT}:`;
    return Object.fromEntries(
        Object.entries(config)
            .filter(([key]) => key.startsWith(prefix))
            .map(([key, text]) => {
                const name = key.slice(prefix.length);
                return [name, isStructured(name) ? fromJson(text) : text];
            }),
    );
}

function isStructured(key: string): boolean {
    const shape = settingsSchema.shape as Readonly<Record<string, z.core.$ZodType>>;
    const place = Object.hasOwn(shape, key) ? shape[key] : undefined;
    const kind = place && unwrap(place).schema;
    return kind instanceof z.ZodObject || kind instanceof z.ZodArray;
}

function fromJson(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}
