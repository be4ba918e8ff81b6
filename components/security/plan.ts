import type { DataPlane, NamespaceSettings, Settings } from "../../settings/schema";
import type { Manifest } from "../kinds";
import { dataPlaneOf, ISTIO_SYSTEM } from "../plan/namespaces";
import { waypointOf, waypointsIn } from "../plan/waypoints";
import { authorizationPolicy, requestAuthentication, type Enforcer } from "./authorization";
import { serviceEntry } from "./egress";
import { defaultDeny, peerAuthentication, sidecarScope } from "./namespace-policies";

/** What a mesh's security is planned from. */
export type SecurityInput = Pick<Settings, "security" | "namespaces" | "dataPlane"> &
    Partial<Pick<Settings, "waypoints">>;

/** Who enforces the policies of a namespace, or of one service in it. */
export function enforcerIn(
    name: string,
    input: Omit<SecurityInput, "security">,
    service?: string,
): Enforcer {
    const served = input.namespaces.find((namespace) => namespace.name === name);
    const waypoint = waypointOf({ namespace: name, service }, input);
    return enforcerOf(dataPlaneOf(served ?? {}, input.dataPlane), waypoint !== undefined);
}

/** Who enforces policies on a data plane. */
export function enforcerOf(dataPlane: DataPlane | "none", waypoint: boolean): Enforcer {
    if (dataPlane !== "ambient") {
        return "sidecar";
    }
    return waypoint ? "waypoint" : "ztunnel";
}

/** The objects that a namespace's own settings come to. */
export function namespacePolicies(
    {
        name,
        mtls,
        defaultDeny: denied,
        sidecarScope: scope,
    }: Pick<NamespaceSettings, "name" | "mtls" | "defaultDeny" | "sidecarScope">,
    enforcer: Enforcer,
    waypoints?: readonly string[],
): readonly Manifest[] {
    return [
        ...(mtls === undefined ? [] : [peerAuthentication(name, mtls)]),
        ...(denied ? defaultDeny(name, enforcer, waypoints) : []),
        ...(scope === undefined ? [] : [sidecarScope(name, [".", ISTIO_SYSTEM, ...scope])]),
    ];
}

/** The objects that the section `security` comes to. */
export function securityPlan(input: SecurityInput): readonly Manifest[] {
    const { security } = input;
    const told = ({ namespace, service }: { namespace: string; service?: string | undefined }) =>
        [enforcerIn(namespace, input, service), waypointsIn(namespace, input)] as const;
    return [
        ...(security.mtls === undefined ? [] : [peerAuthentication(ISTIO_SYSTEM, security.mtls)]),
        ...security.authentication.flatMap((one) => requestAuthentication(one, ...told(one))),
        ...security.authorization.map((one) => authorizationPolicy(one, ...told(one))),
        // Those by an egress gateway are made beside it.
        ...security.egress.flatMap((one) => (one.gateway === undefined ? [serviceEntry(one)] : [])),
    ];
}
