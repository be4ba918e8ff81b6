import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { levelIn, levelProblems } from "../../policy/levels";
import { rules } from "../../policy/rules";

const root = join(__dirname, "../..");
const files = readdirSync(join(root, "policy/levels"));

const problems = (level: object) =>
    levelProblems(rules, levelIn(JSON.stringify(level)), "2026-11-22");

const waiver = (until: string) => ({
    exempt: [{ name: "shop", reason: "Moves.", owner: "shop@example.com", until }],
});

describe("levels", () => {
    it("has a file for every stack of the project", () => {
        const stacks = readdirSync(root).flatMap(
            (file) => /^Pulumi\.([^.]+)\.yaml$/.exec(file)?.[1] ?? [],
        );
        assert.deepEqual(
            stacks.filter((stack) => !files.includes(`${stack}.json`)),
            [],
        );
    });

    for (const file of files) {
        it(`${file} sets only what rules know`, () => {
            const text = readFileSync(join(root, "policy/levels", file), "utf8");
            assert.deepEqual(problems(JSON.parse(text) as object), []);
        });
    }
});

describe("levelProblems", () => {
    it("names every problem at once", () => {
        assert.deepEqual(
            problems({
                "require-data-plane-labels": {},
                "require-mesh-replicas": { gateway: 2, enforcementLevel: "remediate" },
                "require-data-plane-label": waiver("2026-11-21"),
                "no-such": {},
            }),
            [
                "require-data-plane-labels: there is no such rule; did you mean require-data-plane-label?",
                "require-mesh-replicas.gateway: an unknown setting; it knows istiod, gateways, waypoints, operator, exempt",
                'require-mesh-replicas: can\'t remediate, since no single answer is right; use "mandatory" or "advisory"',
                'require-data-plane-label.exempt: the waiver of "shop" expired on 2026-11-21; ' +
                    "shop@example.com must mend the object or renew the waiver",
                "no-such: there is no such rule; see docs/policies.md for the names",
            ],
        );
    });

    it("lets a waiver hold through its last day", () => {
        assert.deepEqual(problems({ "require-data-plane-label": waiver("2026-11-22") }), []);
    });

    it("knows the engine's name for every rule", () => {
        assert.deepEqual(problems({ all: { enforcementLevel: "advisory" } }), []);
    });

    it("asks nothing of the waivers of a rule that is off", () => {
        const off = { ...waiver("2020-01-01"), enforcementLevel: "disabled" };
        assert.deepEqual(problems({ "require-data-plane-label": off }), []);
    });
});
