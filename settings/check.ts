import { z } from "zod";
import { PROJECT, problemsOf, unwrap, type Problem } from "./problems";
import { crossRules } from "./rules";
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
    const schemaProblems = parsed.success
        ? []
        : problemsOf(settingsSchema, given, parsed.error.issues);
    const problems = [...schemaProblems, ...crossRules(partsThatHold(given))];
    return parsed.success && problems.length === 0 ? { settings: parsed.data } : { problems };
}

/** The top-level settings that are right on their own, so that rules across keys see them all. */
function partsThatHold(given: Readonly<Record<string, unknown>>): Partial<Settings> {
    return Object.fromEntries(
        Object.entries(settingsSchema.shape).flatMap(([key, schema]) => {
            const parsed = schema.safeParse(given[key]);
            return parsed.success ? [[key, parsed.data]] : [];
        }),
    );
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
    const schema = (settingsSchema.shape as Partial<Record<string, z.core.$ZodType>>)[key];
    const kind = schema && unwrap(schema).schema;
    return kind instanceof z.ZodObject || kind instanceof z.ZodArray;
}

function fromJson(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}
