/** Workloads of a mesh as policies see them, and what require-mesh-replicas says of them. */
import type { Fixture } from "./policy";

export const istiodLabels = { app: "istiod", istio: "pilot" };
export const gatewayLabels = { app: "edge", istio: "edge" };

export function deployment(
    [namespace, name]: [string, string],
    pod: { labels: object; annotations?: object },
    replicas?: number,
    served = replicas ?? 1,
): Fixture {
    const metadata = { namespace, name };
    const template = { metadata: pod, spec: { containers: [{ image: "auto" }] } };
    return {
        type: "kubernetes:apps/v1:Deployment",
        name,
        props: { metadata, spec: { ...(replicas !== undefined && { replicas }), template } },
        // The API server fills in the count, or an autoscaler has set it.
        outputs: { metadata, spec: { replicas: served, template } },
    };
}

export const istiod = (replicas?: number, served?: number) =>
    deployment(["istio-system", "istiod"], { labels: istiodLabels }, replicas, served);
export const edge = (replicas?: number, served?: number) =>
    deployment(
        ["ingress", "edge"],
        { labels: gatewayLabels, annotations: { "inject.istio.io/templates": "gateway" } },
        replicas,
        served,
    );

export function hpa(
    [namespace, name]: [string, string],
    minReplicas?: number,
    maxReplicas = 5,
    version = "v2",
): Fixture {
    return {
        type: `kubernetes:autoscaling/${version}:HorizontalPodAutoscaler`,
        name,
        props: {
            metadata: { namespace, name },
            spec: {
                scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
                ...(minReplicas !== undefined && { minReplicas }),
                maxReplicas,
            },
        },
    };
}

export function pdb(
    [namespace, name]: [string, string],
    selector: object,
    limits: object,
): Fixture {
    return {
        type: "kubernetes:policy/v1:PodDisruptionBudget",
        name,
        props: { metadata: { namespace, name }, spec: { selector, ...limits } },
    };
}

export const istiodHpa = (min?: number, max?: number) => hpa(["istio-system", "istiod"], min, max);
export const istiodPdb = (limits: object, selector: object = { matchLabels: istiodLabels }) =>
    pdb(["istio-system", "istiod"], selector, limits);
export const edgePdb = (limits: object) =>
    pdb(["ingress", "edge"], { matchLabels: gatewayLabels }, limits);

export function gateway(spec: object, annotations: object = {}): Fixture {
    return {
        type: "kubernetes:gateway.networking.k8s.io/v1:Gateway",
        name: "waypoint",
        props: {
            metadata: { namespace: "shop", name: "waypoint", annotations },
            spec: { gatewayClassName: "istio-waypoint", ...spec },
        },
    };
}

export const sized = {
    infrastructure: { parametersRef: { group: "", kind: "ConfigMap", name: "opts" } },
};

export function configMap(data: object, labels: object = {}, name = "opts"): Fixture {
    return {
        type: "kubernetes:core/v1:ConfigMap",
        name,
        props: { metadata: { namespace: "shop", name, labels }, data },
    };
}

export const budgetYaml = "spec: {minAvailable: 1}";

export function istio(values: object, profile?: string): Fixture {
    return {
        type: "kubernetes:sailoperator.io/v1:Istio",
        name: "mesh",
        props: { metadata: { name: "default" }, spec: { ...(profile && { profile }), values } },
    };
}

export const few = (subject: string, fewest: number, why: string, role: string, least: number) =>
    `${subject} may run with ${fewest} ${fewest === 1 ? "replica" : "replicas"}: ${why}; ` +
    `set it to ${least} or more, the minimum for ${role}.`;
export const bare = (subject: string, replicas: number, fix = "add one with minAvailable: 1") =>
    `${subject} has ${replicas} replicas but no PodDisruptionBudget, so a drain may take all at once; ${fix}.`;
export const blocked = (
    limit: string,
    budget = 'PodDisruptionBudget "istio-system/istiod"',
    of = 3,
) =>
    `${budget} blocks every drain: ${limit} of ${of} replicas leaves none to evict; set maxUnavailable: 1.`;
export const useless = (limit: string) =>
    `PodDisruptionBudget "istio-system/istiod" protects nothing: ${limit} of 3 replicas lets a drain ` +
    "take all at once; set maxUnavailable: 1.";

export const istiodName = 'Deployment "istio-system/istiod"';
export const edgeName = 'Deployment "ingress/edge"';
export const istiodScaler = 'HorizontalPodAutoscaler "istio-system/istiod"';
export const waypointName = 'Gateway "shop/waypoint"';
export const waypointFix =
    'add one, or key "podDisruptionBudget" to its ConfigMap, with minAvailable: 1';
