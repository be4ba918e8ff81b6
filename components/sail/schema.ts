/** What the Sail Operator's CRDs say about their objects, reduced: see generate-crs.ts. */
import generated from "./crs.generated.json";

/** A node of a structural schema, in OpenAPI's words; `$ref` names a definition. */
export interface Schema {
    readonly $ref?: string;
    readonly type?: "object" | "array" | "string" | "integer" | "number" | "boolean";
    readonly format?: string;
    readonly enum?: readonly string[];
    readonly default?: unknown;
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly required?: readonly string[];
    readonly additionalProperties?: Schema;
    readonly items?: Schema;
    readonly pattern?: string;
    readonly minimum?: number;
    readonly maximum?: number;
    readonly minLength?: number;
    readonly maxLength?: number;
    readonly maxItems?: number;
    readonly nullable?: boolean;
    readonly "x-kubernetes-int-or-string"?: boolean;
    readonly "x-kubernetes-preserve-unknown-fields"?: boolean;
    readonly "x-kubernetes-list-type"?: string;
    readonly "x-kubernetes-list-map-keys"?: readonly string[];
    readonly "x-kubernetes-map-type"?: string;
    readonly "x-kubernetes-validations"?: readonly { readonly rule: string }[];
}

/** The kinds of `sailoperator.io/v1`. */
export type SailKind = "Istio" | "IstioCNI" | "ZTunnel" | "IstioRevision" | "IstioRevisionTag";

/** One kind as its CRD describes it. */
export interface KindSchema {
    readonly plural: string;
    readonly shortNames?: readonly string[];
    readonly columns: readonly {
        readonly name: string;
        readonly type: string;
        readonly jsonPath: string;
    }[];
    /** Rules about the object as a whole, in CEL. */
    readonly rules?: readonly { readonly rule: string }[];
    readonly spec: Schema;
    readonly status: Schema;
}

/** Everything that is known about the operator's kinds. */
export interface CrdSchemas {
    readonly kinds: Readonly<Record<SailKind, KindSchema>>;
    readonly definitions: Readonly<Record<string, Schema>>;
}

/** The API group and version of all its kinds. */
export const SAIL_API = "sailoperator.io/v1";

/** The reduced schemas. */
export const SAIL_SCHEMAS = generated as unknown as CrdSchemas;
