import type { ClassName } from "../../review/classes/classes";
import type { Manifest } from "./extra-objects";

/** Makes other objects of those that are deployed. */
export type Edit = (objects: readonly Manifest[]) => readonly Manifest[];

/** One real change: what is changed, and what a person who knows Istio says it does. */
export interface Scenario {
    /** What is changed, unique among the scenarios of its stack. */
    readonly change: string;
    /** Config keys of the project without its name, laid over the stack's; null takes one away. */
    readonly config?: Readonly<Record<string, unknown>>;
    readonly edit?: Edit;
    /** Whether a value becomes known only after the update. */
    readonly unknown?: true;
    /** Whether the policy pack judges it, too: its comment is shown in the docs. */
    readonly judged?: true;
    /** The classes of all changes together. */
    readonly expected: readonly ClassName[];
    /** Of single objects, as `Kind namespace/name`. */
    readonly of?: Readonly<Record<string, readonly ClassName[]>>;
}

/** Sets one property of one object: `set("VirtualService cart", "spec.hosts[0]", "basket")`. */
export function set(object: string, path: string, value: unknown): Edit {
    const steps = path.split(/[.[\]]+/).filter((step) => step !== "");
    return (objects) =>
        objects.map((manifest) =>
            `${manifest.kind} ${manifest.metadata.name}` === object
                ? (written(manifest, steps, value) as Manifest)
                : manifest,
        );
}

/** Sets a label or annotation, whose key may have dots. */
export function mark(
    object: string,
    where: "labels" | "annotations",
    key: string,
    value: string,
): Edit {
    return (objects) =>
        objects.map((manifest) => {
            if (`${manifest.kind} ${manifest.metadata.name}` !== object) return manifest;
            const { metadata } = manifest;
            return {
                ...manifest,
                metadata: { ...metadata, [where]: { ...metadata[where], [key]: value } },
            };
        });
}

/** Takes one object away. */
export function without(object: string): Edit {
    return (objects) =>
        objects.filter(({ kind, metadata }) => `${kind} ${metadata.name}` !== object);
}

/** Adds objects. */
export function add(...more: readonly Manifest[]): Edit {
    return (objects) => [...objects, ...more];
}

function written(value: unknown, [step, ...rest]: readonly string[], wanted: unknown): unknown {
    if (step === undefined) return wanted;
    if (Array.isArray(value)) {
        return value.map((item: unknown, index) =>
            String(index) === step ? written(item, rest, wanted) : item,
        );
    }
    const fields = Object.entries(value ?? {}).filter(([key]) => key !== step);
    const old = (value as Record<string, unknown> | undefined)?.[step];
    const next = written(old, rest, wanted);
    return Object.fromEntries(next === undefined ? fields : [...fields, [step, next]]);
}

/** An object in the shop's namespace. */
export const made = (apiVersion: string, kind: string, name: string, spec: unknown): Manifest => ({
    apiVersion,
    kind,
    metadata: { name, namespace: "boutique" },
    spec,
});
