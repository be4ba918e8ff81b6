/** Proves that the engine's entry point compiles, caches and serves. The rules have tests of their own. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
    appendFileSync,
    cpSync,
    mkdtempSync,
    readdirSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const root = join(__dirname, "../..");

/** Starts the pack as `run-policy-pack` does and ends it once it has told its port. */
async function portOf(pack: string): Promise<string> {
    const child = spawn(process.execPath, ["index.js"], { cwd: pack });
    return new Promise((resolve, reject) => {
        let port = "";
        let errors = "";
        child.stdout.on("data", (text: Buffer) => {
            port = text.toString().trim();
            child.kill();
        });
        child.stderr.on("data", (text: Buffer) => (errors += text.toString()));
        child.once("error", reject);
        child.once("close", () => {
            if (port === "") reject(new Error(errors));
            else resolve(port);
        });
    });
}

describe("policy/index.js", () => {
    let folder: string;
    let pack: string;

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "istio-mesh-policy-"));
        pack = join(folder, "policy");
        cpSync(join(root, "policy"), pack, {
            recursive: true,
            filter: (source) => basename(source) !== "bin",
        });
        symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    });

    afterEach(() => {
        rmSync(folder, { recursive: true });
    });

    it("compiles only what changed, also when two engines start at once", async function () {
        // It compiles the whole pack, twice at once.
        this.timeout(60_000);
        for (const port of await Promise.all([portOf(pack), portOf(pack)])) {
            assert.match(port, /^\d+$/);
        }
        const first = readdirSync(join(pack, "bin"));
        const sources = (readdirSync(pack, { recursive: true }) as string[])
            .filter((file) => file.endsWith(".ts"))
            .map((file) => file.replaceAll("/", "~"));
        const compiled = first.map((file) => file.replace(/-[0-9a-f]{16}\.js$/, ""));
        // Not all sources: some hold types alone, so nothing loads them.
        assert.deepEqual(
            compiled.filter((file) => !sources.includes(file)),
            [],
        );
        assert.ok(compiled.includes("pack.ts") && compiled.includes("rules~index.ts"));

        appendFileSync(join(pack, "rule.ts"), "\n// changed\n");
        assert.match(await portOf(pack), /^\d+$/);
        const second = readdirSync(join(pack, "bin"));
        assert.equal(second.length, first.length);
        assert.deepEqual(
            first.filter((file) => !second.includes(file)).map((file) => file.split("-")[0]),
            ["rule.ts"],
        );
    });

    it("serves from a checkout it can't write to", async () => {
        // A file where the folder would be refuses root too, unlike permissions.
        writeFileSync(join(pack, "bin"), "");
        assert.match(await portOf(pack), /^\d+$/);
    });
});
