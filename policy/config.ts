/** What a rule's config may hold: typed settings with their defaults, and exemptions. */
import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";

/** A setting of a rule: its schema, and its default, whose type is the setting's. */
export type Setting<T> = PolicyConfigJSONSchema & { description: string; default: T };
/** The settings of a rule, by name. */
export type Settings = Record<string, Setting<unknown>>;
/** The values that the settings have in a run. */
export type Values<S> = { readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never };

type Limits = Partial<Pick<PolicyConfigJSONSchema, "minimum" | "maximum">>;

export function integer(description: string, byDefault: number, limits: Limits = {}) {
    return { type: "integer", description, default: byDefault, ...limits } as Setting<number>;
}

export function flag(description: string, byDefault: boolean) {
    return { type: "boolean", description, default: byDefault } as Setting<boolean>;
}

export function text(description: string, byDefault: string) {
    return { type: "string", description, default: byDefault } as Setting<string>;
}

export function choice<T extends string>(description: string, allowed: readonly T[], byDefault: T) {
    return { type: "string", description, enum: [...allowed], default: byDefault } as Setting<T>;
}

export function texts(description: string, byDefault: readonly string[]) {
    return {
        type: "array",
        description,
        items: { type: "string", minLength: 1 },
        default: [...byDefault],
    } as Setting<readonly string[]>;
}

/** One thing that a rule passes over. */
export interface Exemption {
    /** The object, as messages name it: `shop/web`, or `shop` for a namespace. `*` stands for any text. */
    name: string;
    /** Why the rule doesn't hold here. */
    reason: string;
    /** Who answers for it. */
    owner: string;
    /** The last day it holds: `2027-01-31`, UTC. */
    until: string;
}

/** The key `exempt`, which every rule has. */
export const exempt: Setting<readonly Exemption[]> = {
    type: "array",
    description:
        "What the rule passes over: a list of {name, reason, owner, until}. `name` is spelled as in the " +
        "rule's messages (`*` stands for any text), `until` is the last day, such as `2027-01-31`.",
    items: {
        type: "object",
        properties: {
            name: { type: "string", minLength: 1 },
            reason: { type: "string", minLength: 1 },
            owner: { type: "string", minLength: 1 },
            until: { type: "string", format: "date" },
        },
        required: ["name", "reason", "owner", "until"],
        additionalProperties: false,
    },
    default: [],
};

/** Today, in UTC, as `until` spells days. */
export function today(): string {
    return new Date().toISOString().slice(0, 10);
}

/** Whether an exemption holds for an object of this name on a day. One that has expired holds no more. */
export function isExempt(name: string, exemptions: readonly Exemption[], day = today()): boolean {
    return exemptions.some((exemption) => exemption.until >= day && matches(exemption.name, name));
}

function matches(pattern: string, name: string): boolean {
    if (!pattern.includes("*")) return pattern === name;
    const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`).test(name);
}
