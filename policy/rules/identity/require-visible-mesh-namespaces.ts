import { type ControlPlane, controlPlaneOf, sailControlPlaneOf } from "../../control-planes";
import { dataPlanesOf } from "../../data-planes";
import type { Stack } from "../../found";
import { stackRule } from "../../rule";
import { selects } from "../../selectors";
import { ztunnelsOf } from "../../ztunnels";

function* judge(plane: ControlPlane | undefined, stack: Stack) {
    const selectors = plane?.meshConfig?.discoverySelectors ?? [];
    if (!plane || selectors.length === 0) return;
    const nodes = new Set(stack.view(ztunnelsOf).map(({ namespace }) => namespace));
    for (const [name, { found, mode }] of stack.view(dataPlanesOf)) {
        const role =
            name === plane.namespace
                ? "istiod runs there"
                : nodes.has(name)
                  ? "ztunnel runs there and gets no root certificate"
                  : mode === "none"
                    ? undefined
                    : `its pods join the mesh (${mode})`;
        if (role === undefined) continue;
        // The API server adds this label to every namespace.
        const labels = { "kubernetes.io/metadata.name": name, ...found.object.metadata?.labels };
        if (selectors.some((selector) => selects(selector, labels))) continue;
        yield {
            message:
                `${found.subject} matches none of the discoverySelectors of ${plane.found.subject}, so istiod ` +
                `doesn't see it, though ${role}; label it so that one of them takes it.`,
            urn: found.urn,
        };
    }
}

export const requireVisibleMeshNamespaces = stackRule({
    name: "require-visible-mesh-namespaces",
    displayName: "istiod sees every namespace of the mesh",
    description: "discoverySelectors take istiod's own namespace, ztunnel's, and every served one.",
    why:
        "istiod ignores what its discoverySelectors don't take: it writes no root certificate there, " +
        "without which ztunnel and gateways don't start, and knows neither services nor policies.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Label the namespace so that a selector of meshConfig.discoverySelectors takes it, or add a " +
        "selector such as kubernetes.io/metadata.name.",
    url: "https://istio.io/latest/docs/ops/configuration/mesh/configuration-scoping/#discoveryselectors",
    tags: ["identity", "namespaces", "ztunnel"],
    reads: ["configMap", "namespace", "daemonSet", "ztunnel"],
    judge: {
        deployment: (found, _config, stack) => judge(controlPlaneOf(found, stack), stack),
        istio: (found, _config, stack) => judge(sailControlPlaneOf(found), stack),
    },
});
