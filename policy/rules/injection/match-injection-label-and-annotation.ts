import { INJECT } from "../../data-planes";
import { meshPodOf } from "../../mesh-pods";
import { onWorkloads } from "../../pods";
import { objectRule } from "../../rule";

export const matchInjectionLabelAndAnnotation = objectRule({
    name: "match-injection-label-and-annotation",
    displayName: "Pods choose injection by one label",
    description:
        'Pods choose injection by the label sidecar.istio.io/inject alone, as "true" or "false".',
    why:
        "The API server asks the injector by label only; the annotation of the same name is older and is " +
        "read only once it was asked. So an annotation alone can't opt a pod in, and beside a label that " +
        "says otherwise it lies to every reader. Any other text counts as not set.",
    severity: "medium",
    enforcementLevel: "mandatory",
    remediationSteps: `Set the label ${INJECT} to "true" or "false" on the pods, and remove the annotation.`,
    url: "https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#controlling-the-injection-policy",
    tags: ["injection", "sidecars"],
    judge: onWorkloads(function* ({ subject }, template) {
        // The node agents' charts have both, alike.
        if (meshPodOf(template) !== undefined) return;
        const { labels, annotations } = template.metadata ?? {};
        const label = labels?.[INJECT];
        const annotation = annotations?.[INJECT];
        if (label !== undefined && label !== "true" && label !== "false") {
            yield `${subject} has the label ${INJECT}="${label}", which counts as not set; set it to "true" or "false".`;
        }
        if (annotation === undefined) return;
        if (label === undefined) {
            yield (
                `${subject} has ${INJECT}="${annotation}" as an annotation, which alone never calls the ` +
                "injector; make it a label (IST0135)."
            );
        } else if (label !== annotation) {
            yield (
                `${subject} has the label ${INJECT}="${label}" and the annotation "${annotation}": ` +
                "the label wins; remove the annotation."
            );
        }
    }),
});
