/** What is wrong with a level file, beyond the types that the engine has checked by schema. */
import { type Exemption, today } from "./config";
import type { Rule } from "./rule";

/** A rule's entry as the engine hands it over, defaults filled in. */
export interface Entry {
    readonly enforcementLevel: string;
    readonly values: Readonly<Record<string, unknown>>;
}

/** A level file: by rule, its enforcement level alone or with settings. */
export function levelIn(text: string): Map<string, Partial<Entry>> {
    const level = JSON.parse(text) as Record<string, string | Record<string, unknown>>;
    return new Map(
        Object.entries(level).map(([name, entry]): [string, Partial<Entry>] => {
            if (typeof entry === "string") return [name, { enforcementLevel: entry }];
            const { enforcementLevel, ...values } = entry;
            return [
                name,
                typeof enforcementLevel === "string" ? { enforcementLevel, values } : { values },
            ];
        }),
    );
}

/** Every problem, each with what is given and what is allowed; empty if the pack can run by it. */
export function levelProblems(
    rules: readonly Rule[],
    level: ReadonlyMap<string, Partial<Entry>>,
    day = today(),
): string[] {
    const byName = new Map(rules.map((rule) => [rule.name, rule]));
    return [...level].flatMap(([name, entry]) => {
        // "all" is the engine's own: one enforcement level for every rule.
        if (name === "all") return [];
        const rule = byName.get(name);
        return rule
            ? entryProblems(rule, entry, day)
            : [`${name}: there is no such rule; ${nearest(name, [...byName.keys()])}`];
    });
}

function entryProblems(rule: Rule, entry: Partial<Entry>, day: string): string[] {
    const { enforcementLevel = rule.enforcementLevel, values = {} } = entry;
    const known = Object.keys(rule.settings);
    const unknown = Object.keys(values).filter((key) => !known.includes(key));
    const problems = unknown.map(
        (key) => `${rule.name}.${key}: an unknown setting; it knows ${known.join(", ")}`,
    );
    if (enforcementLevel === "remediate" && rule.remediates.size === 0) {
        problems.push(
            `${rule.name}: can't remediate, since no single answer is right; use "mandatory" or "advisory"`,
        );
    }
    if (enforcementLevel === "disabled") return problems;
    const exemptions = (values["exempt"] ?? []) as readonly Exemption[];
    return problems.concat(
        exemptions
            .filter(({ until }) => until < day)
            .map(
                ({ name, owner, until }) =>
                    `${rule.name}.exempt: the waiver of "${name}" expired on ${until}; ` +
                    `${owner} must mend the object or renew the waiver`,
            ),
    );
}

/** The names that share most words with a misspelt one, or where to look. */
function nearest(name: string, known: readonly string[]): string {
    const words = name.split("-");
    const score = (candidate: string) =>
        candidate.split("-").filter((word) => words.includes(word)).length;
    const best = Math.max(...known.map(score));
    return best < 2
        ? "see docs/policies.md for the names"
        : `did you mean ${known
              .filter((candidate) => score(candidate) === best)
              .slice(0, 3)
              .join(" or ")}?`;
}
