import { CLASS_MEANINGS, CLASSES } from "../review/classes/classes";
import type { Row } from "../review/classes/rows";
import { pathText } from "../review/events/paths";

/** `docs/review-classes.md`: the table by which a review classes changes. */
export function reviewClassesPage(table: readonly Row[]): string {
    const meanings = CLASSES.map((name) => {
        const { title, means, risk } = CLASS_MEANINGS[name];
        return `| ${title} | \`${name}\` | ${risk} | ${means} |`;
    });
    const rows = table.map(({ of, op, path, when, classes, means }) => {
        const what = op === "update" ? `\`${pathText(path)}\`` : op;
        const condition = when === undefined ? "" : ` ${when.says}`;
        return `| ${of} | ${what}${condition} | ${classes.map((name) => CLASS_MEANINGS[name].title).join(", ")} | ${means} |`;
    });
    return `<!-- Written by \`npm run docs\` from review/classes. -->

# How a review classes changes

A class says what a change does to a running mesh. A change can have several; they are told from the
gravest on.

| class | name | risk | what happens |
| --- | --- | --- | --- |
${meanings.join("\n")}

## The table

The rows of a resource's own role are asked first, then those of its kind, then those of \`any\`; among
them the first that fits a property decides. \`*\` stands for one step of a path, \`**\` for all that
follow. Things in a list are named where they have names: \`containers.discovery\`. Text that holds YAML or
JSON, as in a ConfigMap, is looked into: \`data.mesh.trustDomain\`.

A property that no row fits makes the change unclassified. A value that is known only after the update
counts as the worst that its path can be.

| of | change | class | what it does |
| --- | --- | --- | --- |
${rows.join("\n")}
`;
}
