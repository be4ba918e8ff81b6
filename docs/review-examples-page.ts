import { rules } from "../policy/rules";
import { markdown } from "../review/page/markdown";
import { pageOf } from "../review/page/page";
import { reviewOf } from "../review/review";
import { isRecorded, readStreams } from "../test/review/streams";

/** A recorded change whose comment is shown. */
interface Shown {
    readonly title: string;
    readonly recording: string;
    readonly stack: string;
    readonly change: string;
    /** What is changed in the stack's file. */
    readonly what: string;
}

const SHOWN: readonly Shown[] = [
    {
        title: "Replicas",
        ...{ recording: "ambient", stack: "dev", change: "one istiod less" },
        what: "`sizing.istiod.minReplicas: 1` where 2 were, on stack dev.",
    },
    {
        title: "A version",
        ...{ recording: "ambient", stack: "dev", change: "an older patch release" },
        what: "`istioVersion: 1.31.1` where 1.31.3 was, on stack dev.",
    },
    {
        title: "A switch to ambient",
        ...{ recording: "sidecar", stack: "prod", change: "every namespace moves to ambient" },
        what: "`dataPlane: ambient` where `sidecar` was, on stack prod.",
    },
];

/** `docs/review-examples.md`: comments as a pull request shows them, from recorded previews. */
export function reviewExamplesPage(): string {
    const examples = SHOWN.flatMap(({ title, recording, stack, change, what }) => {
        const events = isRecorded(recording) ? readStreams(recording)[change] : undefined;
        // Not recorded yet: see test/review/record.ts.
        if (events === undefined) return [];
        const review = reviewOf({ stack, target: "the sandbox", events, rules });
        const page = pageOf(review, { write: markdown, limit: 20_000 });
        return [`# ${title}\n\n${what}\n\n${page}`];
    });
    return `<!-- Written by \`npm run docs\` from previews that were recorded on the sandbox. -->

Changes as \`npm run review\` comments on them. Each comment is shown with at most
20,000 characters, and without what is read from a cluster.

${examples.join("\n\n---\n\n")}
`;
}
