import { istiod, istiodPdb } from "../../support/mesh-workloads";
import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const labels = { app: "web" };
const workload = (kind: "deployment" | "statefulSet", replicas?: number) =>
    object(kind, "shop/web", {
        spec: {
            ...(replicas !== undefined && { replicas }),
            template: { metadata: { labels } },
        },
    });
const web = (replicas?: number) => workload("deployment", replicas);
const budget = (limits: object, name = "shop/web") =>
    object("podDisruptionBudget", name, { spec: { selector: { matchLabels: labels }, ...limits } });
const scaled = (minReplicas?: number, kind = "Deployment") =>
    object("horizontalPodAutoscaler", "shop/web", {
        spec: {
            scaleTargetRef: { kind, name: "web" },
            ...(minReplicas !== undefined && { minReplicas }),
        },
    });
const blocks = (limit: string, fewest: number, kind = "Deployment") =>
    `PodDisruptionBudget "shop/web" blocks every drain: ${limit} of the ${fewest} that ${kind} "shop/web" may ` +
    `run with leaves none to evict; set maxUnavailable: 1${fewest === 1 ? ", or run more replicas" : ""}.`;

export const table: RuleTable = {
    allowed: {
        "one unavailable": [web(1), budget({ maxUnavailable: 1 })],
        "fewer available than there are": [web(2), budget({ minAvailable: 1 })],
        "a budget of nobody's pods": budget({ minAvailable: 1 }),
        "a budget in another namespace": [web(1), budget({ minAvailable: 1 }, "other/web")],
        "a workload scaled to nothing": [web(0), budget({ minAvailable: 1 })],
        "an autoscaler that keeps two": [web(1), scaled(2), budget({ minAvailable: 1 })],
        "an autoscaler of another kind": [
            web(2),
            scaled(1, "StatefulSet"),
            budget({ minAvailable: 1 }),
        ],
        "istiod's own, which another rule judges": [istiod(1), istiodPdb({ minAvailable: 1 })],
    },
    denied: {
        "all available of one": [
            [web(), budget({ minAvailable: 1 })],
            [blocks("minAvailable 1", 1)],
        ],
        "all available of two": [
            [web(2), budget({ minAvailable: 2 })],
            [blocks("minAvailable 2", 2)],
        ],
        "none unavailable": [
            [web(3), budget({ maxUnavailable: 0 })],
            [blocks("maxUnavailable 0", 3)],
        ],
        "an autoscaler that goes down to one": [
            [web(3), scaled(), budget({ minAvailable: 1 })],
            [blocks("minAvailable 1", 1)],
        ],
        "a StatefulSet": [
            [workload("statefulSet", 3), budget({ minAvailable: "100%" })],
            [blocks('minAvailable "100%"', 3, "StatefulSet")],
        ],
    },
    unknown: {
        "a count that isn't known yet": [
            [web(unknown.number), budget({ minAvailable: 1 })],
            ['"web": number value at .spec.replicas can\'t be known during preview'],
        ],
    },
    config: {},
};
