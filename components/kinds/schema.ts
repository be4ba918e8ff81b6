/**
 * What a CRD says about an object, without its descriptions: names, types and bounds. Rules that the
 * API server evaluates as CEL are left to it.
 */
export interface Schema {
    readonly type?: "object" | "array" | "string" | "integer" | "number" | "boolean";
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly required?: readonly string[];
    /** Schema of a map's values; absent where only `properties` are known. */
    readonly additionalProperties?: Schema;
    readonly items?: Schema;
    readonly enum?: readonly unknown[];
    readonly pattern?: string;
    readonly minLength?: number;
    readonly maxLength?: number;
    readonly minItems?: number;
    readonly maxItems?: number;
    readonly minimum?: number;
    readonly maximum?: number;
    readonly nullable?: true;
    readonly intOrString?: true;
    /** Anything may stand here. */
    readonly open?: true;
    readonly oneOf?: readonly Schema[];
    readonly anyOf?: readonly Schema[];
    readonly allOf?: readonly Schema[];
    readonly not?: Schema;
}

/** One thing that a schema refuses in an object. */
export interface Misfit {
    /** Where in the object: `spec.http[0].route`. */
    readonly at: string;
    readonly given: unknown;
    readonly allowed: string;
    /** The known keys, where the mistake is a key that isn't. */
    readonly known?: readonly string[];
}

/** What is not known before a deployment, such as a Pulumi output, is left unjudged. */
export type IsUnknown = (value: unknown) => boolean;

/** Everything that a schema refuses in a value, in the order of the value's keys. */
export function misfits(
    schema: Schema,
    value: unknown,
    at = "",
    isUnknown: IsUnknown = () => false,
): readonly Misfit[] {
    if (isUnknown(value) || (schema.open === true && schema.properties === undefined)) {
        return [];
    }
    if (value === null && schema.nullable === true) {
        return [];
    }
    const wrong = (allowed: string): Misfit[] => [{ at, given: value, allowed }];
    if (!hasType(schema, value)) {
        return wrong(schema.intOrString === true ? "a whole number or a text" : typeWord(schema));
    }
    if (schema.enum !== undefined && !schema.enum.includes(value)) {
        return wrong(schema.enum.map((one) => JSON.stringify(one)).join(", "));
    }
    const bound = outOfBounds(schema, value);
    if (bound !== undefined) {
        return wrong(bound);
    }
    const inner = Array.isArray(value)
        ? value.flatMap((element: unknown, i) =>
              misfits(schema.items ?? { open: true }, element, `${at}[${i}]`, isUnknown),
          )
        : isObject(value)
          ? inObject(schema, value, at, isUnknown)
          : [];
    return inner.length > 0 ? inner : choices(schema, value, at, isUnknown);
}

function inObject(
    schema: Schema,
    value: Readonly<Record<string, unknown>>,
    at: string,
    isUnknown: IsUnknown,
): readonly Misfit[] {
    const { properties = {}, additionalProperties, required = [] } = schema;
    const known = Object.keys(properties);
    const below = (key: string) => (at === "" ? key : `${at}.${key}`);
    const present = Object.entries(value).filter(([, inner]) => inner !== undefined);
    const found = present.flatMap(([key, inner]): readonly Misfit[] => {
        const place = properties[key] ?? additionalProperties;
        if (place !== undefined) {
            return misfits(place, inner, below(key), isUnknown);
        }
        return schema.open === true ||
            (schema.properties === undefined && schema.type === undefined)
            ? []
            : [{ at: below(key), given: inner, allowed: known.join(", "), known }];
    });
    const missing = required
        .filter((key) => value[key] === undefined)
        .map((key) => ({
            at: below(key),
            given: undefined,
            allowed: properties[key] === undefined ? "a value" : typeWord(properties[key]),
        }));
    return [...found, ...missing];
}

/** What a choice between forms refuses: each form mostly names the key that makes it. */
function choices(
    { oneOf, anyOf, allOf, not }: Schema,
    value: unknown,
    at: string,
    isUnknown: IsUnknown,
): readonly Misfit[] {
    const fits = (one: Schema) => misfits(one, value, at, isUnknown).length === 0;
    const refused = (allowed: string): Misfit[] => [{ at, given: value, allowed }];
    const found = (allOf ?? []).flatMap((one) => misfits(one, value, at, isUnknown));
    if (found.length > 0) {
        return found;
    }
    const keys = (forms: readonly Schema[]) =>
        [...new Set(forms.flatMap((form) => form.required ?? []))].join(", ");
    if (oneOf !== undefined && oneOf.filter(fits).length !== 1) {
        const none = oneOf.some((form) => form.not !== undefined) ? "at most one" : "exactly one";
        return refused(`${none} of ${keys(oneOf)}`);
    }
    if (anyOf !== undefined && !anyOf.some(fits)) {
        return refused(`at least one of ${keys(anyOf) || "the forms its kind has"}`);
    }
    if (not !== undefined && fits(not)) {
        return refused(`not ${keys([not]) || "this value"}`);
    }
    return [];
}

function hasType({ type, intOrString }: Schema, value: unknown): boolean {
    if (type === undefined) {
        return intOrString !== true || typeof value === "string" || Number.isInteger(value);
    }
    switch (type) {
        case "object":
            return isObject(value);
        case "array":
            return Array.isArray(value);
        case "integer":
            return Number.isInteger(value);
        case "string":
        case "number":
        case "boolean":
            return typeof value === type;
    }
}

function typeWord(schema: Schema): string {
    if (schema.type === undefined) {
        return "a value";
    }
    switch (schema.type) {
        case "object": {
            const keys = Object.keys(schema.properties ?? {});
            return keys.length === 0 ? "an object" : `an object with ${keys.join(", ")}`;
        }
        case "array":
            return "a list";
        case "string":
            return schema.enum === undefined
                ? "a text"
                : schema.enum.map((one) => JSON.stringify(one)).join(", ");
        case "integer":
            return "a whole number";
        case "number":
            return "a number";
        case "boolean":
            return "true, false";
    }
}

function outOfBounds(schema: Schema, value: unknown): string | undefined {
    const { minLength, maxLength, minItems, maxItems, minimum, maximum, pattern } = schema;
    if (typeof value === "string") {
        if (value.length < (minLength ?? 0) || value.length > (maxLength ?? Infinity)) {
            return `a text of ${range(minLength, maxLength)} characters`;
        }
        // Go's dialect has forms that JavaScript lacks; those patterns are left to the API server.
        return pattern !== undefined && regexOf(pattern)?.test(value) === false
            ? `a text that matches ${pattern}`
            : undefined;
    }
    if (typeof value === "number") {
        return value < (minimum ?? -Infinity) || value > (maximum ?? Infinity)
            ? `a number: ${range(minimum, maximum)}`
            : undefined;
    }
    if (Array.isArray(value)) {
        return value.length < (minItems ?? 0) || value.length > (maxItems ?? Infinity)
            ? `a list of ${range(minItems, maxItems)} elements`
            : undefined;
    }
    return undefined;
}

function range(min: number | undefined, max: number | undefined): string {
    if (max === undefined) {
        return `at least ${min ?? 0}`;
    }
    return min === undefined ? `at most ${max}` : `${min} to ${max}`;
}

function regexOf(pattern: string): RegExp | undefined {
    try {
        return new RegExp(pattern, "u");
    } catch {
        return undefined;
    }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
