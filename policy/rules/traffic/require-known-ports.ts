import {
    backendsOf,
    destinationsOf,
    onlyServiceOf,
    type RouteKind,
    serviceOf,
} from "../../destinations";
import type { Found, Stack } from "../../found";
import { type Finding, stackRule } from "../../rule";

/** What is wrong with a destination's port; undefined if the Service has it, or needs none to be named. */
function problem(port: number | undefined, service: Found<"service">): string | undefined {
    const ports = (service.object.spec?.ports ?? []).map((one) => one.port);
    const known = ports.join(", ");
    if (port === undefined) {
        return ports.length > 1
            ? `names no port of ${service.subject}, which has several; set one of ${known} (IST0112)`
            : undefined;
    }
    return ports.length === 0 || ports.includes(port)
        ? undefined
        : `names port ${port}, which ${service.subject} doesn't have; set one of ${known} (IST0101)`;
}

function* judgeRoute(
    { subject, namespace, object }: Found<RouteKind>,
    stack: Stack,
): Generator<Finding> {
    for (const { place, ref } of backendsOf(object)) {
        const host = serviceOf(ref, namespace);
        const service = host === undefined ? undefined : onlyServiceOf(host, namespace, stack);
        const wrong = service && problem(ref.port, service);
        if (wrong !== undefined) yield `${subject} ${wrong}, in ${place}.`;
    }
}

export const requireKnownPorts = stackRule({
    name: "require-known-ports",
    displayName: "Routes lead to ports that Services have",
    description:
        "Every destination names a port of its Service, where the Service has more than one.",
    why:
        "A destination without a port on a Service with several is refused, and one with a port that isn't " +
        "there answers 503. The port is the Service's, not the pod's.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Set destination.port.number, or backendRefs[].port, to a port of the Service.",
    url: "https://istio.io/latest/docs/reference/config/analysis/ist0112/",
    tags: ["traffic", "virtual-services", "routes"],
    reads: ["service", "serviceEntry", "namespace"],
    judge: {
        *virtualService({ subject, namespace, object }, _, stack) {
            for (const { place, host, port } of destinationsOf(object)) {
                const service = onlyServiceOf(host, namespace, stack);
                const wrong = service && problem(port, service);
                if (wrong !== undefined) yield `${subject} ${wrong}, in ${place}.`;
            }
        },
        httpRoute: (found, _, stack) => judgeRoute(found, stack),
        grpcRoute: (found, _, stack) => judgeRoute(found, stack),
        tlsRoute: (found, _, stack) => judgeRoute(found, stack),
        tcpRoute: (found, _, stack) => judgeRoute(found, stack),
    },
});
