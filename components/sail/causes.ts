import type { Settings } from "../../settings/schema";
import { SAIL_SCHEMAS } from "./schema";
import { OPERATOR_NAMESPACE, type SailStep } from "./plan";

/** What the likely causes are told from. */
type CausesInput = Pick<Settings, "charts" | "cluster" | "istioVersion">;

/** Why an object may not become ready in its time, and where to look: several lines, for people. */
export function likelyCauses({ object, workload }: SailStep, input: CausesInput): string {
    const { plural } = SAIL_SCHEMAS.kinds[object.kind];
    const look = [
        `kubectl get ${plural} ${object.name} -o jsonpath='{.status.conditions}'`,
        ...(workload === undefined
            ? ["kubectl get istiorevisions"]
            : [
                  `kubectl -n ${workload.namespace} describe ${workload.kind.toLowerCase()} ${workload.name}`,
              ]),
        `kubectl -n ${OPERATOR_NAMESPACE} logs deployment/sail-operator`,
    ];
    return [
        "Likely causes:",
        ...causesOf(object.kind, input).map((cause) => `  - ${cause}`),
        "Look at:",
        ...look.map((command) => `  ${command}`),
    ].join("\n");
}

function causesOf(
    kind: SailStep["object"]["kind"],
    { charts, cluster, istioVersion }: CausesInput,
): readonly string[] {
    const always = [
        `the operator isn't running, or doesn't install Istio ${istioVersion}`,
        `images can't be pulled from ${charts.hub}`,
    ];
    switch (kind) {
        case "Istio":
            return [
                ...always,
                "no node has room for istiod's requests (sizing.istiod)",
                "an admission policy of the cluster refuses istiod's pods",
            ];
        case "IstioCNI":
            return [
                ...always,
                `the node's CNI folders are elsewhere: cluster.platform is ${cluster.platform ?? "not set"}`,
                "an admission policy of the cluster refuses privileged pods in istio-cni",
                "a node isn't ready",
            ];
        case "ZTunnel":
            return [
                `istiod doesn't know ztunnel's cluster: CLUSTER_ID of istiod and ISTIO_META_CLUSTER_ID of ztunnel must both be ${cluster.name}; istiod's log says "client claims to be in cluster" if they aren't`,
                "istiod doesn't trust ztunnel's namespace (pilot.trustedZtunnelNamespace)",
                "istio-cni-node isn't ready on the same node",
                ...always,
                "a node isn't ready",
            ];
        case "IstioRevisionTag":
            return [
                "the revision it points to isn't there",
                "a revision has the tag's name",
                "the operator isn't running",
            ];
    }
}
