import { markdown } from "../review/page/markdown";
import { pageOf } from "../review/page/page";
import { reviewOf } from "../review/review";
import { readStreams } from "../test/review/streams";

/** The changes whose comments are shown, of the recorded ambient mesh; those not recorded yet are left out. */
const SHOWN = [
    ["Replicas", "one istiod less", "`sizing.istiod.minReplicas: 1` where 2 were, on stack dev."],
    [
        "A version",
        "an older patch release",
        "`istioVersion: 1.31.1` where 1.31.3 was, on stack dev.",
    ],
    [
        "A switch to ambient",
        "a namespace with sidecars moves to ambient",
        "The namespace's `dataPlane: sidecar` is taken away, on stack dev.",
    ],
] as const;

/** `docs/review-examples.md`: comments as a pull request shows them, from recorded previews. */
export function reviewExamplesPage(): string {
    const streams = readStreams("ambient");
    const examples = SHOWN.flatMap(([title, change, what]) => {
        const events = streams[change];
        if (events === undefined) return [];
        const review = reviewOf({ stack: "dev", target: "the sandbox", events, rules: [] });
        const page = pageOf(review, { write: markdown, limit: 20_000 });
        return [`# ${title}\n\n${what}\n\n${page}`];
    });
    return `<!-- Written by \`npm run docs\` from previews that were recorded on the sandbox. -->

Changes of an ambient mesh as \`npm run review\` comments on them. Each comment is shown with at most
20,000 characters, and without what is read from a cluster.

${examples.join("\n\n---\n\n")}
`;
}
