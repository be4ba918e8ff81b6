import { texts } from "../../config";
import type { RouteKind } from "../../destinations";
import type { Found, Stack } from "../../found";
import { namespacesMadeBy } from "../../hosts";
import { type Finding, stackRule } from "../../rule";

function* judgeRoute(
    route: Found<RouteKind>,
    external: readonly string[],
    stack: Stack,
): Generator<Finding> {
    const { subject, object } = route;
    for (const parent of object.spec?.parentRefs ?? []) {
        const { kind = "Gateway", namespace = route.namespace, sectionName, port } = parent;
        if (kind !== "Gateway") continue;
        const name = `${namespace}/${parent.name ?? ""}`;
        if (external.includes(name)) continue;
        const gateway = stack.in("gateway", namespace).find((found) => found.name === name);
        if (!gateway) {
            if (!stack.view(namespacesMadeBy).has(namespace)) continue;
            yield (
                `${subject} attaches to Gateway "${name}", but the stack makes namespace "${namespace}" and no such ` +
                `Gateway; correct the name, or list it in this rule's "external" (KIA1401).`
            );
            continue;
        }
        const listeners = gateway.object.spec?.listeners ?? [];
        const found = listeners.some(
            (listener) =>
                (sectionName === undefined || listener.name === sectionName) &&
                (port === undefined || listener.port === port),
        );
        if (!found) {
            const wanted = sectionName === undefined ? `port ${port}` : `listener "${sectionName}"`;
            const known = listeners.map((listener) => `"${listener.name}"`).join(", ");
            yield (
                `${subject} attaches to ${wanted} of ${gateway.subject}, which has ${known}; correct the ` +
                "parentRef (KIA1401)."
            );
        }
    }
}

export const requireKnownGateways = stackRule({
    name: "require-known-gateways",
    displayName: "Routes attach to gateways that exist",
    description:
        "Every gateway that a VirtualService or route names is in the stack, with the listener it names.",
    why:
        "A route that names a gateway nobody makes is accepted and never served. Judged are gateways in " +
        "namespaces that the stack makes.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Write <namespace>/<name> of the Gateway (a bare name is in the route's own namespace), or list it in " +
        "external if another program makes it.",
    url: "https://istio.io/latest/docs/reference/config/analysis/ist0101/",
    tags: ["traffic", "gateways", "virtual-services", "routes"],
    config: {
        external: texts("Gateways that are made elsewhere, as `namespace/name`.", []),
    },
    reads: ["istioGateway", "gateway", "namespace"],
    judge: {
        *virtualService({ subject, namespace, object }, { external }, stack) {
            for (const gateway of object.spec?.gateways ?? []) {
                if (gateway === "mesh") continue;
                const name = gateway.includes("/") ? gateway : `${namespace}/${gateway}`;
                const [where = ""] = name.split("/");
                if (external.includes(name) || !stack.view(namespacesMadeBy).has(where)) continue;
                if (stack.in("istioGateway", where).some((found) => found.name === name)) continue;
                yield (
                    `${subject} is for gateway "${gateway}", but the stack makes namespace "${where}" and no Gateway ` +
                    `of networking.istio.io "${name}"; correct the name, or list it in this rule's "external" ` +
                    "(IST0101, KIA1102)."
                );
            }
        },
        httpRoute: (found, { external }, stack) => judgeRoute(found, external, stack),
        grpcRoute: (found, { external }, stack) => judgeRoute(found, external, stack),
        tlsRoute: (found, { external }, stack) => judgeRoute(found, external, stack),
        tcpRoute: (found, { external }, stack) => judgeRoute(found, external, stack),
    },
});
