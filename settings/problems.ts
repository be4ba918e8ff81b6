import { z } from "zod";
import { pathText, PROJECT, removeCommand, setCommand, type SettingPath } from "./commands";
import { nearest, suggestion, type Place } from "./suggestions";

export { PROJECT };

/** One mistake in a stack's config, with all a person needs to mend it. */
export interface Problem {
    readonly path: SettingPath;
    /** What was found there, as JSON, or "nothing". */
    readonly given: string;
    readonly allowed: string;
    /** What to do: a command where one command does it. */
    readonly fix: string;
}

/** A value as the message shows it: JSON on one line, cut at 60 characters. */
export function shown(value: unknown): string {
    if (value === undefined) {
        return "nothing";
    }
    const text = JSON.stringify(value);
    return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** All problems of a stack as one message. */
export function problemsMessage(stack: string, problems: readonly Problem[]): string {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    return [
        `The config of stack ${stack} has ${count}; nothing was changed.`,
        ...problems.map(problemText),
    ].join("\n\n");
}

/** One problem as a block of lines, headed by its place in the config. */
export function problemText(problem: Problem): string {
    return problemAt(pathText(problem.path), problem);
}

/** One problem as a block of lines, headed by a place that isn't in the config. */
export function problemAt(place: string, { given, allowed, fix }: Omit<Problem, "path">): string {
    return [
        `  ${place}`,
        `    given:   ${given}`,
        `    allowed: ${allowed}`,
        `    fix:     ${fix}`,
    ].join("\n");
}

/** A schema without its optional and default wrappers, with what all of them say about it. */
export function unwrap(schema: z.core.$ZodType): Place {
    let meta: Place["meta"] = z.globalRegistry.get(schema) ?? {};
    let inner = schema;
    let optional = false;
    let fallback: unknown;
    while (
        inner instanceof z.ZodOptional ||
        inner instanceof z.ZodDefault ||
        inner instanceof z.ZodPrefault
    ) {
        optional = true;
        fallback ??= inner instanceof z.ZodDefault ? inner.def.defaultValue : undefined;
        inner = inner.unwrap();
        meta = { ...z.globalRegistry.get(inner), ...meta };
    }
    return { schema: inner, meta, optional, fallback };
}

function placeAt(root: z.core.$ZodType, path: SettingPath): Place {
    let here = unwrap(root);
    for (const step of path) {
        const next =
            here.schema instanceof z.ZodObject
                ? (here.schema.shape as Record<string, z.core.$ZodType>)[step]
                : here.schema instanceof z.ZodArray
                  ? here.schema.element
                  : undefined;
        if (next === undefined) {
            break;
        }
        here = unwrap(next);
    }
    return here;
}

/** What a schema takes, in words: its own if it has some, else read off its kind. */
export function allowedBy(schema: z.core.$ZodType, meta: Place["meta"]): string {
    if (meta.allowed !== undefined) {
        return meta.allowed;
    }
    if (schema instanceof z.ZodEnum) {
        return schema.options.map((option) => JSON.stringify(option)).join(", ");
    }
    if (schema instanceof z.ZodBoolean) {
        return "true, false";
    }
    if (schema instanceof z.ZodArray) {
        return "a list";
    }
    if (schema instanceof z.ZodObject) {
        return `an object with ${Object.keys(schema.shape).join(", ")}`;
    }
    return "a text";
}

/** The keys an object can't do without, or else its first, for an example of it. */
function someKeys(schema: z.ZodObject): readonly { key: string; place: Place }[] {
    const places = Object.entries(schema.shape as Record<string, z.core.$ZodType>).map(
        ([key, place]) => ({ key, place: unwrap(place) }),
    );
    const required = places.filter(({ place }) => !place.optional);
    return required.length > 0 ? required : places.slice(0, 1);
}

/** A small right value of a place, as it may be written in a stack's file. */
function example(place: Place): string {
    const { schema } = place;
    if (schema instanceof z.ZodArray) {
        return `[${example(unwrap(schema.element))}]`;
    }
    if (schema instanceof z.ZodObject) {
        const pairs = someKeys(schema).map(({ key, place: one }) => `${key}: ${example(one)}`);
        return `{ ${pairs.join(", ")} }`;
    }
    return String(suggestion({ ...place, optional: false }, undefined));
}

function fixOf(path: SettingPath, place: Place, given: unknown): string {
    const { schema } = place;
    if (schema instanceof z.ZodObject && given === undefined) {
        const missing = someKeys(schema);
        return missing
            .map(({ key, place: one }) => fixOf([...path, key], one, undefined))
            .join("; ");
    }
    if (schema instanceof z.ZodObject || schema instanceof z.ZodArray) {
        const kind = schema instanceof z.ZodArray ? "a list" : "an object";
        return `write ${pathText(path)} as ${kind} in the stack's file, such as ${example(place)}`;
    }
    const value = suggestion(place, given);
    return value === undefined ? removeCommand(path) : setCommand(path, value);
}

function valueAt(value: unknown, path: SettingPath): unknown {
    return path.reduce<unknown>(
        (here, step) =>
            typeof here === "object" && here !== null && Object.hasOwn(here, step)
                ? (here as Record<string | number, unknown>)[step]
                : undefined,
        value,
    );
}

/** What is wrong by the schema alone. */
export interface Findings {
    readonly problems: readonly Problem[];
    /** Places whose value can't be judged further: wrong, or meant by a misspelt key. */
    readonly wrong: readonly SettingPath[];
}

/** Turns what the schema library found into problems: one per place, unknown keys one by one. */
export function problemsOf(
    root: z.core.$ZodType,
    raw: unknown,
    issues: readonly z.core.$ZodIssue[],
): Findings {
    const unknown: Problem[] = [];
    const wrong = new Map<string, SettingPath>();
    const pathOf = (issue: z.core.$ZodIssue) =>
        issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
    for (const issue of issues) {
        const path = pathOf(issue);
        const { schema } = placeAt(root, path);
        if (issue.code !== "unrecognized_keys" || !(schema instanceof z.ZodObject)) {
            continue;
        }
        const known = Object.keys(schema.shape);
        for (const key of issue.keys) {
            const full = [...path, key];
            const free = known.filter((other) => valueAt(raw, [...path, other]) === undefined);
            const meant = nearest(key, free);
            const rename =
                meant === undefined
                    ? ""
                    : `did you mean ${meant}? Rename it in the stack's file, or `;
            unknown.push({
                path: full,
                given: `an unknown key with ${shown(valueAt(raw, full))}`,
                allowed: known.join(", "),
                fix: rename + removeCommand(full),
            });
            // That the key it meant is missing would be the same mistake told twice.
            if (meant !== undefined) {
                wrong.set(pathText([...path, meant]), [...path, meant]);
            }
        }
    }
    const problems = issues.flatMap((issue) => {
        const path = pathOf(issue);
        if (issue.code === "unrecognized_keys" || wrong.has(pathText(path))) {
            return [];
        }
        wrong.set(pathText(path), path);
        const place = placeAt(root, path);
        const own: unknown = issue.code === "custom" ? issue.params?.["allowed"] : undefined;
        const given = valueAt(raw, path);
        return {
            path,
            given: shown(given),
            allowed: typeof own === "string" ? own : allowedBy(place.schema, place.meta),
            fix: fixOf(path, place, given),
        };
    });
    return { problems: [...problems, ...unknown], wrong: [...wrong.values()] };
}
