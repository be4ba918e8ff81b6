import { type ControlPlane, controlPlanesOf } from "../../control-planes";
import type { Found, Stack } from "../../found";
import { envOf, onWorkloads } from "../../pods";
import { stackRule } from "../../rule";
import { sailZtunnelOf, ztunnelOf } from "../../ztunnels";

/** The clusters that control planes let in, each with who says so. */
function clustersOf(planes: readonly ControlPlane[], stack: Stack): ReadonlyMap<string, string> {
    const known = new Map(planes.map(({ clusterName, found }) => [clusterName, found.subject]));
    // istiod lets in the proxies of every cluster that a remote secret tells it of.
    for (const { object, subject } of known.size > 0 ? stack.all("secret") : []) {
        const remote = object.metadata?.annotations?.["networking.istio.io/cluster"];
        if (remote !== undefined && !known.has(remote)) known.set(remote, subject);
    }
    return known;
}

function* judge(
    { subject }: Pick<Found, "subject">,
    clusterName: string | undefined,
    known: ReadonlyMap<string, string>,
    { source, fix }: { source: string; fix: string },
) {
    if (clusterName === undefined || known.size === 0 || known.has(clusterName)) return;
    const names = [...known].map(([name, owner]) => `"${name}" (${owner})`).join(" and ");
    yield (
        `${subject} says that its cluster is "${clusterName}" (${source}), but istiod knows only ${names}, so it ` +
        `refuses it: no config and no certificates; set ${fix} to "${[...known.keys()][0] ?? ""}".`
    );
}

export const matchClusterName = stackRule({
    name: "match-cluster-name",
    displayName: "istiod, ztunnel and proxies agree on the cluster's name",
    description: "Every ztunnel and proxy names a cluster that istiod knows.",
    why:
        "ztunnel and proxies tell istiod which cluster they are in, and istiod asks that cluster's API " +
        "server about their tokens. Their names come from separate charts, or separate objects of Sail, " +
        "with the same default: once only one is changed, every request fails with `authentication " +
        "failure`, ztunnel never gets ready, and ambient is dead.",
    severity: "critical",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Give the same global.multiCluster.clusterName to the charts of istiod and ztunnel. With Sail, set " +
        "spec.targetRef of the ZTunnel to the Istio, or spec.values.ztunnel.multiCluster.clusterName; " +
        "spec.values.global.multiCluster isn't in ZTunnel's schema and vanishes.",
    url: "https://istio.io/latest/docs/ops/configuration/mesh/configuration-scoping/",
    tags: ["identity", "ztunnel", "sail"],
    controls: { nist: ["IA-3", "CM-6"] },
    reads: ["deployment", "istio", "configMap", "secret"],
    judge: {
        ...onWorkloads(function* (found, template, _config: object, stack: Stack) {
            const source = "ISTIO_META_CLUSTER_ID";
            const ztunnel =
                found.kind === "daemonSet"
                    ? ztunnelOf(found as Found<"daemonSet">, stack)
                    : undefined;
            const name = ztunnel ? ztunnel.clusterName : envOf(template, source);
            // Most pods name no cluster, so nothing is read for them.
            if (name === undefined) return;
            const known = clustersOf(ztunnel?.planes ?? stack.view(controlPlanesOf), stack);
            const fix = ztunnel?.fields.clusterName ?? source;
            yield* judge(found, name, known, { source, fix });
        }),
        *ztunnel(found, _config, stack) {
            const { clusterName, fields, planes } = sailZtunnelOf(found, stack);
            const source = fields.clusterName;
            yield* judge(found, clusterName, clustersOf(planes, stack), { source, fix: source });
        },
    },
});
