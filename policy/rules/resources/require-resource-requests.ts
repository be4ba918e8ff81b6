import { meshPodOf } from "../../mesh-pods";
import { onWorkloads } from "../../pods";
import { objectRule } from "../../rule";

export const requireResourceRequests = objectRule({
    name: "require-resource-requests",
    displayName: "Parts of the mesh request CPU and memory",
    description:
        "Every container of istiod, ztunnel, the CNI agent, gateways and the operator requests CPU and memory.",
    why:
        "A pod without requests is the first that a full node starves or evicts. For istiod that stops " +
        "config and certificates, for ztunnel or the CNI agent all pods of the node, and an autoscaler " +
        "can't compute how busy a pod is that requests nothing.",
    severity: "medium",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Set requests.cpu and requests.memory: pilot.resources, cni.resources, resources of ztunnel and of " +
        "the gateway chart, operator.resources of Sail's.",
    url: "https://istio.io/latest/docs/ops/deployment/performance-and-scalability/",
    tags: ["resources", "availability"],
    controls: { nist: ["SC-5", "SC-6"] },
    judge: onWorkloads(function* ({ subject }, template) {
        const part = meshPodOf(template);
        if (part === undefined) return;
        for (const { name = "", resources } of template.spec?.containers ?? []) {
            const missing = ["cpu", "memory"].filter(
                (resource) => resources?.requests?.[resource] === undefined,
            );
            if (missing.length > 0) {
                yield (
                    `${subject} runs "${name}" of ${part} without a request for ${missing.join(" and ")}; ` +
                    `set ${missing.map((resource) => `resources.requests.${resource}`).join(" and ")}.`
                );
            }
        }
    }),
});
