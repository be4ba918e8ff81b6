import type { DataPlane, NamespaceSettings, Settings } from "../../settings/schema";
import type { Manifest } from "../kinds";
import { dataPlaneOf, ISTIO_SYSTEM } from "../plan/namespaces";
import { authorizationPolicy, requestAuthentication, type Enforcer } from "./authorization";
import { serviceEntry } from "./egress";
import { defaultDeny, peerAuthentication, sidecarScope } from "./namespace-policies";

/** What a mesh's security is planned from. */
export type SecurityInput = Pick<Settings, "security" | "namespaces" | "dataPlane">;

/** Who enforces the policies of a namespace. */
export function enforcerIn(
    name: string,
    { namespaces, dataPlane }: Pick<SecurityInput, "namespaces" | "dataPlane">,
): Enforcer {
    const served = namespaces.find((namespace) => namespace.name === name);
    return enforcerOf(dataPlaneOf(served ?? {}, dataPlane), served?.waypoint === true);
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
): readonly Manifest[] {
    return [
        ...(mtls === undefined ? [] : [peerAuthentication(name, mtls)]),
        ...(denied ? defaultDeny(name, enforcer) : []),
        ...(scope === undefined ? [] : [sidecarScope(name, [".", ISTIO_SYSTEM, ...scope])]),
    ];
}

/** The objects that the section `security` comes to. */
export function securityPlan(input: SecurityInput): readonly Manifest[] {
    const { security } = input;
    const enforcer = (namespace: string) => enforcerIn(namespace, input);
    return [
        ...(security.mtls === undefined ? [] : [peerAuthentication(ISTIO_SYSTEM, security.mtls)]),
        ...security.authentication.flatMap((one) =>
            requestAuthentication(one, enforcer(one.namespace)),
        ),
        ...security.authorization.map((one) => authorizationPolicy(one, enforcer(one.namespace))),
        ...security.egress.map(serviceEntry),
    ];
}
