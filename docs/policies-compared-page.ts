import { istioctlCodes, others, samplesFindings } from "../test/policy/others";

/** `docs/policies-compared.md`: rules of others, and which of this pack does their work. */
export function policiesComparedPage(): string {
    const link = (rule: string) => `[${rule}](policies.md#${rule})`;
    const rows = others.map(
        ({ source, name, rule, note = "" }) =>
            `| ${source} | ${name} | ${rule === undefined ? "none" : link(rule)} | ${note} |`,
    );
    const codes = Object.entries(istioctlCodes).map(
        ([code, { rule, config }]) =>
            `| ${code} | ${link(rule)}${config ? `, with \`${JSON.stringify(config)}\`` : ""} |`,
    );
    const findings = Object.entries(samplesFindings).map(
        ([rule, why]) => `| ${link(rule)} | ${why} |`,
    );
    return `<!-- Generated from test/policy/others.ts by \`npm run docs\`. -->

# Policies compared

Each row is a test (\`test/policy/others.test.ts\`).

## Rules of others

An object that the other rule lets pass and one that it refuses, written from its documentation, are told
apart by the rule of this pack.

| from | their rule | ours | differs |
| --- | --- | --- | --- |
${rows.join("\n")}

## istioctl analyze

In the files of istioctl's own tests, wherever istioctl reports the code, the rule finds something.

| code | ours |
| --- | --- |
${codes.join("\n")}

## Istio's samples

Of all objects in Istio's \`samples/\`, rules at their defaults object to these and to nothing else. None is
a false alarm: each is what the rule is about.

| rule | what it finds |
| --- | --- |
${findings.join("\n")}
`;
}
