import type { Found, Stack } from "../../found";
import { hostMatches } from "../../hosts";
import { type Finding, stackRule } from "../../rule";

function overlap(one: string, other: string): boolean {
    return hostMatches(one, other) || hostMatches(other, one);
}

/** The hosts of a Gateway that a namespace may claim: `shop/shop.example.com`, `./*`, `*.example.com`. */
function claimable({ namespace, object }: Found<"istioGateway">, by: string): string[] {
    return (object.spec?.servers ?? []).flatMap(({ hosts = [] }) =>
        hosts.flatMap((host) => {
            const slash = host.indexOf("/");
            if (slash < 0) return [host];
            const owner = host.slice(0, slash);
            const allowed = owner === "*" || owner === by || (owner === "." && by === namespace);
            return allowed ? [host.slice(slash + 1)] : [];
        }),
    );
}

function* judgeRoute(route: Found<"httpRoute" | "grpcRoute">, stack: Stack): Generator<Finding> {
    const hostnames = route.object.spec?.hostnames ?? [];
    if (hostnames.length === 0) return;
    for (const parent of route.object.spec?.parentRefs ?? []) {
        const { kind = "Gateway", namespace = route.namespace, sectionName, port } = parent;
        const gateway = stack
            .in("gateway", namespace)
            .find((found) => found.shortName === parent.name);
        if (kind !== "Gateway" || !gateway) continue;
        const listeners = (gateway.object.spec?.listeners ?? []).filter(
            (listener) =>
                (sectionName === undefined || listener.name === sectionName) &&
                (port === undefined || listener.port === port),
        );
        if (listeners.length === 0) continue;
        const taken = listeners.map(({ hostname = "*" }) => hostname);
        if (hostnames.some((host) => taken.some((one) => overlap(one, host)))) continue;
        yield (
            `${route.subject} is for ${hostnames.join(", ")}, but ${gateway.subject} takes ${taken.join(", ")}, so ` +
            "it serves nothing; add the host to a listener, or correct it."
        );
    }
}

export const requireHostsOfGateway = stackRule({
    name: "require-hosts-of-gateway",
    displayName: "Gateways take the hosts of their routes",
    description:
        "Every VirtualService and route at a gateway of the stack has a host that the gateway takes.",
    why:
        "A host that the gateway doesn't list, or lists for another namespace, is answered 404 there, while " +
        "the route looks right.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Add the host to the Gateway's servers, with the namespace of the VirtualService if it names one, or " +
        "to the listener; or correct the route's host.",
    url: "https://istio.io/latest/docs/reference/config/analysis/ist0132/",
    tags: ["traffic", "gateways", "virtual-services", "routes"],
    reads: ["istioGateway", "gateway"],
    judge: {
        *virtualService({ subject, namespace, object }, _, stack) {
            const hosts = object.spec?.hosts ?? [];
            for (const gateway of object.spec?.gateways ?? []) {
                const name = gateway.includes("/") ? gateway : `${namespace}/${gateway}`;
                const [where = ""] = name.split("/");
                const found = stack.in("istioGateway", where).find((one) => one.name === name);
                if (!found) continue;
                const taken = claimable(found, namespace);
                if (hosts.some((host) => taken.some((one) => overlap(one, host)))) continue;
                const given = taken.length === 0 ? "no host of this namespace" : taken.join(", ");
                yield (
                    `${subject} is for ${hosts.join(", ")}, but ${found.subject} takes ${given}, so it serves ` +
                    "nothing there; add the host to the Gateway, or correct it (IST0132)."
                );
            }
        },
        httpRoute: (found, _, stack) => judgeRoute(found, stack),
        grpcRoute: (found, _, stack) => judgeRoute(found, stack),
    },
});
