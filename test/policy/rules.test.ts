/** Proves every rule by its table, and that no rule lacks one. */
import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { frameworks } from "../../policy/controls";
import { families } from "../../policy/rules";
import type { Rule } from "../../policy/rule";
import { judge, remediated } from "../support/policy";
import { type RuleTable, tableOf } from "../support/rule-tables";

const root = join(__dirname, "../..");

function names(folder: string): string[] {
    return readdirSync(join(root, folder))
        .filter((file) => file !== "index.ts" && file.endsWith(".ts"))
        .map((file) => file.replace(/\.ts$/, ""))
        .sort();
}

describe("rules", () => {
    it("has a folder per family, and no other", () => {
        const folders = readdirSync(join(root, "policy/rules")).filter(
            (file) => file !== "index.ts",
        );
        assert.deepEqual(folders.sort(), Object.keys(families).sort());
    });

    it("names each rule once", () => {
        const all = Object.values(families).flatMap((rules) => rules.map(({ name }) => name));
        assert.deepEqual([...new Set(all)], all);
    });

    for (const [family, rules] of Object.entries(families)) {
        it(`lists every file of ${family}, by name`, () => {
            const listed = rules.map(({ name }) => name);
            assert.deepEqual(listed, names(`policy/rules/${family}`));
        });
        for (const rule of rules) {
            describe(rule.name, () => {
                states(rule);
                const table = tableOf(family, rule.name);
                it("has a table", () => {
                    assert.ok(
                        table && existsSync(join(root, `test/policy/${family}/${rule.name}.ts`)),
                    );
                });
                if (table) judges(rule, table);
            });
        }
    }
});

/** What every rule says about itself. */
function states(rule: Rule): void {
    it("has a kebab-case name that demands", () => {
        assert.match(rule.name, /^(require|forbid|pin|protect|match|limit|warn)(-[a-z0-9]+)+$/);
    });

    it("describes itself", () => {
        assert.match(rule.description, /^[^.]+(\.\S[^.]*)*\.$/);
        assert.match(rule.displayName, /[^.]$/);
        assert.match(rule.why, /\.$/);
        assert.notEqual(rule.why, rule.description);
    });

    it("says how bad it is, how to mend it and where to read on", () => {
        assert.match(rule.remediationSteps, /\.$/);
        assert.match(
            rule.url,
            /^https:\/\/(istio\.io|kubernetes\.io|gateway-api\.sigs\.k8s\.io|github\.com\/istio-ecosystem|kiali\.io|www\.pulumi\.com)\//,
        );
        assert.notDeepEqual(rule.tags, []);
    });

    it("names controls of known frameworks, if any", () => {
        for (const [key, controls] of Object.entries(rule.controls ?? {})) {
            assert.ok(key in frameworks, key);
            assert.notDeepEqual(controls, []);
        }
    });

    it("gives every setting a description and a default", () => {
        for (const [key, setting] of Object.entries(rule.settings)) {
            assert.match(setting.description, /\.$/, key);
            assert.notEqual(setting.default, undefined, key);
        }
    });

    it("judges some kind", () => {
        assert.ok(rule.judges.size > 0);
    });
}

const everything = { name: "*", reason: "A lab.", owner: "lab@example.com", until: "9999-12-31" };

/** What every table proves. */
function judges(rule: Rule, table: RuleTable): void {
    it("has an allowed, a denied and an unknown case, and one for each setting", () => {
        assert.notDeepEqual(table.allowed, {});
        assert.notDeepEqual(table.denied, {});
        assert.notDeepEqual(table.unknown, {});
        const settings = Object.keys(rule.settings).filter((key) => key !== "exempt");
        assert.deepEqual(Object.keys(table.config).sort(), settings.sort());
    });

    for (const [title, objects] of Object.entries(table.allowed)) {
        it(`allows ${title}`, async () => {
            assert.deepEqual(await judge(rule, objects), { violations: [], deferred: [] });
        });
    }

    for (const [title, [objects, violations]] of Object.entries(table.denied)) {
        it(`denies ${title}`, async () => {
            assert.notDeepEqual(violations, []);
            assert.deepEqual(await judge(rule, objects), { violations, deferred: [] });
        });
    }

    for (const [title, [objects, deferred, violations = []]] of Object.entries(table.unknown)) {
        it(`defers ${title}`, async () => {
            assert.notDeepEqual(deferred, []);
            assert.deepEqual(await judge(rule, objects), { violations, deferred });
        });
    }

    for (const [key, cases] of Object.entries(table.config)) {
        for (const { value, objects, messages } of cases) {
            it(`reads ${key} ${JSON.stringify(value)}`, async () => {
                assert.notDeepEqual(value, rule.settings[key]?.default);
                const verdict = await judge(rule, objects, { [key]: value });
                assert.deepEqual(verdict, { violations: messages, deferred: [] });
            });
        }
    }

    it("passes over what is exempt, until it no longer is", async () => {
        for (const [objects, violations] of Object.values(table.denied)) {
            const now = await judge(rule, objects, { exempt: [everything] });
            assert.deepEqual(now, { violations: [], deferred: [] });
            const expired = [{ ...everything, until: "2020-01-01" }];
            assert.deepEqual(
                (await judge(rule, objects, { exempt: expired })).violations,
                violations,
            );
        }
    });

    for (const [title, [before, after]] of Object.entries(table.remediated ?? {})) {
        it(`mends ${title}`, async () => {
            assert.deepEqual(await remediated(rule, before), after);
            assert.deepEqual((await judge(rule, after as typeof before)).violations, []);
        });
    }

    it("mends only where the table says so", () => {
        assert.equal(rule.remediates.size > 0, table.remediated !== undefined);
    });
}
