/**
 * Writes what is derived from the code: the pages listed below, the editors' schema of stack files
 * and the typed entries of Pulumi.yaml. With --check it changes nothing and fails if any of them is
 * stale.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as prettier from "prettier";
import { ISTIO_MINORS } from "../components/plan/versions";
import { families } from "../policy/rules";
import { settingsSchema } from "../settings/schema";
import { TABLE } from "../review/classes/table";
import { componentsPage } from "./components-page";
import { configurationPage } from "./configuration-page";
import { policiesComparedPage } from "./policies-compared-page";
import { istioReleases } from "./istio-releases";
import { policiesPage } from "./policies-page";
import { projectFile } from "./project-file";
import { reviewClassesPage } from "./review-classes-page";
import { reviewExamplesPage } from "./review-examples-page";
import { stackFileSchema } from "./stack-file-schema";

const root = join(__dirname, "..");

const generated: Readonly<Record<string, string>> = {
    "Pulumi.yaml": projectFile(settingsSchema),
    "settings/stack-file.schema.json": stackFileSchema(settingsSchema),
    "docs/components.md": componentsPage(),
    "docs/configuration.md": configurationPage(settingsSchema),
    "docs/policies.md": policiesPage(families),
    "docs/policies-compared.md": policiesComparedPage(),
    "policy/istio-releases.generated.ts": istioReleases(ISTIO_MINORS),
    "docs/review-classes.md": reviewClassesPage(TABLE),
    "docs/review-examples.md": reviewExamplesPage(),
};

async function main(check: boolean): Promise<void> {
    const stale: string[] = [];
    for (const [file, text] of Object.entries(generated)) {
        const path = join(root, file);
        const config = await prettier.resolveConfig(path);
        const wanted = await prettier.format(text, { ...config, filepath: path });
        if (readIfThere(path) === wanted) {
            continue;
        }
        stale.push(file);
        if (!check) {
            writeFileSync(path, wanted);
        }
    }
    if (check && stale.length > 0) {
        process.stderr.write(`Stale: ${stale.join(", ")}. Run \`npm run docs\` and commit.\n`);
        process.exitCode = 1;
        return;
    }
    const verb = check ? "checked" : "written";
    const names = check ? Object.keys(generated) : stale;
    process.stdout.write(`Docs ${verb}: ${names.join(", ") || "nothing had changed"}\n`);
}

function readIfThere(path: string): string | undefined {
    try {
        return readFileSync(path, "utf8");
    } catch {
        return undefined;
    }
}

void main(process.argv.includes("--check"));
