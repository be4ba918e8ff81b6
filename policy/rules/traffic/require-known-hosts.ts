import { texts } from "../../config";
import {
    backendsOf,
    destinationsOf,
    isMissing,
    type RouteKind,
    serviceOf,
} from "../../destinations";
import type { Found, Stack } from "../../found";
import { hostMatches } from "../../hosts";
import { type Finding, stackRule } from "../../rule";

function missing(subject: string, host: string, place: string, codes: string): string {
    return (
        `${subject} sends to "${host}" in ${place}, but the stack makes its namespace and no such Service; ` +
        `correct the name, or list it in this rule's "external" (${codes}).`
    );
}

function* judgeRoute(
    { subject, namespace, object }: Found<RouteKind>,
    external: readonly string[],
    stack: Stack,
): Generator<Finding> {
    for (const { place, ref } of backendsOf(object)) {
        const host = serviceOf(ref, namespace);
        if (host === undefined || external.some((pattern) => hostMatches(pattern, host))) continue;
        if (isMissing(host, namespace, stack))
            yield missing(subject, host, place, "IST0101, KIA1402");
    }
}

export const requireKnownHosts = stackRule({
    name: "require-known-hosts",
    displayName: "Routes lead to Services that exist",
    description:
        "Every destination in a namespace that the stack makes is a Service or ServiceEntry of the stack.",
    why:
        "A route to a host that Istio doesn't know answers 503, and a DestinationRule for one does nothing: a " +
        "misspelt name looks like a Service that isn't there yet. Hosts outside the cluster, and in namespaces " +
        "that another program makes, aren't judged: they may come from elsewhere.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Correct the host: a short name is looked up in the object's own namespace, another one's Service is " +
        "<service>.<namespace>.svc.cluster.local. List what another program adds to the namespace in external.",
    url: "https://istio.io/latest/docs/reference/config/analysis/ist0101/",
    tags: ["traffic", "virtual-services", "destination-rules", "routes"],
    config: {
        external: texts(
            "Hosts that are made elsewhere, in full (`cart.shop.svc.cluster.local`); `*.shop.svc.cluster.local` takes a whole namespace.",
            [],
        ),
    },
    reads: ["service", "serviceEntry", "namespace", "gateway"],
    judge: {
        *virtualService({ subject, namespace, object }, { external }, stack) {
            for (const { place, host } of destinationsOf(object)) {
                if (external.some((pattern) => hostMatches(pattern, host))) continue;
                if (isMissing(host, namespace, stack))
                    yield missing(subject, host, place, "IST0101, KIA1101");
            }
        },
        *destinationRule({ subject, namespace, object }, { external }, stack) {
            const host = object.spec?.host ?? "";
            if (external.some((pattern) => hostMatches(pattern, host))) return;
            if (isMissing(host, namespace, stack))
                yield missing(subject, host, "spec.host", "IST0174, KIA0202");
        },
        httpRoute: (found, { external }, stack) => judgeRoute(found, external, stack),
        grpcRoute: (found, { external }, stack) => judgeRoute(found, external, stack),
        tlsRoute: (found, { external }, stack) => judgeRoute(found, external, stack),
        tcpRoute: (found, { external }, stack) => judgeRoute(found, external, stack),
    },
});
