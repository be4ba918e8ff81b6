import { controlPlanesOf } from "../../control-planes";
import { DATAPLANE_MODE, dataPlaneOf } from "../../data-planes";
import type { Stack } from "../../found";
import { stackRule } from "../../rule";
import { ztunnelsOf } from "../../ztunnels";

/** Whether a stack has Istio's CNI agent, by its chart's label or as Sail's object. For `stack.view`. */
function hasCni(stack: Stack): boolean {
    return (
        stack.all("istioCni").length > 0 ||
        stack
            .all("daemonSet")
            .some(
                ({ object }) =>
                    object.spec?.template?.metadata?.labels?.["k8s-app"] === "istio-cni-node",
            )
    );
}

export const requireNodeAgents = stackRule({
    name: "require-node-agents",
    displayName: "Ambient has its node agents",
    description:
        "A stack that installs Istio and has namespaces in ambient installs ztunnel and the CNI agent, too.",
    why:
        "The label istio.io/dataplane-mode=ambient asks the CNI agent of each node to lead the pods' traffic " +
        "through that node's ztunnel. Without them nothing reads it: pods run, and their traffic " +
        "stays plaintext past every policy.",
    severity: "critical",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Install ztunnel and istio-cni beside istiod (charts ztunnel and cni with the profile ambient, or Sail's " +
        "ZTunnel and IstioCNI), or give the namespace another data plane. A stack without istiod isn't judged.",
    url: "https://istio.io/latest/docs/ambient/install/helm/",
    tags: ["ambient", "ztunnel", "cni"],
    controls: { nist: ["SC-8"] },
    reads: ["deployment", "configMap", "istio", "istioCni", "daemonSet", "ztunnel"],
    judge: {
        *namespace(found, _config, stack) {
            if (dataPlaneOf(found).mode !== "ambient") return;
            if (stack.view(controlPlanesOf).length === 0) return;
            const missing = [
                ...(stack.view(ztunnelsOf).length > 0 ? [] : ["ztunnel"]),
                ...(stack.view(hasCni) ? [] : ["the CNI agent"]),
            ];
            if (missing.length === 0) return;
            yield (
                `${found.subject} has ${DATAPLANE_MODE}=ambient, but the stack installs istiod without ` +
                `${missing.join(" and ")}, so its traffic stays outside the mesh; install what is missing.`
            );
        },
    },
});
