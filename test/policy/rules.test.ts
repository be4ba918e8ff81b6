import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../../policy/rules";

const root = join(__dirname, "../..");
const levels = readdirSync(join(root, "policy/levels"));
const enforcementLevels = ["advisory", "mandatory", "disabled"];

function camelCase(name: string): string {
    return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

describe("rules", () => {
    it("lists every file of policy/rules, by name", () => {
        const files = readdirSync(join(root, "policy/rules"))
            .filter((file) => file !== "index.ts")
            .map((file) => file.replace(/\.ts$/, ""));
        assert.deepEqual(
            rules.map(({ name }) => name),
            files.sort(),
        );
    });

    for (const rule of rules) {
        describe(rule.name, () => {
            it("has a kebab-case name, and an export of the same name in camelCase", () => {
                assert.match(rule.name, /^[a-z]+(-[a-z]+)*$/);
                const source = readFileSync(join(root, `policy/rules/${rule.name}.ts`), "utf8");
                assert.ok(source.includes(`export const ${camelCase(rule.name)}: MeshRule`));
            });

            it("describes itself in one sentence", () => {
                assert.match(rule.description, /^[^.]+\.$/);
                assert.match(rule.displayName, /^[^.]+$/);
            });

            it("says how bad it is, how to mend it and where to read on", () => {
                assert.ok(["low", "medium", "high", "critical"].includes(rule.severity));
                assert.equal(rule.enforcementLevel, "mandatory");
                assert.match(rule.remediationSteps, /\.$/);
                assert.match(rule.url, /^https:\/\/istio\.io\/latest\/docs\//);
                assert.notDeepEqual(rule.tags, []);
            });

            it("gives every config property a description and a default", () => {
                for (const [key, schema] of Object.entries(rule.configSchema.properties)) {
                    assert.match(schema.description ?? "", /\.$/, key);
                    assert.notEqual(schema.default, undefined, key);
                }
            });

            it("judges resources, the stack or both", () => {
                assert.ok("validateResource" in rule || "validateStack" in rule);
            });

            it("has a test", () => {
                assert.ok(existsSync(join(root, `test/policy/${rule.name}.test.ts`)));
            });
        });
    }
});

describe("levels", () => {
    it("has a file for every stack of the project", () => {
        const stacks = readdirSync(root).flatMap(
            (file) => /^Pulumi\.([^.]+)\.yaml$/.exec(file)?.[1] ?? [],
        );
        assert.deepEqual(
            stacks.filter((stack) => !levels.includes(`${stack}.json`)),
            [],
        );
    });

    for (const level of levels) {
        it(`${level} sets every rule, and only what rules know`, () => {
            const text = readFileSync(join(root, "policy/levels", level), "utf8");
            const set = JSON.parse(text) as Record<string, Record<string, unknown>>;
            assert.deepEqual(
                Object.keys(set),
                rules.map(({ name }) => name),
            );
            for (const { name, configSchema } of rules) {
                const { enforcementLevel, ...config } = set[name]!;
                assert.ok(enforcementLevels.includes(String(enforcementLevel)), name);
                const known = Object.keys(configSchema.properties);
                assert.deepEqual(
                    Object.keys(config).filter((key) => !known.includes(key)),
                    [],
                    name,
                );
            }
        });
    }
});
