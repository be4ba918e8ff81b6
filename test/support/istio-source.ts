/** Istio's own sources in the Go module cache, where the sandbox has put them: samples and test data. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { Manifest } from "./policy";

const root = join(__dirname, "../..");

/** The module's folder; undefined where there is no Go or the module was never fetched. Never fetches it. */
export function istioSource(): string | undefined {
    const { stdout, status } = spawnSync("go", ["list", "-m", "-f", "{{.Dir}}", "istio.io/istio"], {
        cwd: join(root, "sandbox/tools/istio"),
        encoding: "utf8",
        env: { ...process.env, GOPROXY: "off", GOFLAGS: "-mod=mod" },
    });
    return status === 0 && stdout.trim() !== "" ? stdout.trim() : undefined;
}

/** All YAML files below a folder. */
export function yamlFiles(folder: string): string[] {
    return (readdirSync(folder, { recursive: true }) as string[])
        .filter((file) => /\.ya?ml$/.test(file))
        .map((file) => join(folder, file))
        .sort();
}

/** The Kubernetes objects of a file; none if it is something else. */
export function manifestsIn(file: string): Manifest[] {
    const documents = parseAllDocuments(readFileSync(file, "utf8"), { logLevel: "silent" });
    return documents
        .flatMap((document) => {
            if (document.errors.length > 0) return [];
            const value = document.toJS() as (Manifest & { items?: Manifest[] }) | null;
            return value?.kind === "List" ? (value.items ?? []) : [value];
        })
        .filter((value): value is Manifest => Boolean(value?.apiVersion && value.kind));
}

/** A case of istioctl's own tests: files, and the codes that it must find in them. */
export interface AnalyzerCase {
    readonly files: readonly string[];
    readonly codes: readonly string[];
}

/** The cases of `istioctl analyze`, as its tests state them. */
export function analyzerCases(source: string): AnalyzerCase[] {
    const folder = join(source, "pkg/config/analysis");
    const messages = readFileSync(join(folder, "msg/messages.gen.go"), "utf8");
    const codes = new Map(
        [...messages.matchAll(/(\w+) = diag\.NewMessageType\(diag\.\w+, "(IST\d+)"/g)].map(
            ([, name = "", code = ""]) => [name, code],
        ),
    );
    const tests = readFileSync(join(folder, "analyzers/analyzers_test.go"), "utf8");
    return tests
        .split(/\n\t\{\n/)
        .slice(1)
        .map((text) => ({
            files: [
                ...(/inputFiles: \[\]string\{([^}]*)\}/.exec(text)?.[1] ?? "").matchAll(
                    /"([^"]+)"/g,
                ),
            ].map(([, file = ""]) => join(folder, "analyzers", file)),
            codes: [...text.matchAll(/\{msg\.(\w+), "/g)].flatMap(
                ([, name = ""]) => codes.get(name) ?? [],
            ),
        }))
        .filter(({ files }) => files.length > 0);
}
