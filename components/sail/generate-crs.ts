/**
 * Reduces the Sail Operator's CRDs to what this program needs of them: names, types, enums, required
 * fields, defaults and rules, without prose. Writes crs.generated.json, from which specs are checked
 * and the sandbox's CRDs are made, and crs.generated.ts, the types of the specs.
 *
 * Each argument is a folder of CRDs, as the operator's chart has them in `crds/`, newest first. A
 * field must be in all of them: what one release does not know, its API server drops in silence.
 *
 *     npm run crs -- <chart 1.31.2>/crds <chart 1.30.3>/crds
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as prettier from "prettier";
import { parse } from "yaml";
import { crdSchemas, type Crd } from "./reduce-crds";
import { specTypes } from "./spec-types";

const FILES = "crs.generated";

function crdsIn(folder: string): Crd[] {
    return readdirSync(folder)
        .filter((name) => name.startsWith("sailoperator.io_") && name.endsWith(".yaml"))
        .sort()
        .map((name) => parse(readFileSync(join(folder, name), "utf8")) as Crd);
}

async function main(folders: readonly string[]): Promise<void> {
    if (folders.length === 0) {
        throw new Error("no folder of CRDs given: npm run crs -- <operator's chart>/crds");
    }
    const schemas = crdSchemas(folders.map(crdsIn));
    // One definition per line: small, and a difference shows which one it is in.
    const lines = Object.entries(schemas.definitions).map(
        ([name, schema]) => `    ${JSON.stringify(name)}: ${JSON.stringify(schema)}`,
    );
    const kinds = Object.entries(schemas.kinds).map(
        ([kind, about]) => `    ${JSON.stringify(kind)}: ${JSON.stringify(about)}`,
    );
    writeFileSync(
        join(__dirname, `${FILES}.json`),
        `{\n  "kinds": {\n${kinds.join(",\n")}\n  },\n  "definitions": {\n${lines.join(",\n")}\n  }\n}\n`,
    );
    const path = join(__dirname, `${FILES}.ts`);
    const config = await prettier.resolveConfig(path);
    writeFileSync(path, await prettier.format(specTypes(schemas), { ...config, filepath: path }));
    process.stdout.write(`${Object.keys(schemas.definitions).length} definitions written\n`);
}

void main(process.argv.slice(2));
