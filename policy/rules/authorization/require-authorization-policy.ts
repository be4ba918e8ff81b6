import { dataPlanesOf, injectionOf } from "../../data-planes";
import type { Found, Stack } from "../../found";
import { carries } from "../../selectors";
import type { PodTemplate } from "../../kinds/kubernetes";
import { templateOf, type WorkloadKind } from "../../pods";
import { holdsFor, policiesNear, rootNamespacesOf, targetsOf } from "../../policy-scope";
import { type Finding, stackRule } from "../../rule";

/** Whether some policy's targetRefs lead to the pods: a Service that selects them, or the waypoint's Gateway. */
function isTargeted(found: Found, labels: Record<string, string>, stack: Stack): boolean {
    const waypoint = stack.view(dataPlanesOf).get(found.namespace)?.waypoint;
    const near = (namespace: string) =>
        stack
            .in("authorizationPolicy", namespace)
            .flatMap(({ object: { spec } }) => targetsOf(spec));
    if (waypoint) {
        const targets = near(waypoint.namespace);
        if (targets.some(({ kind, name }) => kind === "Gateway" && name === waypoint.name)) {
            return true;
        }
    }
    return near(found.namespace).some(({ kind, name }) => {
        const service = stack
            .in("service", found.namespace)
            .find((one) => kind === "Service" && one.shortName === name);
        const selector = service?.object.spec?.selector;
        return selector !== undefined && carries(labels, selector);
    });
}

function* judge(
    found: Found<WorkloadKind>,
    template: PodTemplate,
    stack: Stack,
): Generator<Finding> {
    const plane = stack.view(dataPlanesOf).get(found.namespace);
    if (!plane || plane.mode === "none" || injectionOf(template.metadata) === "false") return;
    // A gateway is there to be called; what it may pass on is up to routes.
    if (template.metadata?.annotations?.["inject.istio.io/templates"]?.includes("gateway")) return;
    const labels = template.metadata?.labels ?? {};
    const roots = stack.view(rootNamespacesOf);
    const workload = { namespace: found.namespace, labels };
    const covered =
        policiesNear("authorizationPolicy", found.namespace, stack).some((policy) =>
            holdsFor(policy, policy.object.spec, workload, roots),
        ) || isTargeted(found, labels, stack);
    if (!covered) {
        yield (
            `${found.subject} takes requests from everyone in the mesh: no AuthorizationPolicy holds for its ` +
            "pods; add one in its namespace that says who may call (KIA1301)."
        );
    }
}

export const requireAuthorizationPolicy = stackRule({
    name: "require-authorization-policy",
    displayName: "A policy says who may call each workload",
    description: "Every workload of a served namespace is covered by some AuthorizationPolicy.",
    why:
        "A workload that no policy holds for takes every request from everyone who reaches it: mutual TLS " +
        "says who calls, not who may. Gateways aren't judged, nor are namespaces that the stack doesn't make.",
    severity: "medium",
    enforcementLevel: "advisory",
    remediationSteps:
        "Add an AuthorizationPolicy for the workload, its namespace or the mesh: by selector for sidecars and " +
        "ztunnel, by targetRefs for what goes through a waypoint.",
    url: "https://kiali.io/docs/features/validations/",
    tags: ["authorization", "security", "workloads"],
    controls: { nist: ["AC-3", "AC-4"], pci: ["7.2.5"] },
    reads: ["authorizationPolicy", "namespace", "service", "istio", "configMap"],
    judge: {
        deployment: (found, _, stack) => judge(found, templateOf(found), stack),
        statefulSet: (found, _, stack) => judge(found, templateOf(found), stack),
        daemonSet: (found, _, stack) => judge(found, templateOf(found), stack),
    },
});
