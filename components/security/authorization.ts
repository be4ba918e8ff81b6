import type { AuthenticationSettings, AuthorizationSettings } from "../../settings/security";
import type { AuthorizationPolicySpec, Manifest } from "../kinds";
import { WAYPOINT } from "../plan/namespaces";

type Rule = AuthorizationSettings["rules"][number];
type Target = Pick<AuthorizationPolicySpec, "selector" | "targetRefs">;

/** Who enforces the policies of a namespace. */
export type Enforcer = "sidecar" | "ztunnel" | "waypoint";

/** The keys of a rule that only a proxy that reads requests can judge. */
export const L7_KEYS = ["tokens", "methods", "paths", "hosts"] as const;

/**
 * Binds a policy to who enforces it. A waypoint calls the pods itself, so what ztunnel sees there is the
 * waypoint: where there is one, it must judge. What holds for all of a namespace is told to each of its
 * waypoints by name.
 * @see https://istio.io/latest/docs/ambient/usage/l7-features/
 */
export function bound(
    service: string | undefined,
    enforcer: Enforcer,
    waypoints: readonly string[] = [WAYPOINT],
): Target {
    if (enforcer !== "waypoint") {
        return service === undefined ? {} : { selector: { matchLabels: { app: service } } };
    }
    return {
        targetRefs:
            service === undefined
                ? waypoints.map((name) => ({
                      group: "gateway.networking.k8s.io",
                      kind: "Gateway",
                      name,
                  }))
                : [{ group: "", kind: "Service", name: service }],
    };
}

/** One AuthorizationPolicy, for whoever enforces it. */
export function authorizationPolicy(
    { name, namespace, service, action, rules }: AuthorizationSettings,
    enforcer: Enforcer,
    waypoints?: readonly string[],
): Manifest {
    return {
        apiVersion: "security.istio.io/v1",
        kind: "AuthorizationPolicy",
        metadata: { name, namespace },
        spec: {
            ...bound(service, enforcer, waypoints),
            action,
            ...(rules.length === 0 ? {} : { rules: rules.map(ruleOf) }),
        },
    };
}

function ruleOf(rule: Rule): NonNullable<AuthorizationPolicySpec["rules"]>[number] {
    const { accounts, namespaces, tokens, methods, paths, hosts, ports } = rule;
    const requestPrincipals = tokens.length === 0 ? {} : { requestPrincipals: tokens };
    // Istio refuses accounts and namespaces in one source; as two sources, either suffices.
    const sources = [
        ...(accounts.length === 0 ? [] : [{ serviceAccounts: accounts, ...requestPrincipals }]),
        ...(namespaces.length === 0 ? [] : [{ namespaces, ...requestPrincipals }]),
        ...(accounts.length + namespaces.length === 0 && tokens.length > 0
            ? [requestPrincipals]
            : []),
    ];
    const operation = {
        ...(methods.length === 0 ? {} : { methods }),
        ...(paths.length === 0 ? {} : { paths }),
        ...(hosts.length === 0 ? {} : { hosts }),
        ...(ports.length === 0 ? {} : { ports: ports.map(String) }),
    };
    return {
        ...(sources.length === 0 ? {} : { from: sources.map((source) => ({ source })) }),
        ...(Object.keys(operation).length === 0 ? {} : { to: [{ operation }] }),
    };
}

/** Whose tokens are accepted, and that one is asked for. */
export function requestAuthentication(
    {
        name,
        namespace,
        service,
        issuer,
        jwks,
        jwksUri,
        audiences,
        required,
    }: AuthenticationSettings,
    enforcer: Enforcer,
    waypoints?: readonly string[],
): readonly Manifest[] {
    const target = bound(service, enforcer, waypoints);
    return [
        {
            apiVersion: "security.istio.io/v1",
            kind: "RequestAuthentication",
            metadata: { name, namespace },
            spec: {
                ...target,
                jwtRules: [
                    {
                        issuer,
                        ...(jwks === undefined ? {} : { jwks }),
                        ...(jwksUri === undefined ? {} : { jwksUri }),
                        ...(audiences.length === 0 ? {} : { audiences }),
                    },
                ],
            },
        },
        // By itself, a RequestAuthentication lets requests without any token pass.
        ...(required
            ? [
                  {
                      apiVersion: "security.istio.io/v1" as const,
                      kind: "AuthorizationPolicy" as const,
                      metadata: { name: `${name}-required`, namespace },
                      spec: {
                          ...target,
                          action: "DENY" as const,
                          rules: [{ from: [{ source: { notRequestPrincipals: ["*"] } }] }],
                      },
                  },
              ]
            : []),
    ];
}
