/** Streams of events made by hand, for what needs no engine to be proved. */
import type { ReviewEvent, Step } from "../../review/events/stream";
import type { Tree } from "../../review/events/tree";
import { reviewOf } from "../../review/review";
import type { Review, ReviewInput } from "../../review/review";

/** The event of a Kubernetes object. Without `after` it is deleted, without `before` created. */
export function step(type: string, before: Tree | undefined, after: Tree | undefined): ReviewEvent {
    const op = before === undefined ? "create" : after === undefined ? "delete" : "update";
    const shown = (after ?? before) as { metadata: { name: string; namespace?: string } };
    const { name, namespace = "" } = shown.metadata;
    return {
        step: {
            op: JSON.stringify(before) === JSON.stringify(after) ? "same" : op,
            urn: `urn:pulumi:dev::istio-mesh::kubernetes:${type}::${namespace}/${name}`,
            type: `kubernetes:${type}`,
            custom: true,
            ...(before === undefined ? {} : { before: { inputs: before } }),
            ...(after === undefined ? {} : { after: { inputs: after } }),
        } satisfies Step,
    };
}

/** The end that a preview has when it came to it. */
export const END: ReviewEvent = { end: { changes: {}, result: "succeeded" } };

/** Reviews events as those of stack dev. */
export function review(events: readonly ReviewEvent[], more: Partial<ReviewInput> = {}): Review {
    return reviewOf({ stack: "dev", target: "the sandbox", events, rules: [], ...more });
}

/** A Namespace with labels. */
export function namespace(name: string, labels: Tree = {}): Tree {
    return { metadata: { name, labels } };
}

/** A Deployment with one container. */
export function deployment(namespace: string, name: string, more: Tree = {}): Tree {
    return {
        metadata: { name, namespace },
        spec: {
            replicas: 2,
            template: {
                spec: {
                    containers: [
                        {
                            name: "app",
                            image: "app:1",
                            resources: {
                                requests: { cpu: "100m", memory: "128Mi" },
                                limits: { memory: "256Mi" },
                            },
                        },
                    ],
                },
            },
            ...more,
        },
    };
}
