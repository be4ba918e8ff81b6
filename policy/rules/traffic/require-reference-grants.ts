import { backendsOf, type RouteKind } from "../../destinations";
import type { Found, Stack } from "../../found";
import { namespacesMadeBy } from "../../hosts";
import { kinds } from "../../kinds";
import { type Finding, stackRule } from "../../rule";

/** What an object of another namespace wants to use. */
interface Wanted {
    readonly group: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace: string;
}

/** Whether a ReferenceGrant beside what is wanted lets the kind of object in. */
function isGranted(by: Found, wanted: Wanted, stack: Stack): boolean {
    return stack.in("referenceGrant", wanted.namespace).some(({ object }) => {
        const { from = [], to = [] } = object.spec ?? {};
        const { group, kind } = kinds[by.kind];
        return (
            from.some(
                (one) => one.group === group && one.kind === kind && one.namespace === by.namespace,
            ) &&
            to.some(
                (one) =>
                    (one.group ?? "") === wanted.group &&
                    one.kind === wanted.kind &&
                    (one.name === undefined || one.name === wanted.name),
            )
        );
    });
}

function* judge(by: Found, place: string, wanted: Wanted, stack: Stack): Generator<Finding> {
    if (wanted.namespace === by.namespace || !stack.view(namespacesMadeBy).has(wanted.namespace))
        return;
    if (isGranted(by, wanted, stack)) return;
    const { kind } = kinds[by.kind];
    yield (
        `${by.subject} uses ${wanted.kind} "${wanted.namespace}/${wanted.name}" in ${place}, but no ReferenceGrant in ` +
        `namespace "${wanted.namespace}" lets a ${kind} of "${by.namespace}" do so; add one (KIA1402).`
    );
}

function* judgeRoute(found: Found<RouteKind>, stack: Stack): Generator<Finding> {
    for (const { place, ref } of backendsOf(found.object)) {
        const { group = "", kind = "Service", name = "", namespace = found.namespace } = ref;
        yield* judge(found, place, { group, kind, name, namespace }, stack);
    }
}

export const requireReferenceGrants = stackRule({
    name: "require-reference-grants",
    displayName: "What is used across namespaces is granted",
    description:
        "Every backend or certificate of another namespace has a ReferenceGrant there that allows it.",
    why:
        "The Gateway API takes objects of other namespaces only where their owner says so. Without a grant the " +
        "route answers 500, and a listener stays closed. Judged are namespaces that the stack makes; grants of " +
        "others are their owners'.",
    severity: "medium",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Add a ReferenceGrant in the namespace of what is used: from the kind and namespace of the user, to " +
        "the kind, and the name if it is only one.",
    url: "https://gateway-api.sigs.k8s.io/api-types/referencegrant/",
    tags: ["traffic", "gateways", "routes"],
    controls: { nist: ["AC-4"] },
    reads: ["referenceGrant", "namespace"],
    judge: {
        httpRoute: (found, _, stack) => judgeRoute(found, stack),
        grpcRoute: (found, _, stack) => judgeRoute(found, stack),
        tlsRoute: (found, _, stack) => judgeRoute(found, stack),
        tcpRoute: (found, _, stack) => judgeRoute(found, stack),
        *gateway(found, _, stack) {
            for (const [index, { tls }] of (found.object.spec?.listeners ?? []).entries()) {
                for (const ref of tls?.certificateRefs ?? []) {
                    const {
                        group = "",
                        kind = "Secret",
                        name = "",
                        namespace = found.namespace,
                    } = ref;
                    const place = `spec.listeners[${index}].tls`;
                    yield* judge(found, place, { group, kind, name, namespace }, stack);
                }
            }
        },
    },
});
