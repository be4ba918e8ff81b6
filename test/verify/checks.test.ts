/** What verify finds in a living mesh: every check with its exact words, and what looks alike and is well. */
import assert from "node:assert/strict";
import { CHECKS } from "../../verify/findings";
import type { LiveObject } from "../../verify/live";
import { reportOf } from "../../verify/report";
import { CLIENT_FAULTS } from "./client-faults";
import { POD_FAULTS } from "./faults";
import { WELL } from "./well";

/** Findings in one line each. */
function found(objects: readonly LiveObject[], connected?: Readonly<Record<string, string>>) {
    const report = reportOf({
        objects,
        ...(connected ? { connected: new Map(Object.entries(connected)) } : {}),
    });
    assert.ok(report !== undefined, "there is no istiod");
    return report.findings.map(
        ({ check, subject, what, fix, pods }) =>
            `${check} | ${subject}${pods ? ` (${pods.join(", ")})` : ""} | ${what} | ${fix}`,
    );
}

const FAULTS = { ...POD_FAULTS, ...CLIENT_FAULTS };

describe("verify", () => {
    for (const [name, { objects, connected }] of Object.entries(WELL)) {
        it(`finds nothing: ${name}`, () => {
            assert.deepEqual(found(objects, connected), []);
        });
    }

    for (const [name, { objects, connected, finds }] of Object.entries(FAULTS)) {
        it(`finds ${name}`, () => {
            assert.deepEqual(found(objects, connected), finds);
        });
    }

    it("has a case for every check", () => {
        const told = Object.values(FAULTS).flatMap(({ finds }) =>
            finds.map((line) => line.split(" | ")[0]),
        );
        assert.deepEqual([...new Set(told)].sort(), Object.keys(CHECKS).sort());
    });

    it("says nothing of a cluster without istiod", () => {
        assert.equal(reportOf({ objects: [] }), undefined);
    });
});
