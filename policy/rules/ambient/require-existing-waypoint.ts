import { texts, type Values } from "../../config";
import {
    CANARY_NAMESPACE,
    USE_CANARY,
    USE_WAYPOINT,
    WAYPOINT_NAMESPACE,
    waypointIn,
} from "../../data-planes";
import type { Found, Stack } from "../../found";
import { stackRule } from "../../rule";
import { selects } from "../../selectors";

/** Classes whose Gateways are waypoints. */
const classes = ["istio-waypoint", "istio-agentgateway-waypoint", "istio-remote"];

const config = {
    elsewhere: texts("Waypoints that another stack makes, as namespace/name.", []),
};

/** Whether a waypoint serves objects of another namespace. */
function admits({ object }: Found<"gateway">, namespace: string, stack: Stack): boolean {
    const home = stack.all("namespace").find(({ shortName }) => shortName === namespace);
    const labels = {
        "kubernetes.io/metadata.name": namespace,
        ...home?.object.metadata?.labels,
    };
    return (object.spec?.listeners ?? []).some(({ allowedRoutes }) => {
        const { from, selector } = allowedRoutes?.namespaces ?? {};
        return from === "All" || (from === "Selector" && selects(selector, labels));
    });
}

type User = Found<"namespace"> | Found<"service"> | Found<"serviceEntry">;

/** Labels that name a waypoint, and its namespace where it is another one's. */
const KEYS: readonly [use: string, elsewhere: string][] = [
    [USE_WAYPOINT, WAYPOINT_NAMESPACE],
    [USE_CANARY, CANARY_NAMESPACE],
];

function* judge(found: User, home: string, values: Values<typeof config>, stack: Stack) {
    for (const keys of KEYS) yield* judgeOne(found, keys, home, values, stack);
}

function* judgeOne(
    { subject, object: { metadata } }: User,
    [use, namespaceKey]: readonly [use: string, elsewhere: string],
    home: string,
    { elsewhere }: Values<typeof config>,
    stack: Stack,
) {
    const waypoint = waypointIn(metadata?.labels, home, [use, namespaceKey]);
    if (!waypoint) return;
    const name = `${waypoint.namespace}/${waypoint.name}`;
    if (elsewhere.includes(name)) return;
    const gateway = stack.all("gateway").find((found) => found.name === name);
    if (!gateway) {
        const there = stack
            .all("gateway")
            .filter(({ object }) => classes.includes(object.spec?.gatewayClassName ?? ""))
            .map((found) => `"${found.name}"`);
        yield (
            `${subject} has ${use}=${waypoint.name}, but this stack has no Gateway "${name}", so no waypoint ` +
            `judges its requests; ${there.length > 0 ? `there are ${there.join(", ")}` : "add it"}` +
            `${waypoint.namespace === home ? `, or set ${namespaceKey}` : ""}.`
        );
        return;
    }
    const { gatewayClassName = "" } = gateway.object.spec ?? {};
    if (!classes.includes(gatewayClassName)) {
        yield (
            `${subject} has ${use}=${waypoint.name}, but ${gateway.subject} is of class ` +
            `"${gatewayClassName}", which is no waypoint; set gatewayClassName to istio-waypoint.`
        );
    }
    if (waypoint.namespace !== home && !admits(gateway, home, stack)) {
        yield (
            `${subject} uses ${gateway.subject}, which admits no objects of namespace "${home}"; set ` +
            "allowedRoutes.namespaces.from of its listener to All, or to a Selector that takes it."
        );
    }
}

export const requireExistingWaypoint = stackRule({
    name: "require-existing-waypoint",
    displayName: "Waypoints that are used exist",
    description:
        "Every waypoint that a namespace, Service or ServiceEntry uses exists, and admits it.",
    why:
        "With a label that names no waypoint, ztunnel sends requests straight to the pods: nothing " +
        "fails, and no L7 policy, route or retry is applied. The same holds for a Gateway of another " +
        "class, and for a waypoint of another namespace that doesn't admit this one.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Make the waypoint's Gateway beside its namespace, correct the label, or list in `elsewhere` a " +
        "waypoint that another stack makes.",
    url: "https://istio.io/latest/docs/ambient/usage/waypoint/",
    tags: ["ambient", "waypoints"],
    controls: { nist: ["AC-4"] },
    config,
    reads: ["gateway"],
    judge: {
        namespace: (found, values, stack) => judge(found, found.shortName, values, stack),
        service: (found, values, stack) => judge(found, found.namespace, values, stack),
        serviceEntry: (found, values, stack) => judge(found, found.namespace, values, stack),
    },
});
