import * as assert from "node:assert/strict";
import { hasIgnored, IgnoredConfig } from "../../../sandbox/living/ignored-config";

/** A second, as precisely as the API server says when something was written. */
const WRITTEN = Date.parse("2026-01-01T00:00:10Z");
const WRONG = { content: "wrong", at: WRITTEN };
const COMPLAINT = 'invalid mesh config, ignoring: unknown field "x"';

/** A log in which istiod complains at each of these times, and goes on. */
function log(...times: readonly string[]): string {
    return times
        .flatMap((time) => [`${time}\twarn\t${COMPLAINT}`, `${time}\tinfo\tfine`])
        .join("\n");
}

describe("a mesh configuration that istiod ignores", () => {
    it("is named as long as it is there", () => {
        const ignored = new IgnoredConfig();
        const said = log("2026-01-01T00:00:10.5Z");
        assert.equal(ignored.in(said, WRONG), COMPLAINT);
        assert.equal(ignored.in(said, { ...WRONG, at: WRITTEN + 60_000 }), COMPLAINT);
    });

    it("is forgotten with the next one, though that came within the same second", () => {
        const ignored = new IgnoredConfig();
        const said = log("2026-01-01T00:00:10.5Z");
        assert.equal(ignored.in(said, WRONG), COMPLAINT);
        assert.equal(ignored.in(said, { content: "right", at: WRITTEN }), "");
    });

    it("is named again when it comes back", () => {
        const ignored = new IgnoredConfig();
        ignored.in(log("2026-01-01T00:00:10.5Z"), WRONG);
        ignored.in(log("2026-01-01T00:00:10.5Z"), { content: "right", at: WRITTEN });
        const again = log("2026-01-01T00:00:10.5Z", "2026-01-01T00:00:10.9Z");
        assert.equal(ignored.in(again, WRONG), COMPLAINT);
    });

    it("is not what was complained of before it was written", () => {
        const said = log("2026-01-01T00:00:09.9Z");
        assert.equal(new IgnoredConfig().in(said, WRONG), "");
    });

    it("is none in a log without a complaint", () => {
        assert.equal(hasIgnored("no log yet"), false);
        assert.equal(hasIgnored(log("2026-01-01T00:00:10.5Z")), true);
        assert.equal(new IgnoredConfig().in("no log yet", WRONG), "");
    });
});
