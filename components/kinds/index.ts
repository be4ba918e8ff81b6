import type * as pulumi from "@pulumi/pulumi";
import { nearest } from "../../settings/suggestions";
import kinds from "./kinds.generated.json";
import type { Kind } from "./reduce";
import { misfits, type IsUnknown, type Misfit, type Schema } from "./schema";
import type { Specs } from "./specs.generated";

export type { Misfit } from "./schema";
export type * from "./specs.generated";

/** A value of which any part may be known only once something else is deployed. */
export type Inputs<T> = pulumi.Input<
    T extends readonly (infer Element)[]
        ? readonly Inputs<Element>[]
        : T extends object
          ? { readonly [Key in keyof T]: Inputs<T[Key]> }
          : T
>;

/** What names an object. */
export interface Metadata {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
}

type ManifestOf<Key extends keyof Specs> = Key extends `${infer ApiVersion} ${infer Name}`
    ? {
          readonly apiVersion: ApiVersion;
          readonly kind: Name;
          readonly metadata: Metadata;
          readonly spec: Specs[Key];
      }
    : never;

/** Any object of Istio or the Gateway API, as its YAML would say it. */
export type Manifest = { [Key in keyof Specs]: ManifestOf<Key> }[keyof Specs];

/** What is known about a kind, by the apiVersion and kind of a manifest. */
export function kindOf(apiVersion: unknown, kind: unknown): Kind | undefined {
    return (kinds as unknown as readonly Kind[]).find(
        (known) =>
            known.kind === kind &&
            known.versions.some((version) => `${known.group}/${version}` === apiVersion),
    );
}

/** Every apiVersion and kind that is known: `networking.istio.io/v1 VirtualService`. */
export function knownKinds(): readonly string[] {
    return (kinds as unknown as readonly Kind[]).map(
        ({ group, versions, kind }) => `${group}/${versions[0] ?? ""} ${kind}`,
    );
}

/** The kind's own keys beside its spec, of which only the first three are written by people. */
const ENVELOPE: Readonly<Record<string, Schema>> = {
    apiVersion: { type: "string" },
    kind: { type: "string" },
    metadata: {
        type: "object",
        required: ["name"],
        open: true,
        properties: {
            name: { type: "string", minLength: 1, maxLength: 253 },
            namespace: { type: "string", minLength: 1, maxLength: 63 },
            labels: { type: "object", additionalProperties: { type: "string", maxLength: 63 } },
            annotations: { type: "object", additionalProperties: { type: "string" } },
        },
    },
    status: { open: true },
};

/** What the API server would refuse in an object, by the CRD of its kind. */
export function manifestMisfits(manifest: unknown, isUnknown?: IsUnknown): readonly Misfit[] {
    const { apiVersion, kind } = (manifest ?? {}) as { apiVersion?: unknown; kind?: unknown };
    const known = kindOf(apiVersion, kind);
    if (known === undefined) {
        const given = `${said(apiVersion)} ${said(kind)}`;
        return [{ at: "kind", given, allowed: knownKinds().join(", "), known: knownKinds() }];
    }
    const schema: Schema = {
        type: "object",
        required: ["metadata"],
        properties: { ...ENVELOPE, spec: known.spec },
    };
    return misfits(schema, manifest, "", isUnknown);
}

function said(value: unknown): string {
    return typeof value === "string" ? value : "(none)";
}

/** What to do about a misfit. */
export function mend({ at, given, allowed, known }: Misfit): string {
    if (known !== undefined) {
        const key = at === "kind" ? String(given) : (at.split(".").at(-1) ?? at);
        const meant = nearest(key, known);
        return meant === undefined ? `take ${at} out` : `did you mean ${meant}?`;
    }
    return given === undefined ? `add ${at}: ${allowed}` : `write ${at} as ${allowed}`;
}
