import { type ControlPlane, controlPlanesOf } from "../../control-planes";
import type { Found, Stack } from "../../found";
import { stackRule } from "../../rule";
import { sailZtunnelOf, type Ztunnel, ztunnelOf } from "../../ztunnels";

const LABEL = "topology.istio.io/network";

function spelled(network: string): string {
    return network === "" ? "no network" : `network "${network}"`;
}

/** The networks that control planes give to proxies, each with one that says so. */
function networksOf(planes: readonly ControlPlane[]): ReadonlyMap<string, ControlPlane> {
    const networks = new Map<string, ControlPlane>();
    for (const plane of planes) {
        const { global } = plane;
        if (global) networks.set(global.network ?? "", plane);
    }
    return networks;
}

function* judge(ztunnel: Ztunnel | undefined) {
    const network = ztunnel?.network;
    if (!ztunnel || network === undefined) return;
    const networks = networksOf(ztunnel.planes);
    if (networks.size === 0 || networks.has(network)) return;
    const others = [...networks]
        .map(([name, { found }]) => `${spelled(name)} to sidecars and gateways (${found.subject})`)
        .join(" and ");
    yield (
        `${ztunnel.found.subject} is on ${spelled(network)}, but istiod gives ${others}, so requests between them go ` +
        `through a gateway or nowhere; set ${ztunnel.fields.network} to "${[...networks.keys()][0] ?? ""}".`
    );
}

export const matchNetwork = stackRule({
    name: "match-network",
    displayName: "All parts of a cluster are on one network",
    description:
        "ztunnel and the mesh's own namespace name the network that istiod gives to proxies.",
    why:
        "A pod that seems to be on another network is reached through an east-west gateway only, which a " +
        "single cluster doesn't have. ztunnel's network is a value of its own chart, and the label of " +
        "istiod's namespace is what tells remote clusters.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Give the same global.network to the charts of istiod and ztunnel (with Sail, spec.targetRef or " +
        `spec.values.ztunnel.network of the ZTunnel), and label istiod's namespace ${LABEL} with it.`,
    url: "https://istio.io/latest/docs/ops/deployment/deployment-models/#network-models",
    tags: ["identity", "multi-cluster", "ztunnel"],
    reads: ["deployment", "istio", "configMap"],
    judge: {
        daemonSet: (found: Found<"daemonSet">, _config: object, stack: Stack) =>
            judge(ztunnelOf(found, stack)),
        ztunnel: (found, _config, stack) => judge(sailZtunnelOf(found, stack)),
        *namespace({ subject, shortName, object: { metadata } }, _config, stack) {
            const label = metadata?.labels?.[LABEL];
            if (label === undefined) return;
            for (const [network, plane] of networksOf(stack.view(controlPlanesOf))) {
                if (plane.namespace === shortName && network !== label) {
                    yield (
                        `${subject} has ${LABEL}=${label}, but istiod gives ${spelled(network)} to proxies ` +
                        `(${plane.found.subject}); make them the same.`
                    );
                }
            }
        },
    },
});
