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
    /** What a reviewer concluded from the comment and nothing else. */
    readonly judged: string;
}

const SHOWN: readonly Shown[] = [
    {
        title: "Replicas",
        ...{ recording: "ambient", stack: "dev", change: "one istiod less" },
        what: "`sizing.istiod.minReplicas: 1` where 2 were, on stack dev.",
        judged: "No pod of anybody restarts, so it may be applied at any time. But from then on a drain takes the only istiod: its disruption budget goes with the second one. What the policies block was there before, and isn't of this change.",
    },
    {
        title: "A version",
        ...{ recording: "ambient", stack: "dev", change: "an older patch release" },
        what: "`istioVersion: 1.31.1` where 1.31.3 was, on stack dev.",
        judged: "For a maintenance window: long connections of the boutique end when ztunnel is replaced, its waypoint restarts, and the ingress gateway has to be restarted by hand afterwards. And it goes back, which Istio doesn't support: ask why first.",
    },
    {
        title: "A switch to ambient",
        ...{ recording: "sidecar", stack: "prod", change: "every namespace moves to ambient" },
        what: "`dataPlane: ambient` where `sidecar` was, on stack prod installed by charts, with objects of every kind beside it.",
        judged: "Not yet. The update itself cuts nothing, and the boutique stays on its sidecars until its three Deployments are restarted; but then its route, token check and filter end, as it has no waypoint. Give it one first, and say the Sidecar and the EnvoyFilter in another way.",
    },
];

/** `docs/review-examples.md`: comments as a pull request shows them, from recorded previews. */
export function reviewExamplesPage(): string {
    const examples = SHOWN.flatMap(({ title, recording, stack, change, what, judged }) => {
        const events = isRecorded(recording) ? readStreams(recording)[change] : undefined;
        // Not recorded yet: see test/review/record.ts.
        if (events === undefined) return [];
        const review = reviewOf({ stack, target: "the sandbox", events, rules });
        const page = pageOf(review, { write: markdown, limit: 20_000 });
        return [`# ${title}\n\n${what}\n\n_Judged from the comment alone: ${judged}_\n\n${page}`];
    });
    return `<!-- Written by \`npm run docs\` from previews that were recorded on the sandbox. -->

Changes as \`npm run review\` comments on them. Each comment is shown with at most
20,000 characters, and without what is read from a cluster.

${examples.join("\n\n---\n\n")}
`;
}
