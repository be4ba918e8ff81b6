import type { Stack } from "../../found";
import { gatewayPodsOf } from "../../gateway-workloads";
import type { VirtualService } from "../../kinds/istio-networking";
import { holdsFor, policiesNear, rootNamespacesOf, targetsOf } from "../../policy-scope";
import type { Pods } from "../../pods";
import { stackRule } from "../../rule";

/** Headers that stand for claims of a verified token: `@request.auth.claims.group`. */
const CLAIM = /^@request\.auth\.claims[.[]/;

/** The first claim that a route is chosen by, and where. */
function claimIn({ spec }: VirtualService): { claim: string; place: string } | undefined {
    for (const [index, { match = [] }] of (spec?.http ?? []).entries()) {
        for (const { headers = {}, withoutHeaders = {} } of match) {
            const claim = [...Object.keys(headers), ...Object.keys(withoutHeaders)].find((name) =>
                CLAIM.test(name),
            );
            if (claim !== undefined) return { claim, place: `spec.http[${index}].match` };
        }
    }
    return undefined;
}

/** Whether some RequestAuthentication verifies tokens for the pods. */
function verifies({ found, template }: Pods, stack: Stack): boolean {
    const roots = stack.view(rootNamespacesOf);
    const workload = { namespace: found.namespace, labels: template.metadata?.labels ?? {} };
    return policiesNear("requestAuthentication", found.namespace, stack).some(
        (policy) =>
            holdsFor(policy, policy.object.spec, workload, roots) ||
            // By target: to follow it isn't needed to know that someone thought of the gateway.
            (policy.namespace === found.namespace && targetsOf(policy.object.spec).length > 0),
    );
}

export const forbidUnverifiedJwtRouting = stackRule({
    name: "forbid-unverified-jwt-routing",
    displayName: "Routes by claims rely on verified tokens",
    description:
        "A VirtualService that routes by a token's claims has a RequestAuthentication at its gateway.",
    why:
        "Claims exist only after a RequestAuthentication has verified the token at the gateway: without one the " +
        "match never holds, and requests take the route that was meant for strangers. In sidecars " +
        "(gateway mesh) claims can't be matched at all.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Add a RequestAuthentication for the gateway's pods, and take the mesh gateway from the VirtualService.",
    url: "https://istio.io/latest/docs/reference/config/analysis/ist0149/",
    tags: ["authorization", "jwt", "virtual-services"],
    controls: { nist: ["AC-3", "IA-5"] },
    reads: [
        "requestAuthentication",
        "istioGateway",
        "pod",
        "deployment",
        "statefulSet",
        "daemonSet",
        "replicaSet",
        "job",
        "cronJob",
        "istio",
        "configMap",
    ],
    judge: {
        *virtualService({ subject, namespace, object }, _, stack) {
            const routed = claimIn(object);
            if (!routed) return;
            const { claim, place } = routed;
            const gateways = object.spec?.gateways ?? ["mesh"];
            for (const gateway of gateways) {
                if (gateway === "mesh") {
                    yield (
                        `${subject} matches "${claim}" in ${place} for the mesh gateway, where claims can't be ` +
                        "matched; route by claims at a gateway only."
                    );
                    continue;
                }
                const name = gateway.includes("/") ? gateway : `${namespace}/${gateway}`;
                for (const [found, pods] of stack.view(gatewayPodsOf)) {
                    if (found.name !== name) continue;
                    const unverified = pods.find((pod) => !verifies(pod, stack));
                    if (!unverified) continue;
                    yield (
                        `${subject} matches "${claim}" in ${place}, but no RequestAuthentication verifies tokens ` +
                        `at ${unverified.found.subject} of ${found.subject}; add one for its pods (IST0149).`
                    );
                }
            }
        },
    },
});
