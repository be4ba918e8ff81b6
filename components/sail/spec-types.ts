import type { CrdSchemas, Schema } from "./schema";

/** TypeScript types of the specs, one interface per definition. */
export function specTypes({ kinds, definitions }: CrdSchemas): string {
    const used = new Set<string>();
    const visit = (schema: Schema): void => {
        if (schema.$ref !== undefined) {
            if (used.has(schema.$ref)) return;
            used.add(schema.$ref);
            visit(definitions[schema.$ref] ?? {});
        }
        if (schema.items !== undefined) visit(schema.items);
        if (schema.additionalProperties !== undefined) visit(schema.additionalProperties);
        Object.values(schema.properties ?? {}).forEach(visit);
    };
    Object.values(kinds).forEach(({ spec }) => {
        visit(spec);
    });
    const interfaces = [...used].sort().map((name) => {
        const { properties = {}, required = [] } = definitions[name] ?? {};
        const fields = Object.entries(properties).map(
            ([key, schema]) =>
                `    readonly ${/^\w+$/.test(key) ? key : JSON.stringify(key)}${required.includes(key) ? "" : "?"}: ${typeOf(schema)};`,
        );
        return `export interface ${name} {\n${fields.join("\n")}\n}`;
    });
    return `/** Specs of the Sail Operator's objects. Generated from its CRDs by \`npm run crs\`. */\n\n${interfaces.join("\n\n")}\n`;
}

function typeOf(schema: Schema): string {
    if (schema.$ref !== undefined) return schema.$ref;
    if (schema["x-kubernetes-int-or-string"] === true) return "number | string";
    if (schema["x-kubernetes-preserve-unknown-fields"] === true) {
        return "Readonly<Record<string, unknown>>";
    }
    const { type } = schema as { type: Schema["type"] | undefined };
    switch (type) {
        case "string":
            return schema.enum?.map((value) => JSON.stringify(value)).join(" | ") ?? "string";
        case "integer":
        case "number":
            return "number";
        case "boolean":
            return "boolean";
        case "array":
            return `readonly (${typeOf(schema.items ?? {})})[]`;
        case "object":
            return schema.additionalProperties === undefined
                ? "Readonly<Record<string, never>>"
                : `Readonly<Record<string, ${typeOf(schema.additionalProperties)}>>`;
        case undefined:
            return "unknown";
    }
}
