import { evictable, limit } from "../../disruption";
import type { Found, Stack } from "../../found";
import { ofDeployment } from "../../mesh-workloads";
import { stackRule } from "../../rule";
import { selects } from "../../selectors";

/** How few pods a workload may have: the least its autoscalers go down to, or its own count. */
function fewestOf(found: Found<"deployment" | "statefulSet">, stack: Stack): number {
    const minima = stack
        .all("horizontalPodAutoscaler")
        .filter(({ namespace, object: { spec } }) => {
            const { kind, name } = spec?.scaleTargetRef ?? {};
            return (
                namespace === found.namespace &&
                kind?.toLowerCase() === found.kind.toLowerCase() &&
                name === found.shortName
            );
        })
        .map(({ object }) => object.spec?.minReplicas ?? 1);
    return minima.length > 0 ? Math.min(...minima) : (found.object.spec?.replicas ?? 1);
}

export const forbidBlockingBudgets = stackRule({
    name: "forbid-blocking-budgets",
    displayName: "No disruption budget blocks every drain",
    description: "A PodDisruptionBudget always leaves at least one pod of its workloads to evict.",
    why:
        "A budget that allows no eviction makes every node drain hang, and with it cluster upgrades, until " +
        "someone deletes the budget by hand. In a mesh that also stops the rollout of proxies, which needs " +
        "the old pods gone. Budgets of istiod, gateways and waypoints are judged by require-mesh-replicas, " +
        "together with their replicas.",
    severity: "medium",
    enforcementLevel: "mandatory",
    remediationSteps: "Set maxUnavailable: 1 instead, or run more replicas than minAvailable asks.",
    url: "https://kubernetes.io/docs/tasks/run-application/configure-pdb/",
    tags: ["availability", "drains"],
    controls: { nist: ["CP-10"] },
    reads: ["deployment", "statefulSet", "horizontalPodAutoscaler"],
    judge: {
        *podDisruptionBudget({ object: { spec = {} }, subject, namespace }, _, stack) {
            const workloads = [
                ...stack.all("deployment").filter((found) => !ofDeployment(found, stack)),
                ...stack.all("statefulSet"),
            ].filter(
                (found) =>
                    found.namespace === namespace &&
                    selects(spec.selector, found.object.spec?.template?.metadata?.labels ?? {}),
            );
            for (const workload of workloads) {
                const fewest = fewestOf(workload, stack);
                if (fewest > 0 && evictable(spec, fewest) < 1) {
                    yield (
                        `${subject} blocks every drain: ${limit(spec)} of the ${fewest} that ` +
                        `${workload.subject} may run with leaves none to evict; set maxUnavailable: 1` +
                        `${fewest === 1 ? ", or run more replicas" : ""}.`
                    );
                }
            }
        },
    },
});
