import assert from "node:assert/strict";
import {
    compareVersions,
    GATEWAY_API,
    ISTIO_MINORS,
    minorOf,
    RECOMMENDED_ISTIO,
    SUPPORTED_MINORS,
} from "../../../components/plan/versions";

describe("SUPPORTED_MINORS", () => {
    it("holds the minors that still get fixes, oldest first", () => {
        assert.deepEqual(SUPPORTED_MINORS, ["1.30", "1.31"]);
    });

    it("holds the minor of the recommended release", () => {
        assert.equal(SUPPORTED_MINORS.includes(minorOf(RECOMMENDED_ISTIO)), true);
    });
});

describe("GATEWAY_API", () => {
    for (const minor of SUPPORTED_MINORS) {
        it(`is new enough for ${minor}`, () => {
            const least = ISTIO_MINORS[minor]!.gatewayApi;
            assert.equal(compareVersions(GATEWAY_API, least) >= 0, true);
        });
    }
});

describe("minorOf", () => {
    it("leaves the patch out", () => {
        assert.deepEqual(["1.31.3", "1.9.12", "1.31"].map(minorOf), ["1.31", "1.9", "1.31"]);
    });
});

describe("compareVersions", () => {
    const rows: [a: string, b: string, sign: number][] = [
        ["1.31.3", "1.31.3", 0],
        ["1.31.3", "1.31.10", -1],
        ["1.9.0", "1.31.0", -1],
        ["2.0.0", "1.99.99", 1],
        ["1.32", "1.31.9", 1],
        ["1.31", "1.31.0", 0],
    ];
    for (const [a, b, sign] of rows) {
        it(`orders ${a} and ${b} by their numbers`, () => {
            assert.equal(Math.sign(compareVersions(a, b)), sign);
            assert.equal(Math.sign(compareVersions(b, a)), 0 - sign);
        });
    }
});
