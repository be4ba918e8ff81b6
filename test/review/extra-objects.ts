/**
 * What a recording deploys beside the project's own program. Kept in a module of its own: the engine's
 * program is evaluated afresh for every run, and only this one stays.
 */
import type * as k8s from "@pulumi/kubernetes";

/** An object as YAML would write it. */
export interface Manifest {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: {
        readonly name: string;
        readonly namespace?: string;
        readonly labels?: Readonly<Record<string, string>>;
        readonly annotations?: Readonly<Record<string, string>>;
    };
    readonly [field: string]: unknown;
}

interface Extra {
    objects: readonly Manifest[];
    provider: k8s.ProviderArgs;
    /** Whether one value is known only after the update. */
    unknown: boolean;
}

export const extra: Extra = { objects: [], provider: {}, unknown: false };
