import { onlyServiceOf } from "../../destinations";
import { podsByNamespace } from "../../pods";
import { stackRule } from "../../rule";
import { carries } from "../../selectors";

/** Labels that Istio adds to endpoints by itself, so that no pod's template has them. */
function isOwn(label: string): boolean {
    return label.startsWith("topology.") || label.startsWith("kubernetes.io/");
}

export const requireSubsetWorkloads = stackRule({
    name: "require-subset-workloads",
    displayName: "Every subset has pods",
    description:
        "The labels of a DestinationRule's subset are those of pods that the Service selects.",
    why:
        "A subset whose labels no pod has is an empty cluster: what is routed to it answers 503. The labels " +
        "are the pods', in addition to the Service's selector. Judged where the stack has the Service and " +
        "some of its pods.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Label the pods (spec.template.metadata.labels), or correct the subset's labels.",
    url: "https://istio.io/latest/docs/reference/config/analysis/ist0173/",
    tags: ["traffic", "destination-rules"],
    reads: [
        "service",
        "serviceEntry",
        "namespace",
        "pod",
        "deployment",
        "statefulSet",
        "daemonSet",
        "replicaSet",
        "job",
        "cronJob",
    ],
    judge: {
        *destinationRule({ subject, namespace, object }, _, stack) {
            const subsets = object.spec?.subsets ?? [];
            if (subsets.length === 0) return;
            const service = onlyServiceOf(object.spec?.host ?? "", namespace, stack);
            const selector = service?.object.spec?.selector;
            if (!service || !selector) return;
            const pods = stack.view(podsByNamespace).get(service.namespace) ?? [];
            const labels = pods
                .map(({ template }) => template.metadata?.labels ?? {})
                .filter((all) => carries(all, selector));
            if (labels.length === 0) return;
            for (const { name, labels: wanted = {} } of subsets) {
                const judged = Object.fromEntries(
                    Object.entries(wanted).filter(([label]) => !isOwn(label)),
                );
                if (labels.some((all) => carries(all, judged))) continue;
                const pairs = Object.entries(judged)
                    .map(([key, value]) => `${key}=${value}`)
                    .join(",");
                yield (
                    `${subject} has subset "${name}" for ${pairs}, which no pod of ${service.subject} has; label ` +
                    "the pods, or correct the subset (IST0173, KIA0203)."
                );
            }
        },
    },
});
