import type { ReportViolation, StackValidationArgs } from "@pulumi/policy";
import { evictable, limit } from "../disruption";
import { kinds, onKind } from "../kinds";
import { candidates, type Role, type Workload } from "../mesh-workloads";
import { checkedConfig, exemptSchema, type Exemption, type MeshRule } from "../rule";
import type { Budget, Setting } from "../sizing";
import { UnknownValueError } from "../unknown";

const name = "require-mesh-replicas";

type Config = Record<Role, number> & { exempt: Exemption[] };

function minimum(of: string, replicas: number) {
    return {
        type: "integer" as const,
        description: `Fewest replicas of ${of}, also at night: the autoscaler's minimum.`,
        minimum: 1,
        default: replicas,
    };
}

const configSchema = {
    properties: {
        // Three: with one down for a drain and one lost, proxies still get certificates and config.
        istiod: minimum("istiod", 3),
        gateways: minimum("each gateway", 2),
        waypoints: minimum("each waypoint", 2),
        exempt: exemptSchema(
            "Names are `namespace/name` of the Deployment or Gateway, or the Istio object's name.",
            [],
        ),
    },
};

/**
 * Deployments whose inputs set `spec.replicas`. Stack policies get outputs, where the API server has
 * filled in 1, or what the autoscaler made of it; only the inputs, seen earlier, tell who set it.
 */
const asking = new Set<string>();

function count(replicas: number): string {
    return `${replicas} ${replicas === 1 ? "replica" : "replicas"}`;
}

function reading({ field, value }: Setting): string {
    return value === undefined ? `${field} is not set, which means 1` : `${field} is ${value}`;
}

function judge(workload: Workload, least: number, report: ReportViolation): void {
    const { subject, urn, role } = workload;
    const { replicas, autoscalers, budgets, problems } = workload.sizing();
    if (problems.length > 0) {
        for (const problem of problems) report(problem, urn);
        return;
    }
    for (const { min, max, ...autoscaler } of autoscalers) {
        if (max.value !== undefined && (min.value ?? 1) > max.value) {
            report(
                `${autoscaler.subject} can't work: ${reading(min)}, above ${max.field} ${max.value}; ` +
                    `raise ${max.field} to ${min.value ?? 1} or more.`,
                autoscaler.urn,
            );
        }
        if (replicas.value !== undefined) {
            report(
                `${subject} sets its replicas twice: ${reading(replicas)}, and ${autoscaler.subject} ` +
                    "scales it, so every update undoes the scaling; leave the number to the autoscaler.",
                urn,
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
        report(
            `${subject} may run with ${count(fewest)}: ${reading(decisive)}; ` +
                `set it to ${least} or more, the minimum for ${role}.`,
            urn,
        );
    }
    judgeBudgets(workload, budgets, fewest, report);
}

function judgeBudgets(
    { subject, urn, budgetFix }: Workload,
    budgets: Budget[],
    fewest: number,
    report: ReportViolation,
): void {
    if (budgets.length === 0 && fewest > 1) {
        report(
            `${subject} has ${count(fewest)} but no PodDisruptionBudget, so a drain may take all at once; ` +
                `${budgetFix}.`,
            urn,
        );
    }
    if (budgets.length > 1) {
        const names = budgets.map((budget) => budget.subject).join(" and ");
        report(
            `${subject} is selected by ${names}: Kubernetes evicts no pod that has two budgets, so every ` +
                "drain hangs; keep one.",
            urn,
        );
    }
    for (const budget of budgets) {
        const free = evictable(budget.spec, fewest);
        if (free < 1 && fewest > 0) {
            report(
                `${budget.subject} blocks every drain: ${limit(budget.spec)} of ${count(fewest)} leaves none ` +
                    `to evict; set maxUnavailable: 1${fewest === 1 ? ", or run more replicas" : ""}.`,
                budget.urn,
            );
        } else if (free >= fewest && fewest > 1) {
            report(
                `${budget.subject} protects nothing: ${limit(budget.spec)} of ${count(fewest)} lets a drain ` +
                    "take all at once; set maxUnavailable: 1.",
                budget.urn,
            );
        }
    }
}

/** Judges all that can be judged, then defers: the SDK makes the error an advisory of the preview. */
function judgeAll(args: StackValidationArgs, report: ReportViolation): void {
    const config = checkedConfig({ name, configSchema }, args.getConfig<Config>());
    const deferred: { error: Error; what: string }[] = [];
    for (const { urn, workload: read } of candidates(args.resources, (of) => asking.has(of))) {
        try {
            const workload = read();
            if (workload && !config.exempt.some((exemption) => exemption.name === workload.name)) {
                judge(workload, config[workload.role], report);
            }
        } catch (error) {
            if (!(error instanceof UnknownValueError)) throw error;
            deferred.push({ error, what: urn.split("::").slice(-1).join() });
        }
    }
    const [first] = deferred;
    if (first) {
        first.error.message = deferred
            .map(({ error, what }) => `"${what}": ${error.message}`)
            .join("; ");
        throw first.error;
    }
}

/**
 * Why: with one istiod, a node drain stops injection, certificates and config; with one gateway, it
 * stops traffic. Replicas, autoscaler and disruption budget only help together: an autoscaler goes
 * down to its minimum at night, and a budget can forbid every drain, or allow all at once.
 *
 * Sees Deployments, HorizontalPodAutoscalers, PodDisruptionBudgets, Gateways with their ConfigMaps
 * and Sail's Istio objects of the stack. Gateways that run as a DaemonSet have no count to judge.
 */
export const requireMeshReplicas: MeshRule = {
    name,
    displayName: "istiod, gateways and waypoints outlive a node",
    description:
        "istiod, gateways and waypoints keep their minimum of replicas and a disruption budget that drains respect.",
    severity: "medium",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Set the autoscaler's minReplicas, or replicas where nothing scales, to the minimum or more, " +
        "and give the pods one PodDisruptionBudget with maxUnavailable: 1 or minAvailable: 1.",
    url: "https://istio.io/latest/docs/ops/best-practices/deployment/",
    tags: ["availability", "istiod", "gateways", "waypoints"],
    configSchema,
    validateResource: onKind(kinds.deployment, ({ spec }, args) => {
        asking.delete(args.urn);
        // `in` doesn't read the value, which may be unknown as yet: that it is set is known.
        if (spec && "replicas" in spec) asking.add(args.urn);
        args.notApplicable("Judged with the whole stack.");
    }),
    validateStack: judgeAll,
};
