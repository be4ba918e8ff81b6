import type { Stack } from "../../found";
import { DATAPLANE_MODE, dataPlanesOf, INJECT, INJECTION, REVISION } from "../../data-planes";
import { meshPodOf } from "../../mesh-pods";
import { onWorkloads } from "../../pods";
import { stackRule } from "../../rule";

export const forbidIneffectivePodLabels = stackRule({
    name: "forbid-ineffective-pod-labels",
    displayName: "Data plane labels of pods have an effect",
    description: "No pod has a data plane label that its namespace's labels make ineffective.",
    why:
        "A namespace's labels decide which webhook asks at all: in a namespace with istio-injection=disabled " +
        "no pod can opt in, and in one with any injection label the revision of a pod is ignored. A pod " +
        "that carries both kinds gets the sidecar. The pod runs, but not as its labels say.",
    severity: "medium",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Remove the pod's label, or the namespace's label that hides it, so that one of them decides.",
    url: "https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#controlling-the-injection-policy",
    tags: ["injection", "ambient"],
    reads: ["namespace"],
    judge: onWorkloads(function* ({ subject, namespace }, template, _config: object, stack: Stack) {
        const plane = stack.view(dataPlanesOf).get(namespace);
        if (!plane || meshPodOf(template) !== undefined) return;
        const labels = plane.found.object.metadata?.labels ?? {};
        const pod = template.metadata?.labels ?? {};
        const revision = pod[REVISION];
        if (pod[INJECT] === "true" && labels[INJECTION] === "disabled") {
            yield (
                `${subject} asks for a sidecar by ${INJECT}="true", but namespace "${namespace}" has ` +
                `${INJECTION}=disabled, so it gets none; remove one of the two.`
            );
        }
        if (revision !== undefined) {
            const decides = [INJECTION, REVISION].find((key) => labels[key] !== undefined);
            if (decides !== undefined && !(decides === REVISION && labels[REVISION] === revision)) {
                yield (
                    `${subject} asks for ${REVISION}=${revision}, but namespace "${namespace}" has ` +
                    `${decides}=${labels[decides] ?? ""}, which decides alone; remove one of the two.`
                );
            }
        }
        if (
            pod[DATAPLANE_MODE] === "ambient" &&
            plane.mode === "sidecar" &&
            pod[INJECT] !== "false"
        ) {
            yield (
                `${subject} asks for ambient by ${DATAPLANE_MODE}=ambient, but namespace "${namespace}" ` +
                `injects a sidecar, which wins; add ${INJECT}="false" or remove the label.`
            );
        }
    }),
});
