import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";

const ROOT = join(__dirname, "..");

/** What a wrong argument is answered with; a test has the component say it. */
export const REFUSAL = `ServiceTraffic ledger was not made.

  timeout
    given:   "2 seconds"
    allowed: a whole number of at most 5 digits with unit ms, s, m or h, such as "5s"
    fix:     mend timeout in the arguments`;

/** A component that programs may use. */
interface Documented {
    readonly name: string;
    /** Its file, from the project's folder. */
    readonly file: string;
    /** Its docstring, in one line. */
    readonly text: string;
}

/** `docs/components.md`: what `components/index.ts` exports, and a program that uses some of it. */
export function componentsPage(): string {
    const rows = exported().map(
        ({ name, file, text }) => `| [${name}](../${file}) | ${text.replaceAll("|", "\\|")} |`,
    );
    const program = readFileSync(join(__dirname, "own-program.ts"), "utf8");
    return `<!-- Generated from components/ and docs/own-program.ts by \`npm run docs\`. -->

# Components

What a stack's config makes is made of these. A Pulumi program of your own can take single ones: a platform team
installs the mesh by a stack, and each team brings its part by a program beside its own resources.

Have a copy of this repository beside your program (a git submodule does) and make it an npm workspace, so that both
use one copy of each package; let your \`tsconfig.json\` extend ours:

\`\`\`json
{ "private": true, "workspaces": ["istio-mesh"], "dependencies": { "@pulumi/pulumi": "...", "@pulumi/kubernetes": "..." } }
\`\`\`

\`\`\`json
{ "extends": "./istio-mesh/tsconfig.json", "include": ["index.ts"] }
\`\`\`

Then import from \`./istio-mesh/components\`. A component takes the usual options: give it the cluster's provider by
\`providers\`, and by \`dependsOn\` what it needs.

\`\`\`ts
${program.trimEnd()}
\`\`\`

This very file is run by the tests, also by the real engine on the sandbox. Arguments have the names, defaults and checks
of the [settings](configuration.md); what is wrong is told at once, and the component isn't made:

\`\`\`
${REFUSAL}
\`\`\`

| component | what it is, and what it needs |
| --- | --- |
${rows.join("\n")}

The [policy pack](policies.md) judges such a program as any other: \`pulumi preview --policy-pack istio-mesh/policy\`.
`;
}

/** The components that `components/index.ts` exports, by name. */
export function exported(): readonly Documented[] {
    const index = parsed("components/index.ts");
    return index.statements
        .flatMap((statement) => {
            if (
                !ts.isExportDeclaration(statement) ||
                statement.isTypeOnly ||
                statement.moduleSpecifier === undefined ||
                !ts.isStringLiteral(statement.moduleSpecifier) ||
                statement.exportClause === undefined ||
                !ts.isNamedExports(statement.exportClause)
            ) {
                return [];
            }
            const file = join("components", `${statement.moduleSpecifier.text}.ts`);
            return statement.exportClause.elements
                .filter(({ isTypeOnly }) => !isTypeOnly)
                .map(({ name }) => ({ name: name.text, file, text: docOf(name.text, file) }));
        })
        .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function parsed(file: string): ts.SourceFile {
    return ts.createSourceFile(
        file,
        readFileSync(join(ROOT, file), "utf8"),
        ts.ScriptTarget.Latest,
        true,
    );
}

function docOf(name: string, file: string): string {
    const declared = parsed(file).statements.find(
        (statement) => ts.isClassDeclaration(statement) && statement.name?.text === name,
    );
    const [doc] = declared === undefined ? [] : ts.getJSDocCommentsAndTags(declared);
    const text = typeof doc?.comment === "string" ? doc.comment : "";
    return text.replace(/\s+/g, " ").trim();
}
