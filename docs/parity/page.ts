import type { Difference } from "./compare";
import { REASONS } from "./reasons";

/** The differences of one case. */
export interface CaseDifferences {
    readonly name: string;
    readonly dataPlane: string;
    readonly size: string;
    readonly override: string;
    /** How many objects each way makes. */
    readonly objects: number;
    readonly differences: readonly Difference[];
}

/** Differences that no reason explains, as lines to read. */
export function unexplained(cases: readonly CaseDifferences[]): readonly string[] {
    return cases.flatMap(({ name, differences }) =>
        differences
            .filter((difference) => !REASONS.some(({ explains }) => explains(difference)))
            .map(
                ({ object, field, helm, sail }) =>
                    `${name}: ${object}${field === "" ? "" : ` ${field}`}: helm ${helm ?? "nothing"}, sail ${sail ?? "nothing"}`,
            ),
    );
}

/** `docs/parity.md`: every field that differs between the two ways to install, with its reason. */
export function parityPage(cases: readonly CaseDifferences[]): string {
    const one = (key: "dataPlane" | "size" | "override"): string =>
        [...new Set(cases.map((each) => each[key]))].join(", ");
    return `<!-- Generated from what both methods render by \`npm run parity\`. -->

# Helm and Sail make the same mesh

One plan feeds both methods. For every combination of data plane (${one("dataPlane")}), size
(${one("size")}) and ${new Set(cases.map(({ override }) => override)).size} sets of overrides
(${one("override")}), all objects are rendered both ways, by Istio's charts, and compared field by
field. These are all the differences; a further one fails the end-to-end tests.

What is compared is what Helm installs and what the operator computes from its objects, as its
[profiles](https://github.com/istio-ecosystem/sail-operator/tree/main/resources) and overrides say.
Istio's CRDs come with base's chart under Helm and with the operator's chart under Sail; they are not
compared.

| data plane | size | objects | differing fields |
| --- | --- | --- | --- |
${sizes(cases)}

${REASONS.map(({ title, why }, index) => section(title, why, cases, index)).join("\n")}`;
}

function sizes(cases: readonly CaseDifferences[]): string {
    return cases
        .filter(({ override }, _, [first]) => override === first?.override)
        .map(
            ({ dataPlane, size, objects, differences }) =>
                `| ${dataPlane} | ${size} | ${objects} | ${differences.length} |`,
        )
        .join("\n");
}

function section(
    title: string,
    why: string,
    cases: readonly CaseDifferences[],
    index: number,
): string {
    const rows = new Map<string, Set<string>>();
    for (const { differences } of cases) {
        for (const difference of differences) {
            if (REASONS.findIndex(({ explains }) => explains(difference)) !== index) continue;
            const { object, field, helm, sail } = difference;
            const row = `| \`${field}\` | ${shown(helm)} | ${shown(sail)} |`;
            rows.set(row, (rows.get(row) ?? new Set()).add(object));
        }
    }
    const lines = [...rows].map(([row, objects]) => `${row} ${named(objects)} |`);
    return `## ${title}

${why}

| field | helm | sail | objects |
| --- | --- | --- | --- |
${lines.join("\n")}
`;
}

function shown(value: string | undefined): string {
    return value === undefined ? "" : `\`${value}\``;
}

/** Objects by name; by kind where there are many. */
function named(objects: ReadonlySet<string>): string {
    return objects.size <= 3
        ? [...objects].join(", ")
        : `${objects.size} objects: ${[...new Set([...objects].map((one) => one.split(" ")[0]))].join(", ")}`;
}
