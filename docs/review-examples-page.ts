import { markdown } from "../review/page/markdown";
import { pageOf } from "../review/page/page";
import { reviewOf } from "../review/review";
import { readFacts, readStreams } from "../test/review/streams";

/** The changes whose comments are shown, of the recorded production mesh. */
const SHOWN = [
    ["Replicas", "istiod may shrink to two", "`sizing.istiod.minReplicas: 2` on stack prod."],
    [
        "A version",
        "a newer patch release",
        "`istioVersion: 1.31.3` where 1.31.1 was, on stack prod.",
    ],
    [
        "A switch to ambient",
        "every namespace moves to ambient",
        "`dataPlane: ambient` on stack prod.",
    ],
] as const;

/** `docs/review-examples.md`: comments as a pull request shows them, from recorded previews. */
export function reviewExamplesPage(): string {
    const streams = readStreams("sidecar");
    const cluster = readFacts("sidecar");
    const examples = SHOWN.map(([title, change, what]) => {
        const review = reviewOf({
            ...{ stack: "prod", target: "the sandbox", cluster, rules: [] },
            events: streams[change] ?? [],
        });
        const page = pageOf(review, { write: markdown, limit: 20_000 });
        return `# ${title}\n\n${what}\n\n${page}`;
    });
    return `<!-- Written by \`npm run docs\` from previews that were recorded on the sandbox. -->

Three changes of stack prod as \`npm run review -- prod\` comments on them. Each comment is shown with at
most 20,000 characters.

${examples.join("\n\n---\n\n")}
`;
}
