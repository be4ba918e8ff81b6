/** Proves rules against what our own stacks register: clean as they are, and denied once they are changed. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { levelIn } from "../../policy/levels";
import { families } from "../../policy/rules";
import { judge } from "../support/policy";
import { recorded, type RecordedName, recordings } from "../support/recorded";
import { tableOf } from "../support/rule-tables";
import { mutations } from "./mutations";

const all = Object.entries(families).flatMap(([family, rules]) =>
    rules.map((rule) => ({ family, rule })),
);

/** What the events of a preview don't carry: dependencies. test/e2e/sail.test.ts judges them in the engine. */
const UNRECORDED = ["require-teardown-order"];

for (const name of Object.keys(recordings) as RecordedName[]) {
    const file = join(__dirname, `../../policy/levels/${recordings[name].from}.json`);
    const level = levelIn(readFileSync(file, "utf8"));

    describe(`our own stack ${name}`, () => {
        for (const { rule } of all) {
            const { enforcementLevel = rule.enforcementLevel, values } = level.get(rule.name) ?? {};
            if (enforcementLevel !== "mandatory" || UNRECORDED.includes(rule.name)) continue;
            it(`holds ${rule.name}`, async () => {
                assert.deepEqual(await judge(rule, recorded(name), values), {
                    violations: [],
                    deferred: [],
                });
            });
        }
    });
}

describe("our own stack prod, beside someone else's mistake", () => {
    for (const { family, rule } of all) {
        it(`still breaks ${rule.name}`, async () => {
            const cases = Object.values(tableOf(family, rule.name)?.denied ?? {});
            for (const [objects, messages] of cases) {
                const given = [...recorded("prod"), ...[objects].flat()];
                const { violations } = await judge(rule, given);
                if (messages.every((message) => violations.includes(message))) return;
            }
            assert.fail("none of the rule's denied cases is denied beside our own objects");
        });
    }
});

describe("our own stacks, changed", () => {
    for (const [name, cases] of Object.entries(mutations)) {
        const rule = all.find((one) => one.rule.name === name)?.rule;
        for (const [title, { objects, messages, config }] of Object.entries(cases)) {
            it(`break ${name}: ${title}`, async () => {
                assert.ok(rule, `there is no rule ${name}`);
                const { violations } = await judge(rule, objects(), config);
                assert.deepEqual(violations, messages);
            });
        }
    }
});
