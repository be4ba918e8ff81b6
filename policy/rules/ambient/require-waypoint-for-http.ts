import { dataPlanesOf, waypointIn } from "../../data-planes";
import type { Found, Stack } from "../../found";
import { targetsOf } from "../../policy-scope";
import { stackRule } from "../../rule";

type Http =
    | Found<"authorizationPolicy">
    | Found<"requestAuthentication">
    | Found<"wasmPlugin">
    | Found<"virtualService">;

/** Whether a namespace in ambient, or the Service, goes through a waypoint. */
function hasWaypoint(namespace: string, service: string | undefined, stack: Stack): boolean {
    const found = stack
        .all("service")
        .find((one) => one.namespace === namespace && one.shortName === service);
    return (
        stack.view(dataPlanesOf).get(namespace)?.waypoint !== undefined ||
        waypointIn(found?.object.metadata?.labels, namespace) !== undefined
    );
}

/** What an object has no waypoint for, as a message says it. */
function lacking(
    { namespace }: Http,
    services: readonly string[],
    stack: Stack,
): string | undefined {
    if (stack.view(dataPlanesOf).get(namespace)?.mode !== "ambient") return undefined;
    const without = services.filter((service) => !hasWaypoint(namespace, service, stack));
    if (services.length > 0) {
        return without.length > 0
            ? `Service ${without.map((name) => `"${namespace}/${name}"`).join(", ")}`
            : undefined;
    }
    return hasWaypoint(namespace, undefined, stack) ? undefined : `namespace "${namespace}"`;
}

function* judgePolicy(
    found: Exclude<Http, Found<"virtualService">>,
    _config: object,
    stack: Stack,
) {
    const targets = targetsOf(found.object.spec);
    const services = targets.flatMap(({ kind, name = "" }) => (kind === "Service" ? [name] : []));
    // A policy for a Gateway is the Gateway's own; one for ztunnel is another rule's matter.
    if (targets.length > 0 && services.length === 0) return;
    if (found.kind === "authorizationPolicy" && targets.length === 0) return;
    const what = lacking(found, services, stack);
    if (what !== undefined) {
        yield (
            `${found.subject} holds for ${what}, which is in ambient without a waypoint, so nothing applies it; ` +
            "add a waypoint and the label istio.io/use-waypoint."
        );
    }
}

export const requireWaypointForHttp = stackRule({
    name: "require-waypoint-for-http",
    displayName: "What is about HTTP has a waypoint",
    description: "Every policy and route about requests in ambient has a waypoint that applies it.",
    why:
        "ztunnel carries bytes and knows no requests. RequestAuthentication, WasmPlugin, VirtualService and " +
        "policies for a Service are applied by a waypoint alone: without one they are accepted, look " +
        "right in every listing, and do nothing.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Make a waypoint for the namespace, and label the namespace or Service istio.io/use-waypoint with " +
        "its name.",
    url: "https://istio.io/latest/docs/ambient/usage/waypoint/",
    tags: ["ambient", "waypoints", "authorization"],
    controls: { nist: ["AC-3", "AC-4"] },
    reads: ["namespace", "service"],
    judge: {
        authorizationPolicy: judgePolicy,
        requestAuthentication: judgePolicy,
        wasmPlugin: judgePolicy,
        *virtualService(found, _config, stack) {
            const { gateways = ["mesh"], hosts = [] } = found.object.spec ?? {};
            if (!gateways.includes("mesh")) return;
            const services = hosts.flatMap((host) =>
                stack
                    .all("service")
                    .filter(
                        ({ namespace, shortName }) =>
                            [shortName, `${shortName}.${namespace}.svc.cluster.local`].includes(
                                host,
                            ) && namespace === found.namespace,
                    )
                    .map(({ shortName }) => shortName),
            );
            if (services.length === 0) return;
            const what = lacking(found, services, stack);
            if (what !== undefined) {
                yield (
                    `${found.subject} routes to ${what}, which is in ambient without a waypoint, so nothing ` +
                    "applies it; add a waypoint and the label istio.io/use-waypoint."
                );
            }
        },
    },
});
