import type { MeshRule } from "../policy/rule";

/** `docs/policies.md`: every rule, what it demands, what can be set, and how to satisfy it. */
export function policiesPage(rules: readonly MeshRule[]): string {
    const index = rules.map(
        ({ name, description, severity, enforcementLevel }) =>
            `| [${name}](#${name}) | ${description} | ${severity} | ${enforcementLevel} |`,
    );
    return `<!-- Generated from policy/rules by \`npm run docs\`. -->

# Policies

\`policy/\` is a CrossGuard pack. Give it to any preview or update; a level file says what a stack
tolerates:

\`\`\`sh
pulumi preview -s prod --policy-pack policy --policy-pack-config policy/levels/prod.json
\`\`\`

| rule | demands | severity | level |
| --- | --- | --- | --- |
${index.join("\n")}

${rules.map(section).join("\n")}`;
}

function section(rule: MeshRule): string {
    const { name, displayName, description, remediationSteps, url, configSchema } = rule;
    const rows = Object.entries(configSchema.properties).map(
        ([key, { description: meaning = "", default: byDefault }]) =>
            `| \`${key}\` | ${shortDefault(byDefault)} | ${meaning} |`,
    );
    return `## ${name}

**${displayName}.** ${description} ([Istio's documentation](${url}))

${fires(rule)}

To satisfy it: ${remediationSteps}

| setting | default | meaning |
| --- | --- | --- |
${rows.join("\n")}
`;
}

function fires(rule: MeshRule): string {
    return "validateStack" in rule
        ? "Judges the stack as a whole, at the end of a preview or update."
        : "Judges each object by itself, before it is created or changed.";
}

function shortDefault(value: unknown): string {
    if (Array.isArray(value)) {
        const names = value.map((item: unknown) =>
            typeof item === "object" && item !== null && "name" in item ? item.name : item,
        );
        return names.map((name) => `\`${String(name)}\``).join(", ") || "none";
    }
    return `\`${JSON.stringify(value)}\``;
}
