import assert from "node:assert/strict";
import { markdown } from "../../review/page/markdown";
import { COMMENT_LIMIT, pageOf } from "../../review/page/page";
import { terminal } from "../../review/page/terminal";
import type { ReviewEvent } from "../../review/events/stream";
import { deployment, END, namespace, review, step } from "./support";

const many = (count: number): readonly ReviewEvent[] => [
    ...Array.from({ length: count }, (_, index) =>
        step(
            "apps/v1:Deployment",
            deployment("shop", `app-${index}`),
            deployment("shop", `app-${index}`, { template: { spec: { containers: [] } } }),
        ),
    ),
    step("core/v1:Namespace", namespace("gone"), undefined),
    END,
];
const comment = (events: readonly ReviewEvent[], limit = COMMENT_LIMIT) =>
    pageOf(review(events), { write: markdown, limit });

describe("the page of a review", () => {
    it("fits GitHub's limit with 2,000 changed resources, and says what was cut", () => {
        const text = comment(many(2000));
        assert.ok(text.length <= COMMENT_LIMIT, String(text.length));
        assert.ok(text.length > COMMENT_LIMIT * 0.9, "room is left unused");
        assert.match(text, /\*\*Cut to fit:\*\* What changes \(\d+ of 2001 shown\)/);
        assert.match(text, /Raw difference \(0 of \d+ shown\)/);
    });

    it("keeps the gravest change in the least room", () => {
        const text = comment(many(2000), 6_000);
        assert.ok(text.length <= 6_000);
        assert.match(text, /Irreversible \(1\)/);
        assert.match(text, /`Namespace gone`/);
    });

    it("cuts the raw difference first and nothing else while that is enough", () => {
        const whole = comment(many(40), Infinity);
        const text = comment(many(40), whole.length - 500);
        assert.match(text, /\*\*Cut to fit:\*\* Raw difference \(\d+ of \d+ shown\)\. /);
    });

    it("is the same for the same steps in any order", () => {
        const events = many(30);
        assert.equal(comment([...events].reverse()), comment(events));
    });

    it("lets no name or value out of its place, and calls nobody", () => {
        const evil = "`</details>` | @team <img src=x> **bold** [a](b)\n# head";
        const text = comment([
            step(
                "core/v1:ConfigMap",
                { metadata: { name: "a", namespace: "b" }, spec: { x: "1" } },
                { metadata: { name: "a", namespace: "b" }, spec: { x: evil } },
            ),
            { word: { severity: "warning", message: evil } },
            END,
        ]);
        const outside = text
            .replace(/(`+)[\s\S]*?[^`]\1(?!`)/g, "")
            .replace(/<\/?(details|summary)>/g, "");
        assert.doesNotMatch(outside, /<img|<\/details|@team|\n# head/);
    });
});

describe("the page on a terminal", () => {
    for (const width of [40, 80, 200]) {
        it(`keeps to ${width} columns wherever words allow, without colours`, () => {
            const text = pageOf(review(many(3)), {
                write: (blocks) => terminal(blocks, width),
                limit: Infinity,
            });
            assert.doesNotMatch(text, new RegExp(String.fromCharCode(27)));
            // Lines of the raw difference and single long words stay whole.
            const long = text
                .split("\n")
                .filter((line) => line.length > width && !line.startsWith("    "))
                .filter((line) => line.trim().split(" ").length > 2);
            assert.deepEqual(long, []);
        });
    }
});
