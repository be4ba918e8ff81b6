/** How many pods a workload has: replicas, autoscalers and disruption budgets, which only count together. */
import type { PolicyResource } from "@pulumi/policy";
import { selects } from "./disruption";
import { allOf, fullName, kinds, namespaceOf, type PodDisruptionBudget } from "./kinds";

/** A number that someone may set. */
export interface Setting {
    /** Where it is set, as a message says it. */
    field: string;
    /** Undefined: not set. Kubernetes and Istio then mean 1. */
    value: number | undefined;
}

export interface Autoscaler {
    subject: string;
    urn: string;
    min: Setting;
    max: Setting;
}

export interface Budget {
    subject: string;
    urn: string;
    spec: NonNullable<PodDisruptionBudget["spec"]>;
}

/** Replicas, autoscalers and budgets of one workload, together. */
export interface Sizing {
    replicas: Setting;
    autoscalers: Autoscaler[];
    budgets: Budget[];
    /** What keeps the sizing from being read, as whole messages. */
    problems: string[];
}

/** Autoscalers and budgets of the stack that concern a Deployment, which istiod may yet have to make. */
export function around(
    resources: PolicyResource[],
    target: { namespace: string; name: string; podLabels: Record<string, string> },
): Pick<Sizing, "autoscalers" | "budgets"> {
    const autoscalers = allOf(kinds.horizontalPodAutoscaler, resources)
        .filter(({ object }) => {
            const ref = object.spec?.scaleTargetRef;
            return (
                namespaceOf(object) === target.namespace &&
                ref?.kind === "Deployment" &&
                ref.name === target.name
            );
        })
        .map(({ urn, object }) => {
            const subject = `HorizontalPodAutoscaler "${fullName(object)}"`;
            return {
                urn,
                subject,
                min: { field: `spec.minReplicas of ${subject}`, value: object.spec?.minReplicas },
                max: { field: "spec.maxReplicas", value: object.spec?.maxReplicas },
            };
        });
    const budgets = allOf(kinds.podDisruptionBudget, resources)
        .filter(
            ({ object }) =>
                namespaceOf(object) === target.namespace &&
                selects(object.spec?.selector, target.podLabels),
        )
        .map(({ urn, object }) => ({
            urn,
            subject: `PodDisruptionBudget "${fullName(object)}"`,
            spec: object.spec ?? {},
        }));
    return { autoscalers, budgets };
}
