import { SAIL_SCHEMAS, type SailKind, type Schema } from "./schema";

/** A place in a spec that the operator's CRD does not take. */
export interface SpecProblem {
    /** Field names and indices from `spec` on. */
    readonly path: readonly (string | number)[];
    /** What is wrong, and what is allowed. */
    readonly message: string;
}

/**
 * Everything in a spec that its CRD does not take. An unknown field is the worst of it: the API server
 * takes the object and drops the field without a word, and the setting never has an effect.
 */
export function specProblems(kind: SailKind, spec: unknown): readonly SpecProblem[] {
    return problemsAt(SAIL_SCHEMAS.kinds[kind].spec, spec, ["spec"]);
}

/** The path as people write it: `spec.values.pilot.env.PILOT_TRACE`. */
export function pathOf({ path }: SpecProblem): string {
    return path.join(".");
}

type Path = SpecProblem["path"];

function problemsAt(schema: Schema, value: unknown, path: Path): readonly SpecProblem[] {
    const known = schema.$ref === undefined ? schema : SAIL_SCHEMAS.definitions[schema.$ref];
    // The API server treats what is undefined as absent.
    if (known === undefined || value === undefined) return [];
    const wrong = (message: string): SpecProblem[] => [{ path, message }];
    if (known["x-kubernetes-preserve-unknown-fields"] === true) return [];
    if (known["x-kubernetes-int-or-string"] === true) {
        return Number.isInteger(value) || typeof value === "string"
            ? []
            : wrong(`${JSON.stringify(value)} is no whole number or text`);
    }
    const { type } = known as { type: Schema["type"] | undefined };
    switch (type) {
        case "object":
            return isObject(value)
                ? problemsInObject(known, value, path)
                : wrong(`${JSON.stringify(value)} is no object`);
        case "array":
            return Array.isArray(value)
                ? value.flatMap((item: unknown, index) =>
                      problemsAt(known.items ?? {}, item, [...path, index]),
                  )
                : wrong(`${JSON.stringify(value)} is no list`);
        case "string":
            if (typeof value !== "string") {
                return wrong(`${JSON.stringify(value)} is no text; put it in quotes`);
            }
            return known.enum === undefined || known.enum.includes(value)
                ? []
                : wrong(`${JSON.stringify(value)} is not one of ${known.enum.join(", ")}`);
        case "integer":
        case "number":
            return problemsInNumber(known, value).map((message) => ({ path, message }));
        case "boolean":
            return typeof value === "boolean"
                ? []
                : wrong(`${JSON.stringify(value)} is neither true nor false`);
        case undefined:
            return [];
    }
}

function problemsInObject(
    schema: Schema,
    value: Readonly<Record<string, unknown>>,
    path: Path,
): readonly SpecProblem[] {
    const { properties = {}, required = [], additionalProperties } = schema;
    const missing = required
        .filter((key) => value[key] === undefined)
        .map((key) => ({ path: [...path, key], message: "is missing" }));
    const inside = Object.entries(value).flatMap(([key, inner]): readonly SpecProblem[] => {
        if (inner === undefined) return [];
        const known = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
        return known === undefined
            ? [{ path: [...path, key], message: unknownField(Object.keys(properties)) }]
            : problemsAt(known, inner, [...path, key]);
    });
    return [...missing, ...inside];
}

function unknownField(known: readonly string[]): string {
    const fields = known.length === 0 ? "no fields" : [...known].sort().join(", ");
    return `is unknown to the operator, and would be dropped in silence; known here: ${fields}`;
}

function problemsInNumber({ type, minimum, maximum }: Schema, value: unknown): readonly string[] {
    const text = JSON.stringify(value);
    if (typeof value !== "number" || (type === "integer" && !Number.isInteger(value))) {
        return [`${text} is no ${type === "integer" ? "whole " : ""}number`];
    }
    if (minimum !== undefined && value < minimum) return [`${text} is below ${minimum}`];
    if (maximum !== undefined && value > maximum) return [`${text} is above ${maximum}`];
    return [];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
