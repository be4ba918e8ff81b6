/** The example of troubleshooting: its page says who names each of its mistakes, and they do. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { families } from "../policy/rules";
import type { LiveObject } from "../verify/live";
import { reportOf } from "../verify/report";
import { meshed, pod, sidecars } from "./support/live-mesh";
import { chartIstiod } from "./support/mesh";
import { judge, object, type Manifest } from "./support/policy";
import { MISTAKES } from "./support/mistakes";

const FOLDER = join(__dirname, "../examples/troubleshooting");

const mistakes = parseAllDocuments(readFileSync(join(FOLDER, "mistakes.yaml"), "utf8")).map(
    (document) => document.toJS() as Manifest & LiveObject,
);

/** The same mesh as the example's, as it runs once the mistakes have been made. */
const live = [
    ...sidecars,
    meshed("shop/cart-a"),
    pod("shop/batch-a", { of: "batch-7d4b9", labels: { "sidecar.istio.io/inject": "false" } }),
    meshed("shop/checkout-a", { of: "checkout-7d4b9", labels: { app: "checkout" } }),
    object("service", "shop/checkout", { spec: { selector: { app: "checkout" } } }),
    ...mistakes,
];

const subjectOf = ({ kind, metadata }: Manifest) => {
    const { namespace, name } = metadata as { namespace?: string; name: string };
    return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
};

describe("example troubleshooting", () => {
    it("has a row for each of its objects", () => {
        assert.deepEqual(
            MISTAKES.map(({ mistake }) => mistake),
            mistakes.map(subjectOf),
        );
    });

    it("has verify name each, and nothing else", () => {
        const found = reportOf({ objects: live })?.findings ?? [];
        assert.deepEqual(
            found.map(({ check, subject }) => `${check} ${subject}`).sort(),
            MISTAKES.map(({ check, subject }) => `${check} ${subject}`).sort(),
        );
    });

    for (const [i, { mistake, rule: name }] of MISTAKES.entries()) {
        it(`has rule ${name} refuse ${mistake}`, async () => {
            const rule = Object.values(families)
                .flat()
                .find((one) => one.name === name);
            assert.ok(rule, `there is no rule ${name}`);
            const { violations } = await judge(rule, [chartIstiod(), mistakes[i]!]);
            assert.ok(
                violations.some((violation) =>
                    violation.startsWith(mistake.replace(/ (.*)$/, ' "$1"')),
                ),
                violations.join("\n"),
            );
        });
    }
});
