import { z } from "zod";

/** A path into the settings: keys and list positions. */
export type SettingPath = readonly (string | number)[];

/** One mistake in a stack's config, with all a person needs to mend it. */
export interface Problem {
    readonly path: SettingPath;
    /** What was found there, as JSON, or "nothing". */
    readonly given: string;
    readonly allowed: string;
    /** What to do: a command where one command does it. */
    readonly fix: string;
}

/** The namespace of the project's config keys. */
export const PROJECT = "istio-mesh";

/** A path as `pulumi config set --path` takes it: `istio-mesh:namespaces[0].name`. */
export function pathText(path: SettingPath): string {
    const steps = path.map((step, i) => {
        if (typeof step === "number") {
            return `[${step}]`;
        }
        if (!/^[A-Za-z0-9_-]+$/.test(step)) {
            return `[${JSON.stringify(step)}]`;
        }
        return i === 0 ? step : `.${step}`;
    });
    return `${PROJECT}:${steps.join("")}`;
}

/** The command that writes a value at a path. */
export function setCommand(path: SettingPath, value: string): string {
    const key = pathText(path);
    return path.length === 1
        ? `pulumi config set ${key} ${value}`
        : `pulumi config set --path '${key}' ${value}`;
}

/** The command that takes a key away. */
export function removeCommand(path: SettingPath): string {
    const key = pathText(path);
    return path.length === 1 ? `pulumi config rm ${key}` : `pulumi config rm --path '${key}'`;
}

/** A value as the message shows it: JSON on one line, cut at 60 characters. */
export function shown(value: unknown): string {
    if (value === undefined) {
        return "nothing";
    }
    const text = JSON.stringify(value);
    return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** All problems of a stack as one message, in the order of their paths' first appearance. */
export function problemsMessage(stack: string, problems: readonly Problem[]): string {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    const blocks = problems.map(({ path, given, allowed, fix }) =>
        [
            `  ${pathText(path)}`,
            `    given:   ${given}`,
            `    allowed: ${allowed}`,
            `    fix:     ${fix}`,
        ].join("\n"),
    );
    return [`The config of stack ${stack} has ${count}; nothing was changed.`, ...blocks].join(
        "\n\n",
    );
}

/** What the schema says about itself at one place. */
type Meta = Pick<z.GlobalMeta, "allowed" | "example" | "description">;

/** A schema without its optional and default wrappers, with what all of them say about it. */
export function unwrap(schema: z.core.$ZodType): { schema: z.core.$ZodType; meta: Meta } {
    let meta: Meta = z.globalRegistry.get(schema) ?? {};
    let inner = schema;
    while (
        inner instanceof z.ZodOptional ||
        inner instanceof z.ZodDefault ||
        inner instanceof z.ZodPrefault
    ) {
        inner = inner.unwrap();
        meta = { ...z.globalRegistry.get(inner), ...meta };
    }
    return { schema: inner, meta };
}

function schemaAt(root: z.core.$ZodType, path: SettingPath) {
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
export function allowedBy(schema: z.core.$ZodType, meta: Meta): string {
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

function exampleOf(schema: z.core.$ZodType, meta: Meta): string {
    if (meta.example !== undefined) {
        return String(meta.example);
    }
    if (schema instanceof z.ZodEnum) {
        return String(schema.options[0]);
    }
    return schema instanceof z.ZodBoolean ? "true" : "<value>";
}

function valueAt(value: unknown, path: SettingPath): unknown {
    return path.reduce<unknown>(
        (here, step) =>
            typeof here === "object" && here !== null
                ? (here as Record<string | number, unknown>)[step]
                : undefined,
        value,
    );
}

/** The known key that a misspelt one most likely meant, if one is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
    const distance = (a: string, b: string): number => {
        let row = Array.from({ length: b.length + 1 }, (_, i) => i);
        for (let i = 1; i <= a.length; i++) {
            const next = [i];
            for (let j = 1; j <= b.length; j++) {
                const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
                next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, swap));
            }
            row = next;
        }
        return row[b.length] ?? 0;
    };
    const ranked = known
        .map((name) => ({ name, far: distance(word.toLowerCase(), name.toLowerCase()) }))
        .sort((a, b) => a.far - b.far);
    const best = ranked[0];
    return best !== undefined && best.far <= Math.max(2, word.length / 3) ? best.name : undefined;
}

function unknownKey(path: SettingPath, key: string, known: readonly string[], raw: unknown) {
    const full = [...path, key];
    const meant = nearest(key, known);
    return {
        path: full,
        given: `an unknown key with ${shown(valueAt(raw, full))}`,
        allowed: known.join(", "),
        fix: `${meant === undefined ? "" : `did you mean ${meant}? `}${removeCommand(full)}`,
    };
}

/** Turns what the schema library found into problems: one per place, unknown keys one by one. */
export function problemsOf(
    schema: z.core.$ZodType,
    raw: unknown,
    issues: readonly z.core.$ZodIssue[],
): Problem[] {
    const problems: Problem[] = [];
    const seen = new Set<string>();
    for (const issue of issues) {
        const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
        const { schema: place, meta } = schemaAt(schema, path);
        if (issue.code === "unrecognized_keys" && place instanceof z.ZodObject) {
            const known = Object.keys(place.shape);
            problems.push(...issue.keys.map((key) => unknownKey(path, key, known, raw)));
            continue;
        }
        if (seen.has(pathText(path))) {
            continue;
        }
        seen.add(pathText(path));
        const own: unknown = issue.code === "custom" ? issue.params?.["allowed"] : undefined;
        const whole = place instanceof z.ZodObject || place instanceof z.ZodArray;
        problems.push({
            path,
            given: shown(valueAt(raw, path)),
            allowed: typeof own === "string" ? own : allowedBy(place, meta),
            fix: whole
                ? `write it as ${place instanceof z.ZodArray ? "a list" : "an object"} under ${pathText(path)} in the stack's file`
                : setCommand(path, exampleOf(place, meta)),
        });
    }
    return problems;
}
