/**
 * Writes what is known about the kinds of Istio and the Gateway API out of their CRDs: specs.generated.ts, their
 * types, and kinds.generated.json, their reduced schemas. With --check it changes nothing and fails if either
 * is stale. The CRDs come from the same Go modules as the sandbox's charts, so it needs Go.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as prettier from "prettier";
import { parseAllDocuments } from "yaml";
import { moduleSource } from "../../sandbox/build";
import { CHARTS_MODULE, GATEWAY_API_MODULE } from "../../sandbox/catalog";
import { reduceCrd, type Crd, type Kind } from "./reduce";
import { specsFile } from "./type-text";

async function main(check: boolean): Promise<void> {
    const kinds = await readKinds();
    const files = {
        "specs.generated.ts": await formatted("specs.generated.ts", specsFile(kinds)),
        // One line per kind: small to load, and a change shows which kind it is in.
        "kinds.generated.json": `[\n${kinds.map((kind) => JSON.stringify(kind)).join(",\n")}\n]\n`,
    };
    for (const [name, wanted] of Object.entries(files)) {
        const path = join(__dirname, name);
        const there = await readFile(path, "utf8").catch(() => undefined);
        if (there === wanted) {
            continue;
        }
        if (check) {
            process.stderr.write(`Stale: ${name}. Run \`npm run kinds\` and commit.\n`);
            process.exitCode = 1;
        } else {
            await writeFile(path, wanted);
        }
    }
}

async function readKinds(): Promise<readonly Kind[]> {
    const charts = await moduleSource(CHARTS_MODULE.folder, CHARTS_MODULE.module);
    const gatewayApi = await moduleSource(GATEWAY_API_MODULE.folder, GATEWAY_API_MODULE.module);
    const standard = join(gatewayApi, "config/crd/standard");
    const files = [
        join(charts, "manifests/charts/base/files/crd-all.gen.yaml"),
        ...(await readdir(standard)).sort().map((file) => join(standard, file)),
    ];
    const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
    return texts
        .flatMap((text) => parseAllDocuments(text).map((one) => one.toJS() as Crd | null))
        .flatMap((one) => (one?.kind === "CustomResourceDefinition" ? [reduceCrd(one)] : []));
}

async function formatted(name: string, text: string): Promise<string> {
    const path = join(__dirname, name);
    const config = await prettier.resolveConfig(path);
    return prettier.format(text, { ...config, filepath: path });
}

void main(process.argv.includes("--check"));
