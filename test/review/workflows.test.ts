/** What the workflows must hold; that GitHub runs them can't be proved here. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const ROOT = join(__dirname, "..", "..");

interface Workflow {
    readonly permissions: Readonly<Record<string, string>>;
    readonly jobs: Readonly<
        Record<
            string,
            {
                readonly environment?: string;
                readonly permissions?: Readonly<Record<string, string>>;
                readonly if?: string;
                readonly steps: readonly Readonly<Record<string, unknown>>[];
            }
        >
    >;
}

const workflow = (name: string) =>
    parse(readFileSync(join(ROOT, ".github", "workflows", `${name}.yml`), "utf8")) as Workflow;

describe("the workflows", () => {
    const { jobs, permissions } = workflow("review");

    it("give a fork no secret, no environment and no right to write", () => {
        const lane = jobs["fork-safe"];
        assert.ok(lane);
        assert.doesNotMatch(JSON.stringify(lane), /secrets\.|github\.token|GITHUB_TOKEN/);
        assert.equal(lane.environment, undefined);
        assert.equal(lane.permissions, undefined);
        assert.deepEqual(permissions, { contents: "read" });
    });

    it("run each pull request in exactly one lane", () => {
        const [trusted, fork] = [jobs["trusted"]?.if ?? "", jobs["fork-safe"]?.if ?? ""];
        assert.equal(trusted.replace("==", "!="), fork);
    });

    it("deploy the plan that the review has saved, by the same name", () => {
        const saved = JSON.stringify(jobs["trusted"]);
        const applied = JSON.stringify(workflow("deploy").jobs["deploy"]);
        assert.match(saved, /"plan":"prod\.plan\.json"/);
        assert.match(saved, /"name":"plans"/);
        assert.match(applied, /--name plans --dir plans/);
        assert.match(applied, /"plan":"plans\/\$\{\{ matrix\.stack \}\}\.plan\.json"/);
    });

    it("call only scripts that there are", () => {
        const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
            scripts: Record<string, string>;
        };
        for (const name of ["review", "deploy", "drift"]) {
            const text = JSON.stringify(workflow(name));
            for (const [, script = ""] of text.matchAll(/npm run --silent (\S+)/g)) {
                assert.ok(script in scripts, script);
            }
        }
    });
});

describe("the rights of a preview", () => {
    it("are to read, and not to read Secrets", () => {
        const text = readFileSync(join(ROOT, "review", "preview-rights.yaml"), "utf8");
        assert.doesNotMatch(text, /^\s+- secrets$/m);
        for (const [, verbs] of text.matchAll(/verbs: \[(.*)\]/g)) {
            assert.equal(verbs, "get, list, watch");
        }
    });
});
