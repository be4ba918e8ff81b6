import { frameworks } from "../policy/controls";
import { kinds, type KindName } from "../policy/kinds";
import type { Controls, Rule } from "../policy/rule";

/** `docs/policies.md`: every rule, why it is there, what it sees and when, how to satisfy and exempt it. */
export function policiesPage(families: Readonly<Record<string, readonly Rule[]>>): string {
    const count = Object.values(families).flat().length;
    const index = Object.entries(families).map(
        ([family, rules]) => `### ${family}

| rule | demands | severity | level | fires |
| --- | --- | --- | --- | --- |
${rules
    .map(
        ({ name, description, severity, enforcementLevel, scope }) =>
            `| [${name}](#${name}) | ${description} | ${severity} | ${enforcementLevel} | ${scope === "object" ? "per object" : "per stack"} |`,
    )
    .join("\n")}
`,
    );
    return `<!-- Generated from policy/rules by \`npm run docs\`. -->

# Policies

\`policy/\` is a CrossGuard pack of ${count} rules for any Pulumi program that touches Istio. Give it to any
preview or update; a level file says where a stack differs from the rules' defaults:

\`\`\`sh
pulumi preview -s prod --policy-pack policy --policy-pack-config policy/levels/prod.json
\`\`\`

How they compare to Kyverno's, Google's and others', and to istioctl: [policies-compared.md](policies-compared.md).

## How rules judge

A rule of \`per object\` judges each object before it is created or changed: in a preview, and again in
the update, when every value is known. A rule of \`per stack\` judges at the end of a preview or update,
when it sees all objects together. Both see the same objects however they are registered: typed
resources, children of charts and ConfigGroups, custom resources, and what an operator will create as
far as the program tells.

What a preview can't know, a rule doesn't guess: it reports that it couldn't judge, as an advisory, and
judges in the update.

A level file with mistakes is refused before the preview starts, all of them at once. (For a misspelt rule
that has settings but no enforcement level, the engine itself says only \`invalid enforcement level ""\`.)

## Exempt an object

Every rule takes \`exempt\` in the level file. A waiver has an owner and a last day; one that has expired
stops the next preview before it starts.

\`\`\`json
{
  "require-mesh-replicas": {
    "exempt": [
      {
        "name": "shop/edge",
        "reason": "A demo that may stop.",
        "owner": "shop-team@example.com",
        "until": "2027-01-31"
      }
    ]
  }
}
\`\`\`

\`name\` is spelled as in the rule's messages: \`namespace/name\`, or the name alone for what lives in no
namespace; \`*\` stands for any text.

## Past Pulumi

What reaches a cluster without Pulumi meets the same demands in the API server, as far as its
ValidatingAdmissionPolicies can state them, under the same names:

\`\`\`sh
node policy/export.js policy/levels/prod.json | kubectl apply -f -
\`\`\`

Waivers go along; export anew to end one.

## Rules

${index.join("\n")}

${Object.values(families).flat().map(section).join("\n")}`;
}

function section(rule: Rule): string {
    const { name, displayName, description, why, remediationSteps, url, settings } = rule;
    const rows = Object.entries(settings)
        .filter(([key]) => key !== "exempt")
        .map(
            ([key, { description: meaning, default: byDefault }]) =>
                `| \`${key}\` | ${shortDefault(byDefault)} | ${meaning} |`,
        );
    const table =
        rows.length > 0
            ? `
| setting | default | meaning |
| --- | --- | --- |
${rows.join("\n")}
`
            : "";
    return `## ${name}

**${displayName}.** ${description}

${why} ([Read on](${url}))

- **Judges**: ${kindNames([...rule.judges.keys()])}${rule.reads.length > 0 ? `; reads also ${kindNames(rule.reads)}` : ""}
- **Fires**: ${fires(rule)}
- **To satisfy it**: ${remediationSteps}
${rule.controls ? `- **Serves**: ${served(rule.controls)}\n` : ""}${table}`;
}

function kindNames(names: readonly KindName[]): string {
    return names
        .map((name) => {
            const { group, kind } = kinds[name];
            const shared = Object.values(kinds).filter((other) => other.kind === kind).length > 1;
            return shared ? `${kind} (${group})` : kind;
        })
        .join(", ");
}

function fires({ scope, remediates, admission }: Rule): string {
    return [
        scope === "object"
            ? "in a preview and an update, before the object is created or changed"
            : "at the end of a preview or update, on the whole stack",
        ...(remediates.size > 0 ? ["at the level `remediate` it mends the object instead"] : []),
        ...(admission ? ["also exported to the API server, as a ValidatingAdmissionPolicy"] : []),
    ].join("; ");
}

function served(controls: Controls): string {
    return (Object.keys(frameworks) as (keyof Controls)[])
        .flatMap((key) =>
            controls[key] ? [`${frameworks[key].name} ${controls[key].join(", ")}`] : [],
        )
        .join("; ");
}

function shortDefault(value: unknown): string {
    if (Array.isArray(value)) {
        return value.map((item) => `\`${String(item)}\``).join(", ") || "none";
    }
    return `\`${JSON.stringify(value)}\``;
}
