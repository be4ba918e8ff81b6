import type { PolicyWord } from "../events/stream";

/** What the review knows of a rule beside what the engine says of it. */
export interface RuleFacts {
    readonly name: string;
    readonly remediationSteps?: string;
    readonly url?: string;
}

/** One thing that a policy found. */
export interface Finding {
    readonly policy: string;
    /** Whether the engine refuses the update for it. */
    readonly blocks: boolean;
    /** The engine's name of the resource; absent for findings on the stack as a whole. */
    readonly resource?: string;
    readonly message: string;
    readonly fix?: string;
    readonly url?: string;
}

/** Joins what the engine says of policies with what the pack says of its rules. */
export function findingsOf(
    words: readonly PolicyWord[],
    rules: readonly RuleFacts[],
): readonly Finding[] {
    const findings = words.map(({ policy, level, message, urn }): Finding => {
        const rule = rules.find(({ name }) => name === policy);
        return {
            policy,
            blocks: level === "mandatory",
            ...(urn === undefined || urn.includes("::pulumi:pulumi:Stack::")
                ? {}
                : { resource: urn.split("::").slice(3).join("::") }),
            message: spoken(message),
            ...(rule?.remediationSteps === undefined ? {} : { fix: rule.remediationSteps }),
            ...(rule?.url === undefined ? {} : { url: rule.url }),
        };
    });
    return [
        ...findings.filter(({ blocks }) => blocks),
        ...findings.filter(({ blocks }) => !blocks),
    ];
}

/** The engine puts a rule's description before each of its messages; said once per finding it hides it. */
function spoken(message: string): string {
    const lines = message.split("\n").map((line) => line.trim());
    return (lines.length > 1 ? lines.slice(1) : lines).filter((line) => line !== "").join(" ");
}
