import type { CrdSchemas, KindSchema, SailKind, Schema } from "./schema";

/** The parts of a CustomResourceDefinition that are read. */
export interface Crd {
    readonly spec: {
        readonly names: {
            readonly kind: string;
            readonly plural: string;
            readonly shortNames?: readonly string[];
        };
        readonly versions: readonly {
            readonly name: string;
            readonly additionalPrinterColumns?: KindSchema["columns"];
            readonly schema: { readonly openAPIV3Schema: Schema };
        }[];
    };
}

/** The keywords that survive; descriptions do not. */
const KEPT = [
    "type",
    "format",
    "enum",
    "default",
    "required",
    "pattern",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "maxItems",
    "nullable",
    "x-kubernetes-int-or-string",
    "x-kubernetes-preserve-unknown-fields",
    "x-kubernetes-list-type",
    "x-kubernetes-list-map-keys",
    "x-kubernetes-map-type",
] as const;

/** Reduces the CRDs of one or more releases to what all of them say, newest first. */
export function crdSchemas(releases: readonly (readonly Crd[])[]): CrdSchemas {
    const [newest = [], ...older] = releases;
    const names = new Names();
    const kinds = newest.map((crd): [string, KindSchema] => {
        const { kind, plural, shortNames } = crd.spec.names;
        const { additionalPrinterColumns = [], schema } = versionOf(crd);
        const same = older.map((crds) => {
            const found = crds.find((other) => other.spec.names.kind === kind);
            if (found === undefined) throw new Error(`${kind} is missing in an older release`);
            return versionOf(found).schema.openAPIV3Schema;
        });
        const { properties = {}, ...rest } = same.reduce(common, schema.openAPIV3Schema);
        const { spec = {}, status = {} } = properties;
        const rules = rulesOf(rest);
        return [
            kind,
            {
                plural,
                ...(shortNames === undefined ? {} : { shortNames }),
                columns: additionalPrinterColumns.map(({ name, type, jsonPath }) => ({
                    name,
                    type,
                    jsonPath,
                })),
                ...(rules === undefined ? {} : { rules }),
                spec: reduced(withoutVersions(spec), [kind, "spec"], names),
                status: reduced(status, [kind, "status"], names),
            },
        ];
    });
    return {
        kinds: Object.fromEntries(kinds) as Record<SailKind, KindSchema>,
        definitions: Object.fromEntries(names.definitions),
    };
}

function versionOf({ spec }: Crd): Crd["spec"]["versions"][number] {
    const version = spec.versions.find(({ name }) => name === "v1");
    if (version === undefined) throw new Error(`${spec.names.kind} has no version v1`);
    return version;
}

/**
 * Istio's versions are all that changes with each release of the operator. They are known elsewhere,
 * to the table of releases; a spec always names its version, so its default goes too.
 */
function withoutVersions(spec: Schema): Schema {
    const { version, ...properties } = spec.properties ?? {};
    const { version: _newest, ...byDefault } = (spec.default ?? {}) as Record<string, unknown>;
    return {
        ...spec,
        ...(spec.default === undefined ? {} : { default: byDefault }),
        properties:
            version === undefined ? properties : { version: { type: "string" }, ...properties },
    };
}

/** What both say. Where they differ in a keyword, the first is right. */
function common(a: Schema, b: Schema): Schema {
    const { properties: mine, enum: values, ...rest } = a;
    const kept =
        mine === undefined || b.properties === undefined
            ? mine
            : Object.fromEntries(
                  Object.entries(mine).flatMap(([key, schema]) => {
                      const other = b.properties?.[key];
                      return other === undefined ? [] : [[key, common(schema, other)]];
                  }),
              );
    const both = values?.filter((value) => b.enum?.includes(value) ?? true);
    const nested = (key: "items" | "additionalProperties"): object =>
        a[key] !== undefined && b[key] !== undefined ? { [key]: common(a[key], b[key]) } : {};
    return {
        ...rest,
        ...(kept === undefined ? {} : { properties: kept }),
        ...(both === undefined ? {} : { enum: both }),
        ...nested("items"),
        ...nested("additionalProperties"),
    };
}

function rulesOf(schema: Schema): readonly { rule: string }[] | undefined {
    return schema["x-kubernetes-validations"]?.map(({ rule }) => ({ rule }));
}

/** A schema without prose, its objects replaced by references to definitions. */
function reduced(schema: Schema, path: readonly string[], names: Names): Schema {
    const { properties, items, additionalProperties } = schema;
    const rules = rulesOf(schema);
    const result: Schema = {
        ...Object.fromEntries(
            KEPT.filter((key) => schema[key] !== undefined).map((key) => [key, schema[key]]),
        ),
        ...(items === undefined ? {} : { items: reduced(items, singular(path), names) }),
        ...(additionalProperties === undefined
            ? {}
            : { additionalProperties: reduced(additionalProperties, singular(path), names) }),
        ...(properties === undefined
            ? {}
            : {
                  properties: Object.fromEntries(
                      Object.entries(properties).map(([key, inner]) => [
                          key,
                          reduced(inner, [...path, key], names),
                      ]),
                  ),
              }),
        ...(rules === undefined ? {} : { "x-kubernetes-validations": rules }),
    };
    return properties === undefined ? result : { $ref: names.nameFor(result, path) };
}

/** What one item of a list, or one value of a map, is called. */
function singular(path: readonly string[]): readonly string[] {
    const last = path.at(-1) ?? "";
    const one = last.endsWith("ies") ? `${last.slice(0, -3)}y` : last.replace(/([^s])s$/, "$1");
    return [...path.slice(0, -1), one];
}

/** Gives each different object one name: that of its field, with as much of its path as it takes. */
class Names {
    readonly definitions = new Map<string, Schema>();
    private readonly known = new Map<string, string>();

    nameFor(schema: Schema, path: readonly string[]): string {
        const text = JSON.stringify(schema);
        const known = this.known.get(text);
        if (known !== undefined) return known;
        const words = path.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
        const shortest = path.length === 2 ? 2 : 1;
        for (let length = shortest; length <= words.length; length++) {
            const name = words.slice(-length).join("");
            if (!this.definitions.has(name)) {
                this.known.set(text, name);
                this.definitions.set(name, schema);
                return name;
            }
        }
        throw new Error(`no name is left for ${path.join(".")}`);
    }
}
