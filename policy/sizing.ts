/** How many pods a workload has: replicas, autoscalers and disruption budgets, which only count together. */
import type { Stack } from "./found";
import type { PodDisruptionBudget } from "./kinds/kubernetes";
import { selects } from "./selectors";

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
    stack: Stack,
    target: { namespace: string; name: string; podLabels: Record<string, string> },
): Pick<Sizing, "autoscalers" | "budgets"> {
    const autoscalers = stack
        .all("horizontalPodAutoscaler")
        .filter(({ namespace, object }) => {
            const ref = object.spec?.scaleTargetRef;
            return (
                namespace === target.namespace &&
                ref?.kind === "Deployment" &&
                ref.name === target.name
            );
        })
        .map(({ urn, subject, object }) => {
            return {
                urn,
                subject,
                min: { field: `spec.minReplicas of ${subject}`, value: object.spec?.minReplicas },
                max: { field: "spec.maxReplicas", value: object.spec?.maxReplicas },
            };
        });
    const budgets = stack
        .all("podDisruptionBudget")
        .filter(
            ({ namespace, object }) =>
                namespace === target.namespace && selects(object.spec?.selector, target.podLabels),
        )
        .map(({ urn, subject, object }) => ({
            urn,
            subject,
            spec: object.spec ?? {},
        }));
    return { autoscalers, budgets };
}
