import assert from "node:assert/strict";
import {
    compareVersions,
    GATEWAY_API,
    installable,
    installs,
    ISTIO_MINORS,
    minorOf,
    minorsAhead,
    OPERATORS,
    RECOMMENDED_ISTIO,
    RECOMMENDED_OPERATOR,
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

describe("OPERATORS", () => {
    it("holds the recommended release, which installs the recommended Istio", () => {
        assert.equal(RECOMMENDED_OPERATOR, Object.keys(OPERATORS).at(-1));
        assert.equal(installs(RECOMMENDED_OPERATOR, RECOMMENDED_ISTIO), true);
    });

    for (const [operator, { installs: minors }] of Object.entries(OPERATORS)) {
        it(`has ${operator} install its own minor and the two before it`, () => {
            const own = Number(operator.split(".")[1]);
            assert.deepEqual(
                Object.keys(minors),
                [own - 2, own - 1, own].map((minor) => `1.${minor}`),
            );
        });
    }
});

describe("installs", () => {
    const rows: [operator: string, istio: string, expected: boolean][] = [
        ["1.30.3", "1.30.3", true],
        ["1.30.3", "1.30.0", true],
        ["1.30.3", "1.30.4", false],
        ["1.30.3", "1.28.10", true],
        ["1.30.3", "1.31.0", false],
        ["1.31.2", "1.28.10", false],
        ["1.99.0", "1.31.3", false],
    ];
    for (const [operator, istio, expected] of rows) {
        it(`is ${String(expected)} for operator ${operator} and Istio ${istio}`, () => {
            assert.equal(installs(operator, istio), expected);
        });
    }
});

describe("installable", () => {
    it("names only what still gets fixes, and a single patch as such", () => {
        assert.equal(installable("1.31.2"), "1.30.0 to 1.30.7 and 1.31.0 to 1.31.3");
        assert.equal(installable("1.30.0"), "1.30.0");
    });
});

describe("minorsAhead", () => {
    it("counts minors, and is beyond all counting across majors", () => {
        assert.equal(minorsAhead("1.31.0", "1.30.7"), 1);
        assert.equal(minorsAhead("1.29.9", "1.31.0"), -2);
        assert.equal(minorsAhead("2.0.0", "1.31.0"), Infinity);
    });
});
