import { texts } from "../../config";
import type { Found, Stack } from "../../found";
import { grouped } from "../../grouped";
import { said } from "../../gateway-workloads";
import type { Listener } from "../../kinds/gateway-api";
import { stackRule } from "../../rule";

const PLAIN = ["HTTP", "HTTP2", "GRPC", "GRPC-WEB"];
/** Gateway classes of the mesh's inside, whose traffic is encrypted by HBONE. */
const inner = ["istio-waypoint", "istio-agentgateway-waypoint", "istio-east-west", "istio-remote"];

/** HTTPRoutes by the Gateways that they name. For `stack.view`. */
function routesByGateway(stack: Stack): ReadonlyMap<string, Found<"httpRoute">[]> {
    return grouped(
        stack.all("httpRoute"),
        ({ namespace: own, object }) =>
            new Set(
                (object.spec?.parentRefs ?? []).map(
                    ({ name, namespace = own }) => `${namespace}/${name ?? ""}`,
                ),
            ),
    );
}

/** HTTPRoutes that attach to a listener, by name, section and port. */
function routesOf(
    gateway: Found<"gateway">,
    listener: Listener,
    stack: Stack,
): Found<"httpRoute">[] {
    const routes = stack.view(routesByGateway).get(gateway.name) ?? [];
    return routes.filter((route) =>
        (route.object.spec?.parentRefs ?? []).some(
            ({ kind = "Gateway", name, namespace = route.namespace, sectionName, port }) =>
                kind === "Gateway" &&
                name === gateway.shortName &&
                namespace === gateway.namespace &&
                (sectionName === undefined || sectionName === listener.name) &&
                (port === undefined || port === listener.port),
        ),
    );
}

/** Whether a route does nothing but send to https. */
function redirects({ object: { spec } }: Found<"httpRoute">): boolean {
    const rules = spec?.rules ?? [];
    return (
        rules.length > 0 &&
        rules.every(({ filters = [] }) =>
            filters.some(
                ({ type, requestRedirect }) =>
                    type === "RequestRedirect" && requestRedirect?.scheme === "https",
            ),
        )
    );
}

export const requireHttps = stackRule({
    name: "require-https",
    displayName: "Gateways answer http by a redirect only",
    description: "What a gateway takes in plain HTTP it redirects to https.",
    why:
        "Whatever comes in over HTTP is read and changed by anyone on the way: cookies, tokens and what is " +
        "served. A port 80 that only redirects is fine. Gateways inside the mesh (waypoints, east-west) aren't " +
        "judged, and a listener without routes takes nothing.",
    severity: "high",
    enforcementLevel: "advisory",
    remediationSteps:
        "Set tls.httpsRedirect: true on the HTTP server and add one for HTTPS; with the Gateway API attach an " +
        "HTTPRoute to the HTTP listener (sectionName) with a RequestRedirect filter to scheme https, and all " +
        "others to the HTTPS listener.",
    url: "https://istio.io/latest/docs/tasks/traffic-management/ingress/secure-ingress/",
    tags: ["gateways", "tls", "security"],
    controls: { nist: ["SC-8", "SC-23"], pci: ["4.2.1"] },
    config: {
        internal: texts(
            "Gateways that only the mesh reaches, by label, such as those that let traffic out.",
            ["istio=egressgateway"],
        ),
    },
    reads: ["httpRoute"],
    judge: {
        *istioGateway({ subject, object: { spec } }, { internal }) {
            const selector = spec?.selector ?? {};
            if (
                said(selector)
                    .split(",")
                    .some((label) => internal.includes(label))
            )
                return;
            for (const [index, { port, tls, hosts = [] }] of (spec?.servers ?? []).entries()) {
                if (!PLAIN.includes((port?.protocol ?? "").toUpperCase())) continue;
                if (tls?.httpsRedirect === true) continue;
                yield (
                    `${subject} serves ${hosts.join(", ")} in plain HTTP on port ${port?.number}, in ` +
                    `spec.servers[${index}]; set tls.httpsRedirect: true and serve HTTPS.`
                );
            }
        },
        *gateway(found, { internal }, stack) {
            const { spec, metadata } = found.object;
            if (inner.includes(spec?.gatewayClassName ?? "")) return;
            const labels = { ...metadata?.labels, ...spec?.infrastructure?.labels };
            if (
                said(labels)
                    .split(",")
                    .some((label) => internal.includes(label))
            )
                return;
            for (const listener of spec?.listeners ?? []) {
                if (listener.protocol !== "HTTP") continue;
                for (const route of routesOf(found, listener, stack)) {
                    if (redirects(route)) continue;
                    yield (
                        `${found.subject} serves ${route.subject} in plain HTTP on listener ` +
                        `"${listener.name}"; attach it to an HTTPS listener by sectionName, and redirect here.`
                    );
                }
            }
        },
    },
});
