/**
 * Proves the rules against what others demand: their rules, by objects written from their documentation,
 * and Istio's own samples and test data, read where the sandbox has fetched them.
 */
import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { rules } from "../../policy/rules";
import type { Rule } from "../../policy/rule";
import { analyzerCases, istioSource, manifestsIn, yamlFiles } from "../support/istio-source";
import { judge } from "../support/policy";
import { istioctlCodes, others, samplesFindings } from "./others";

function ruleNamed(name: string): Rule {
    const rule = rules.find((candidate) => candidate.name === name);
    assert.ok(rule, `there is no rule ${name}`);
    return rule;
}

describe("rules of others", () => {
    for (const { source, name, rule, good, bad, note } of others) {
        if (rule === undefined || !good || !bad) {
            it(`${source}'s ${name} has no rule here, for a reason`, () => {
                assert.ok(note);
            });
            continue;
        }
        it(`${source}'s ${name} is ${rule}`, async () => {
            assert.deepEqual((await judge(ruleNamed(rule), good)).violations, []);
            assert.notDeepEqual((await judge(ruleNamed(rule), bad)).violations, []);
        });
    }
});

describe("Istio's own files", () => {
    let source: string;

    before(function () {
        const found = istioSource();
        // Skipped: no Go here, or the module isn't in its cache; the sandbox puts it there.
        if (found === undefined) this.skip();
        source = found;
    });

    it("samples raise no false alarm", async function () {
        this.timeout(60_000);
        const alarms: string[] = [];
        let objects = 0;
        for (const file of yamlFiles(join(source, "samples"))) {
            const manifests = manifestsIn(file);
            objects += manifests.length;
            for (const rule of rules) {
                if (rule.enforcementLevel === "disabled" || rule.name in samplesFindings) continue;
                const { violations } = await judge(rule, manifests);
                alarms.push(
                    ...violations.map((text) => `${rule.name} on ${basename(file)}: ${text}`),
                );
            }
        }
        assert.ok(objects > 300, `only ${objects} objects were read`);
        assert.deepEqual(alarms, []);
    });

    for (const [code, { rule, config }] of Object.entries(istioctlCodes)) {
        it(`${rule} finds what istioctl reports as ${code}`, async () => {
            const cases = analyzerCases(source).filter(({ codes }) => codes.includes(code));
            assert.ok(cases.length > 0);
            for (const { files } of cases) {
                const { violations } = await judge(
                    ruleNamed(rule),
                    files.flatMap(manifestsIn),
                    config,
                );
                assert.notDeepEqual(violations, [], files.map((file) => basename(file)).join());
            }
        });
    }
});
