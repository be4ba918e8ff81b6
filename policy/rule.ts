/** What every rule of the pack states about itself, and how it reads its config. */
import type {
    PolicyConfigSchema,
    ResourceValidationPolicy,
    StackValidationPolicy,
} from "@pulumi/policy";

/** The metadata that the SDK leaves optional and that this pack asks of every rule. */
type Stated = "displayName" | "severity" | "enforcementLevel" | "remediationSteps" | "url" | "tags";

/** A policy whose metadata is complete. The docs and the tests rely on it. */
export type MeshRule = (ResourceValidationPolicy | StackValidationPolicy) &
    Required<Pick<ResourceValidationPolicy, Stated | "configSchema">>;

/** One thing that a rule passes over, and why. Owner and expiry find their place here later. */
export interface Exemption {
    /** Name of the object, as the rule's own `exempt` description spells it. */
    name: string;
    /** Why the rule doesn't hold here. */
    reason: string;
}

/** Schema of the config key `exempt`, which is the same for every rule that has one. */
export function exemptSchema(names: string, exempt: Exemption[]) {
    return {
        type: "array" as const,
        description: `What the rule passes over: a list of {name, reason}. ${names}`,
        items: {
            type: "object" as const,
            properties: {
                name: { type: "string" as const, minLength: 1 },
                reason: { type: "string" as const, minLength: 1 },
            },
            required: ["name", "reason"],
            additionalProperties: false,
        },
        default: exempt.map(({ name, reason }) => ({ name, reason })),
    };
}

/**
 * A rule's config, checked. The engine has filled in the schema's defaults and checked the types, but lets
 * unknown properties pass: a misspelt one would leave its default in force without a word.
 *
 * @throws Error that names the unknown properties and those there are.
 */
export function checkedConfig<T extends object>(
    rule: { name: string; configSchema: PolicyConfigSchema },
    config: T,
): T {
    const known = Object.keys(rule.configSchema.properties);
    const unknown = Object.keys(config).filter((key) => !known.includes(key));
    if (unknown.length > 0) {
        const error = new Error(
            `config of ${rule.name} has unknown properties: ${unknown.join(", ")}; it knows: ${known.join(", ")}`,
        );
        // The SDK prints the stack, which would bury the message in frames of the pack.
        error.stack = error.message;
        throw error;
    }
    return config;
}
