import { integer, type Values } from "../../config";
import { evictable, limit } from "../../disruption";
import { ofDeployment, ofGateway, ofIstio, type Workload } from "../../mesh-workloads";
import { type Finding, stackRule } from "../../rule";
import type { Budget, Setting } from "../../sizing";

function minimum(of: string, replicas: number) {
    const description = `Fewest replicas of ${of}, also at night: the autoscaler's minimum.`;
    return integer(description, replicas, { minimum: 1 });
}

const config = {
    // Three: with one down for a drain and one lost, proxies still get certificates and config.
    istiod: minimum("istiod", 3),
    gateways: minimum("each gateway", 2),
    waypoints: minimum("each waypoint", 2),
    // One is right: it elects a leader, and while it is away everything it made goes on running.
    operator: minimum("the Sail Operator", 1),
};

function count(replicas: number): string {
    return `${replicas} ${replicas === 1 ? "replica" : "replicas"}`;
}

function reading({ field, value }: Setting): string {
    return value === undefined ? `${field} is not set, which means 1` : `${field} is ${value}`;
}

function* judge(workload: Workload | undefined, minima: Values<typeof config>): Generator<Finding> {
    if (!workload) return;
    const least = minima[workload.role];
    const { subject, role } = workload;
    const { replicas, autoscalers, budgets, problems } = workload.sizing();
    if (problems.length > 0) {
        yield* problems;
        return;
    }
    for (const { min, max, ...autoscaler } of autoscalers) {
        if (max.value !== undefined && (min.value ?? 1) > max.value) {
            yield {
                message:
                    `${autoscaler.subject} can't work: ${reading(min)}, above ${max.field} ${max.value}; ` +
                    `raise ${max.field} to ${min.value ?? 1} or more.`,
                urn: autoscaler.urn,
            };
        }
        if (replicas.value !== undefined) {
            yield (
                `${subject} sets its replicas twice: ${reading(replicas)}, and ${autoscaler.subject} ` +
                "scales it, so every update undoes the scaling; leave the number to the autoscaler."
            );
        }
    }
    // Of several autoscalers each can bring the number down to its own minimum.
    const decisive = autoscalers
        .map(({ min }) => min)
        .reduce(
            (a, b) => ((b.value ?? 1) < (a.value ?? 1) ? b : a),
            autoscalers[0]?.min ?? replicas,
        );
    const fewest = decisive.value ?? 1;
    if (fewest < least) {
        yield (
            `${subject} may run with ${count(fewest)}: ${reading(decisive)}; ` +
            `set it to ${least} or more, the minimum for ${role}.`
        );
    }
    yield* judgeBudgets(workload, budgets, fewest);
}

function* judgeBudgets(
    { role, subject, budgetFix }: Workload,
    budgets: Budget[],
    fewest: number,
): Generator<Finding> {
    // The operator needs none: nobody waits for it, and a second replica shortens its absence.
    if (budgets.length === 0 && fewest > 1 && role !== "operator") {
        yield (
            `${subject} has ${count(fewest)} but no PodDisruptionBudget, so a drain may take all at once; ` +
            `${budgetFix}.`
        );
    }
    if (budgets.length > 1) {
        const names = budgets.map((budget) => budget.subject).join(" and ");
        yield (
            `${subject} is selected by ${names}: Kubernetes evicts no pod that has two budgets, so every ` +
            "drain hangs; keep one."
        );
    }
    for (const budget of budgets) {
        const free = evictable(budget.spec, fewest);
        if (free < 1 && fewest > 0) {
            yield {
                message:
                    `${budget.subject} blocks every drain: ${limit(budget.spec)} of ${count(fewest)} leaves none ` +
                    `to evict; set maxUnavailable: 1${fewest === 1 ? ", or run more replicas" : ""}.`,
                urn: budget.urn,
            };
        } else if (free >= fewest && fewest > 1) {
            yield {
                message:
                    `${budget.subject} protects nothing: ${limit(budget.spec)} of ${count(fewest)} lets a drain ` +
                    "take all at once; set maxUnavailable: 1.",
                urn: budget.urn,
            };
        }
    }
}

export const requireMeshReplicas = stackRule({
    name: "require-mesh-replicas",
    displayName: "istiod, gateways and waypoints outlive a node",
    description:
        "istiod, gateways and waypoints keep their minimum of replicas, and a disruption budget that drains respect.",
    why:
        "With one istiod, a node drain stops injection, certificates and config; with one gateway, it stops " +
        "traffic. Replicas, autoscaler and disruption budget only help together: an autoscaler goes down " +
        "to its minimum at night, and a budget can forbid every drain, or allow all at once. The Sail Operator " +
        "is the exception: it may run alone, and without a budget, as what it made goes on while it is away. Gateways that run as a DaemonSet have no " +
        "count to judge.",
    severity: "medium",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Set the autoscaler's minReplicas, or replicas where nothing scales, to the minimum or more, " +
        "and give the pods one PodDisruptionBudget with maxUnavailable: 1 or minAvailable: 1.",
    url: "https://istio.io/latest/docs/ops/best-practices/deployment/",
    tags: ["availability", "istiod", "gateways", "waypoints"],
    controls: { nist: ["CP-10", "SC-5"] },
    config,
    reads: ["horizontalPodAutoscaler", "podDisruptionBudget", "configMap"],
    remembers: ["deployment"],
    judge: {
        deployment: (found, minima, stack) => judge(ofDeployment(found, stack), minima),
        istio: (found, minima, stack) => judge(ofIstio(found, stack), minima),
        gateway: (found, minima, stack) => judge(ofGateway(found, stack), minima),
    },
});
