import type { HttpRoute, VirtualService } from "../../kinds/istio-networking";
import { type Finding, objectRule } from "../../rule";

type Spec = NonNullable<VirtualService["spec"]>;

/** What an HTTP route does with a request; it may do one of these. */
function actionsOf({ route = [], redirect, directResponse, delegate }: HttpRoute): string[] {
    return [
        ...(route.length > 0 ? ["route"] : []),
        ...(redirect ? ["redirect"] : []),
        ...(directResponse ? ["directResponse"] : []),
        ...(delegate ? ["delegate"] : []),
    ];
}

function* judgeWeights(subject: string, spec: Spec): Generator<Finding> {
    for (const key of ["http", "tls", "tcp"] as const) {
        for (const [index, { route = [] }] of (spec[key] ?? []).entries()) {
            const weights = route.map(({ weight }) => weight);
            const place = `spec.${key}[${index}]`;
            const negative = weights.find((weight) => (weight ?? 0) < 0);
            if (negative !== undefined) {
                yield `${subject} has weight ${negative} in ${place}, so istiod refuses it; set 0 or more (IST0106).`;
            } else if (weights.length > 1 && weights.every((weight) => (weight ?? 0) === 0)) {
                yield (
                    `${subject} has no weight above 0 in ${place}, so istiod refuses it; give one of the ` +
                    `${weights.length} destinations a weight (IST0106).`
                );
            }
        }
    }
}

export const requireServableRoutes = objectRule({
    name: "require-servable-routes",
    displayName: "Every VirtualService does something with a request",
    description:
        "Every VirtualService has hosts and routes, each with one thing to do and a weight above 0.",
    why:
        "istiod refuses these objects when they are applied, in the middle of an update; in a cluster whose " +
        "webhook is away they are accepted, and dropped later.",
    severity: "medium",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Complete the route: hosts, one of route, redirect, directResponse or delegate, and weights.",
    url: "https://istio.io/latest/docs/reference/config/networking/virtual-service/",
    tags: ["traffic", "virtual-services"],
    judge: {
        *virtualService({ subject, object: { spec = {} } }) {
            const { hosts = [], http = [], tls = [], tcp = [], gateways = ["mesh"] } = spec;
            if (http.length + tls.length + tcp.length === 0) {
                yield `${subject} has no http, tls or tcp routes, so istiod refuses it; add one (IST0106).`;
            }
            if (hosts.includes("*") && gateways.includes("mesh")) {
                yield (
                    `${subject} is for host "*" in the mesh, which istiod refuses; name the hosts, or a gateway in ` +
                    "spec.gateways (IST0106)."
                );
            }
            const again = hosts.find((host, index) => hosts.indexOf(host) !== index);
            if (again !== undefined) {
                yield `${subject} has host "${again}" twice, so istiod refuses it; remove one (IST0106).`;
            }
            for (const [index, route] of http.entries()) {
                const actions = actionsOf(route);
                if (actions.length === 0) {
                    yield (
                        `${subject} does nothing in spec.http[${index}]; set one of route, redirect, directResponse ` +
                        "or delegate (IST0106)."
                    );
                } else if (actions.length > 1) {
                    yield `${subject} has ${actions.join(" and ")} in spec.http[${index}]; keep one (IST0106).`;
                }
            }
            yield* judgeWeights(subject, spec);
        },
    },
});
