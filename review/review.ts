import { LookAhead } from "../components/sail/look-ahead";
import type { ClassName, Risk } from "./classes/classes";
import { CLASSES, merged, riskOf } from "./classes/classes";
import type { Classified } from "./classes/classify";
import { classify } from "./classes/classify";
import { planOf } from "./events/changes";
import type { Plan } from "./events/changes";
import { listAt } from "./events/tree";
import type { ReviewEvent } from "./events/stream";
import { capacityOf } from "./meaning/capacity";
import type { Capacity } from "./meaning/capacity";
import type { ClusterFacts } from "./meaning/cluster-facts";
import { comparisonOf } from "./meaning/comparison";
import type { Comparison } from "./meaning/comparison";
import { orderOf } from "./meaning/order";
import type { Stage } from "./meaning/order";
import { findingsOf } from "./meaning/policies";
import type { Finding, RuleFacts } from "./meaning/policies";
import { blastRadius } from "./meaning/radius";
import type { Impact } from "./meaning/radius";
import { versionsOf } from "./meaning/versions";
import type { VersionLine } from "./meaning/versions";

/** What a review is made of. */
export interface ReviewInput {
    readonly stack: string;
    /** Which engine and cluster the preview ran on, in one line. */
    readonly target: string;
    readonly events: readonly ReviewEvent[];
    /** Absent where no cluster was read; `unread` says why. */
    readonly cluster?: ClusterFacts;
    readonly unread?: string;
    /** How the preview failed, if it did. */
    readonly failure?: string;
    readonly rules: readonly RuleFacts[];
}

/** A preview as meaning. */
export interface Review {
    readonly stack: string;
    readonly target: string;
    readonly risk: Risk;
    /** Whether everything is known: the engine came to its end and nothing failed. */
    readonly complete: boolean;
    /** What isn't known and why; empty when complete. */
    readonly gaps: readonly string[];
    /** Every class of the preview, mildest first. */
    readonly classes: readonly ClassName[];
    /** Gravest first, then by name. Components aren't among them: what they do is in their parts. */
    readonly changes: readonly Classified[];
    /** How many resources the engine leaves as they are. */
    readonly unchanged: number;
    readonly impacts: readonly Impact[];
    readonly stages: readonly Stage[];
    readonly findings: readonly Finding[];
    readonly versions: readonly VersionLine[];
    readonly capacity: Capacity;
    readonly comparison?: Comparison;
    readonly cluster?: ClusterFacts;
    /** Why no cluster was read. */
    readonly unread?: string;
    /** Warnings and errors of the engine, the providers and the program. */
    readonly words: Plan["words"];
}

/** Turns a stream of events into a review. Pure: the same input gives the same review. */
export function reviewOf(input: ReviewInput): Review {
    const plan = planOf(input.events);
    const foreseen = [...plan.changes, ...plan.unchanged].some(
        ({ type, after }) =>
            type === LookAhead.__pulumiType && listAt(after, ["objects"]).length > 0,
    );
    const classified = plan.changes.map((change) => classify(change, foreseen));
    const changes = byGravity(
        classified.filter(({ change }) => change.subjects[0] !== "component"),
    );
    const findings = findingsOf(plan.policies, input.rules);
    const refused = refusedByPolicies(plan, findings);
    const gaps = refused ? [] : gapsOf(plan, input);
    const classes = merged(changes.flatMap((change) => change.classes));
    const nodes = input.cluster?.nodes.length;
    const comparison = comparisonOf(plan, nodes);
    const blocked = gaps.length > 0 || findings.some(({ blocks }) => blocks);
    return {
        stack: input.stack,
        target: input.target,
        risk: blocked ? "high" : riskOf(classes),
        complete: gaps.length === 0,
        gaps,
        classes,
        changes,
        unchanged: plan.unchanged.length,
        impacts: blastRadius(plan, classified, input.cluster),
        stages: orderOf(classified),
        findings,
        versions: versionsOf(plan, input.cluster),
        capacity: capacityOf(plan, nodes),
        ...(comparison === undefined ? {} : { comparison }),
        ...(input.cluster === undefined ? {} : { cluster: input.cluster }),
        ...(input.unread === undefined ? {} : { unread: input.unread }),
        words: refused ? plan.words.filter((word) => !isRefusal(word)) : plan.words,
    };
}

function byGravity(changes: readonly Classified[]): readonly Classified[] {
    const rank = ({ classes }: Classified) => CLASSES.indexOf(classes.at(-1) ?? "nothing");
    return [...changes].sort((a, b) => rank(b) - rank(a));
}

/**
 * Whether policies are all that stopped the preview. The engine has gone through every resource then, and only
 * its last word says that it failed.
 */
function refusedByPolicies(plan: Plan, findings: readonly Finding[]): boolean {
    return (
        plan.complete &&
        plan.failed.length === 0 &&
        findings.some(({ blocks }) => blocks) &&
        plan.words.every((word) => word.severity !== "error" || isRefusal(word))
    );
}

function isRefusal({ message }: Plan["words"][number]): boolean {
    return message.trim() === "preview failed";
}

/** What the review can't know: said in the verdict, so that nobody takes a part for the whole. */
function gapsOf(plan: Plan, { failure }: ReviewInput): readonly string[] {
    const known = plan.changes.length + plan.unchanged.length;
    return [
        ...(failure === undefined ? [] : [failure]),
        ...(plan.complete
            ? []
            : [
                  `The engine's log ends before the preview did: ${known} resources are known, there may be more.`,
              ]),
        ...(plan.complete &&
        plan.result !== undefined &&
        plan.result !== "succeeded" &&
        failure === undefined
            ? [`The engine says that the preview ${plan.result}.`]
            : []),
        ...plan.failed.map(
            ({ urn, op }) => `Failed: ${op} ${urn.split("::").slice(3).join("::")}.`,
        ),
    ];
}
