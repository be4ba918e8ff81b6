import type { Value } from "../events/tree";

/** CPU in cores, memory in GiB. */
export interface Amount {
    readonly cpu: number;
    readonly memory: number;
}

export const NONE: Amount = { cpu: 0, memory: 0 };

const FACTORS: Readonly<Record<string, number>> = {
    "": 1,
    n: 1e-9,
    u: 1e-6,
    m: 1e-3,
    k: 1e3,
    M: 1e6,
    G: 1e9,
    T: 1e12,
    P: 1e15,
    Ki: 2 ** 10,
    Mi: 2 ** 20,
    Gi: 2 ** 30,
    Ti: 2 ** 40,
    Pi: 2 ** 50,
};

/**
 * A Kubernetes quantity as a number; undefined for what is none.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function quantity(value: Value | undefined): number | undefined {
    if (typeof value === "number") return value;
    if (typeof value !== "string") return undefined;
    const [, digits, exponent, suffix] =
        /^([+-]?[\d.]+)(?:([eE][+-]?\d+)|([A-Za-z]*))$/.exec(value.trim()) ?? [];
    const factor = exponent === undefined ? FACTORS[suffix ?? ""] : 1;
    const number = Number(`${digits ?? ""}${exponent ?? ""}`);
    return digits === undefined || factor === undefined || Number.isNaN(number)
        ? undefined
        : number * factor;
}

export function sum(amounts: readonly Amount[]): Amount {
    return {
        cpu: amounts.reduce((total, { cpu }) => total + cpu, 0),
        memory: amounts.reduce((total, { memory }) => total + memory, 0),
    };
}

export function times({ cpu, memory }: Amount, count: number): Amount {
    return { cpu: cpu * count, memory: memory * count };
}

/** Cores for people: `0.25`, `12`. */
export function cpuText(cores: number): string {
    return trimmed(cores);
}

/** Memory for people: `64 MiB`, `1.5 GiB`. */
export function memoryText(gib: number): string {
    return Math.abs(gib) < 1 ? `${Math.round(gib * 1024)} MiB` : `${trimmed(gib)} GiB`;
}

export function trimmed(number: number): string {
    const text = number.toFixed(Math.abs(number) < 10 ? 2 : 1);
    return text.replace(/\.?0+$/, "");
}
