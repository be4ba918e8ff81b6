import { texts, type Values } from "../../config";
import { ofDeployment, ofGateway, ofIstio, type Workload } from "../../mesh-workloads";
import { stackRule } from "../../rule";

const config = {
    topologyKeys: texts("Node labels over which pods must be spread.", ["kubernetes.io/hostname"]),
};

function* judge(
    workload: Workload | undefined,
    { topologyKeys }: Values<typeof config>,
): Generator<string> {
    if (!workload) return;
    const { replicas, autoscalers } = workload.sizing();
    const most = Math.max(replicas.value ?? 1, ...autoscalers.map(({ min }) => min.value ?? 1));
    // One pod has nothing to be kept apart from.
    if (most < 2) return;
    const { constraints, anti, field } = workload.spread();
    // What an anti-affinity keeps apart is only known to the scheduler; that it is there is enough.
    if (anti) return;
    const spread = constraints.map(({ topologyKey }) => topologyKey);
    const missing = topologyKeys.filter((key) => !spread.includes(key));
    if (missing.length > 0) {
        yield (
            `${workload.subject} may run all its pods in one place: ${field} spreads them over ` +
            `${spread.length > 0 ? spread.join(" and ") : "nothing"}, not ${missing.join(" and ")}; add ` +
            `topologySpreadConstraints for ${missing.length > 1 ? "them" : "it"}.`
        );
    }
}

export const requireMeshSpread = stackRule({
    name: "require-mesh-spread",
    displayName: "Replicas of the mesh run on different nodes",
    description: "istiod, gateways and waypoints with several replicas spread them over nodes.",
    why:
        "Three replicas on one node are one replica: the node's failure, or its drain, takes them all. The " +
        "scheduler spreads only by preference, and charts set nothing.",
    severity: "medium",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Set topologySpreadConstraints with topologyKey kubernetes.io/hostname (pilot's values for istiod, the " +
        "gateway chart's for gateways, key deployment of the ConfigMap for what istiod makes of a Gateway).",
    url: "https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/",
    tags: ["availability", "istiod", "gateways", "waypoints"],
    controls: { nist: ["CP-10", "SC-36"] },
    config,
    reads: ["horizontalPodAutoscaler", "podDisruptionBudget", "configMap"],
    remembers: ["deployment"],
    judge: {
        deployment: (found, keys, stack) => judge(ofDeployment(found, stack), keys),
        istio: (found, keys, stack) => judge(ofIstio(found, stack), keys),
        gateway: (found, keys, stack) => judge(ofGateway(found, stack), keys),
    },
});
