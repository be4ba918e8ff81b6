/**
 * Writes docs/parity.md. Charts are rendered by Pulumi's Kubernetes provider, which the sandbox finds or
 * builds, so this stands apart from `npm run docs`, which needs nothing. With --check it changes nothing,
 * and fails if the page is stale. Either way it fails on a difference without a reason.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as prettier from "prettier";
import { chartSources, resolveTools } from "../../sandbox";
import { PROJECT_FOLDER } from "../../sandbox/places";
import { progressOn, type Progress } from "../../sandbox/progress";
import { Renderer } from "../../sandbox/sail/renderer";
import { parityCases } from "./cases";
import { differences } from "./compare";
import { parityPage, unexplained, type CaseDifferences } from "./page";
import { bothWays } from "./render";

/** The page's file. */
export const PARITY_PAGE = join(PROJECT_FOLDER, "docs", "parity.md");

/** Every case with its differences, and the page that shows them. */
export async function parity(
    progress: Progress,
): Promise<{ readonly cases: readonly CaseDifferences[]; readonly page: string }> {
    const tools = await resolveTools(progress);
    const { charts } = await chartSources(progress);
    const renderer = new Renderer(
        tools["pulumi-resource-kubernetes"],
        charts === undefined ? {} : { directory: charts },
    );
    try {
        const cases: CaseDifferences[] = [];
        for (const { settings, ...about } of parityCases()) {
            const { helm, sail } = await bothWays(settings, renderer);
            cases.push({ ...about, objects: sail.length, differences: differences(helm, sail) });
        }
        const config = await prettier.resolveConfig(PARITY_PAGE);
        const page = await prettier.format(parityPage(cases), { ...config, filepath: PARITY_PAGE });
        return { cases, page };
    } finally {
        await renderer.close();
    }
}

async function main(check: boolean): Promise<void> {
    const { cases, page } = await parity(progressOn(process.stdout));
    const without = unexplained(cases);
    const stale = (await readFile(PARITY_PAGE, "utf8").catch(() => "")) !== page;
    if (without.length > 0) {
        process.stderr.write(`Differences without a reason:\n${without.join("\n")}\n`);
        process.exitCode = 1;
    }
    if (stale && check) {
        process.stderr.write("docs/parity.md is stale. Run `npm run parity` and commit.\n");
        process.exitCode = 1;
    }
    if (stale && !check) await writeFile(PARITY_PAGE, page);
}

if (require.main === module) void main(process.argv.includes("--check"));
