/**
 * Real changes and their classes: each stream was recorded from the engine on the sandbox (record.ts), each
 * expectation was written by hand. Proves nothing about what the cluster does afterwards: the table's
 * sentences name their sources.
 */
import assert from "node:assert/strict";
import { CLASSES, merged } from "../../review/classes/classes";
import { classify } from "../../review/classes/classify";
import { planOf } from "../../review/events/changes";
import { pathText } from "../../review/events/paths";
import { RECORDINGS } from "./recordings";
import { isRecorded, readStreams } from "./streams";

const recorded = RECORDINGS.map((recording) => ({
    ...recording,
    streams: isRecorded(recording.name) ? readStreams(recording.name) : {},
}));

describe("a real change", () => {
    for (const { name, scenarios, streams } of recorded) {
        describe(`of the ${name} mesh`, () => {
            for (const { change, expected } of scenarios) {
                it(`${change}: ${expected.join(", ") || "nothing"}`, function () {
                    const events = streams[change];
                    // Recorded by record.ts, which needs the sandbox.
                    if (events === undefined) return this.skip();
                    const classified = planOf(events).changes.map((each) => classify(each));
                    const told = classified.map(({ change: { op, urn }, classes, reasons }) => {
                        const paths = reasons.flatMap(({ differences }) =>
                            differences.map(({ path }) => pathText(path)),
                        );
                        return `${op} ${urn.split("::").at(-1) ?? ""}: ${classes.join(", ")} ${paths.join(" ")}`;
                    });
                    assert.deepEqual(
                        merged(classified.flatMap(({ classes }) => classes)).filter(
                            (each) => each !== "nothing",
                        ),
                        CLASSES.filter((each) => expected.includes(each)),
                        told.join("\n"),
                    );
                });
            }
        });
    }

    it("is recorded at least 80 times", function () {
        if (!RECORDINGS.every(({ name }) => isRecorded(name))) this.skip(); // See record.ts.
        const real = recorded.flatMap(({ scenarios, streams }) =>
            scenarios.filter(({ change }) =>
                streams[change]?.some((event) => "step" in event && event.step.op !== "same"),
            ),
        );
        assert.ok(real.length >= 80, `only ${real.length}`);
    });
});
