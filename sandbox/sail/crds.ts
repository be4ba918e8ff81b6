import type { CrdSchemas, SailKind, Schema } from "../../components/sail/schema";

/** A CustomResourceDefinition, as far as the sandbox writes one. */
export interface CustomResourceDefinition {
    readonly apiVersion: "apiextensions.k8s.io/v1";
    readonly kind: "CustomResourceDefinition";
    readonly metadata: { readonly name: string };
    readonly spec: object;
}

/**
 * The operator's CRDs from their reduced schemas.
 * @param versions what `spec.version` takes, with their `v`, oldest first.
 */
export function operatorCrds(
    { kinds, definitions }: CrdSchemas,
    versions: readonly string[],
): readonly CustomResourceDefinition[] {
    return (Object.keys(kinds) as SailKind[]).map((kind) => {
        const { plural, shortNames, columns, rules, spec, status } = kinds[kind];
        const versioned = withVersions(expanded(spec, definitions), versions);
        return {
            apiVersion: "apiextensions.k8s.io/v1",
            kind: "CustomResourceDefinition",
            metadata: { name: `${plural}.sailoperator.io` },
            spec: {
                group: "sailoperator.io",
                scope: "Cluster",
                names: {
                    kind,
                    listKind: `${kind}List`,
                    plural,
                    singular: kind.toLowerCase(),
                    categories: ["istio-io"],
                    ...(shortNames === undefined ? {} : { shortNames }),
                },
                versions: [
                    {
                        name: "v1",
                        served: true,
                        storage: true,
                        subresources: { status: {} },
                        additionalPrinterColumns: columns,
                        schema: {
                            openAPIV3Schema: {
                                type: "object",
                                properties: {
                                    apiVersion: { type: "string" },
                                    kind: { type: "string" },
                                    metadata: { type: "object" },
                                    spec: versioned,
                                    status: expanded(status, definitions),
                                },
                                ...(rules === undefined
                                    ? {}
                                    : { "x-kubernetes-validations": rules }),
                            },
                        },
                    },
                ],
            },
        };
    });
}

/** A spec that takes these versions, the newest where none is said, as the operator's own CRDs do. */
function withVersions(spec: Schema, versions: readonly string[]): Schema {
    const { version, ...properties } = spec.properties ?? {};
    if (version === undefined) return spec;
    const newest = versions.at(-1);
    return {
        ...spec,
        ...(spec.default === undefined ? {} : { default: { version: newest, ...spec.default } }),
        properties: {
            version: {
                ...version,
                enum: versions,
                ...(spec.default === undefined ? {} : { default: newest }),
            },
            ...properties,
        },
    };
}

/** A schema with every reference replaced by what it names: CRDs know no references. */
function expanded(schema: Schema, definitions: CrdSchemas["definitions"]): Schema {
    const { $ref, ...own } = schema;
    const { properties, items, additionalProperties, ...rest } =
        $ref === undefined ? own : (definitions[$ref] ?? {});
    const inner = (child: Schema): Schema => expanded(child, definitions);
    return {
        ...rest,
        ...(rest["x-kubernetes-int-or-string"] === true
            ? { anyOf: [{ type: "integer" }, { type: "string" }] }
            : {}),
        ...(items === undefined ? {} : { items: inner(items) }),
        ...(additionalProperties === undefined
            ? {}
            : { additionalProperties: inner(additionalProperties) }),
        ...(properties === undefined
            ? {}
            : {
                  properties: Object.fromEntries(
                      Object.entries(properties).map(([key, child]) => [key, inner(child)]),
                  ),
              }),
    };
}
