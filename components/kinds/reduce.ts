import type { Schema } from "./schema";

/** A CustomResourceDefinition, as far as it is read. */
export interface Crd {
    readonly kind: string;
    readonly spec: {
        readonly group: string;
        readonly scope: "Namespaced" | "Cluster";
        readonly names: { readonly kind: string };
        readonly versions: readonly {
            readonly name: string;
            readonly served: boolean;
            readonly schema: { readonly openAPIV3Schema: RawSchema };
        }[];
    };
}

type RawSchema = Omit<Schema, "properties" | "items" | "additionalProperties" | Forms> & {
    readonly properties?: Readonly<Record<string, RawSchema>>;
    readonly items?: RawSchema;
    readonly additionalProperties?: RawSchema | boolean;
    readonly oneOf?: readonly RawSchema[];
    readonly anyOf?: readonly RawSchema[];
    readonly allOf?: readonly RawSchema[];
    readonly not?: RawSchema;
    readonly default?: unknown;
    readonly "x-kubernetes-int-or-string"?: boolean;
    readonly "x-kubernetes-preserve-unknown-fields"?: boolean;
};
type Forms = "oneOf" | "anyOf" | "allOf" | "not";

/** What is known about a kind: the versions it is served in, best first, and its spec. */
export interface Kind {
    readonly group: string;
    readonly kind: string;
    readonly versions: readonly string[];
    readonly namespaced: boolean;
    readonly spec: Schema;
}

/** A CRD without what neither types nor checks need. */
export function reduceCrd({ spec }: Crd): Kind {
    const served = spec.versions
        .filter(({ served: is }) => is)
        .sort((a, b) => rank(a.name) - rank(b.name));
    const best = served[0]?.schema.openAPIV3Schema.properties?.["spec"];
    return {
        group: spec.group,
        kind: spec.names.kind,
        versions: served.map(({ name }) => name),
        namespaced: spec.scope === "Namespaced",
        spec: best === undefined ? { type: "object" } : reduce(best),
    };
}

/** v1 before v1beta1 before v1alpha3, as Kubernetes orders versions. */
function rank(version: string): number {
    const [, major = "0", stage, minor = "0"] = /^v(\d+)(alpha|beta)?(\d+)?$/.exec(version) ?? [];
    const step = stage === undefined ? 0 : stage === "beta" ? 100 : 200;
    return step - Number(major) - Number(minor);
}

const KEPT = [
    "type",
    "enum",
    "pattern",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minimum",
    "maximum",
    "nullable",
] as const;

function reduce(raw: RawSchema): Schema {
    const { properties, items, additionalProperties, oneOf, anyOf, allOf, not } = raw;
    const intOrString = raw["x-kubernetes-int-or-string"] === true;
    // The API server fills defaults in before it asks what is missing.
    const required = raw.required?.filter((key) => properties?.[key]?.default === undefined) ?? [];
    const some = (forms: readonly RawSchema[] | undefined) => forms?.map(reduce);
    const all: Schema = {
        ...Object.fromEntries(
            KEPT.flatMap((key) => (raw[key] === undefined ? [] : [[key, raw[key]]])),
        ),
        ...(required.length === 0 ? {} : { required }),
        ...(properties === undefined
            ? {}
            : {
                  properties: Object.fromEntries(
                      Object.entries(properties).map(([key, inner]) => [key, reduce(inner)]),
                  ),
              }),
        ...(items === undefined ? {} : { items: reduce(items) }),
        ...(typeof additionalProperties === "object"
            ? { additionalProperties: reduce(additionalProperties) }
            : {}),
        ...(raw["x-kubernetes-preserve-unknown-fields"] === true || additionalProperties === true
            ? { open: true }
            : {}),
        ...(oneOf === undefined ? {} : { oneOf: some(oneOf) ?? [] }),
        ...(allOf === undefined ? {} : { allOf: some(allOf) ?? [] }),
        ...(not === undefined ? {} : { not: reduce(not) }),
    };
    // Its own anyOf says only that it may be either.
    return intOrString
        ? { ...all, intOrString: true }
        : anyOf === undefined
          ? all
          : { ...all, anyOf: some(anyOf) ?? [] };
}
