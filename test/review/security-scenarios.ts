/** Changes of single objects that say who may do what. */
import { add, made, set, without } from "./scenario";
import type { Scenario } from "./scenario";

const allow = "AuthorizationPolicy cart-callers";
const deny = "AuthorizationPolicy no-admin";
const peer = (name: string, mode: string) =>
    made("security.istio.io/v1", "PeerAuthentication", name, {
        selector: { matchLabels: { app: "frontend" } },
        mtls: { mode },
    });
const rule = (principal: string) => ({ from: [{ source: { principals: [principal] } }] });
const frontend = "cluster.local/ns/boutique/sa/frontend";

export const securityScenarios: readonly Scenario[] = [
    {
        change: "mTLS: permissive",
        edit: set("PeerAuthentication default", "spec.mtls.mode", "PERMISSIVE"),
        expected: ["security-weakened"],
    },
    {
        change: "mTLS: given up",
        edit: without("PeerAuthentication default"),
        expected: ["security-weakened"],
    },
    {
        change: "mTLS: strict for one workload",
        edit: add(peer("frontend", "STRICT")),
        expected: ["traffic-shifted"],
    },
    {
        change: "mTLS: off for one workload",
        edit: add(peer("frontend", "DISABLE")),
        expected: ["security-weakened"],
    },
    {
        change: "mTLS: a mode that isn't known yet",
        unknown: true,
        expected: ["traffic-shifted", "security-weakened"],
    },
    {
        change: "allow: another caller too",
        edit: set(allow, "spec.rules", [
            rule(frontend),
            rule("cluster.local/ns/boutique/sa/reviews"),
        ]),
        expected: ["traffic-shifted", "security-weakened"],
    },
    { change: "allow: nobody", edit: set(allow, "spec.rules", []), expected: ["traffic-shifted"] },
    {
        change: "allow: given up",
        edit: without(allow),
        expected: ["traffic-shifted", "security-weakened"],
    },
    {
        change: "allow: turned into a denial",
        edit: set(allow, "spec.action", "DENY"),
        expected: ["traffic-shifted", "security-weakened"],
    },
    {
        change: "deny: one rule more",
        edit: set(
            deny,
            "spec.rules",
            ["9090", "9091", "9092"].map((port) => ({ to: [{ operation: { ports: [port] } }] })),
        ),
        expected: ["traffic-shifted"],
    },
    {
        change: "deny: one rule less",
        edit: set(deny, "spec.rules", [{ to: [{ operation: { ports: ["9090"] } }] }]),
        expected: ["traffic-shifted", "security-weakened"],
    },
    {
        change: "deny: a new policy",
        edit: add(made("security.istio.io/v1", "AuthorizationPolicy", "nothing", {})),
        expected: ["traffic-shifted"],
    },
    {
        change: "tokens: another issuer",
        edit: set(
            "RequestAuthentication jwt",
            "spec.jwtRules[0].issuer",
            "https://other.example.com",
        ),
        expected: ["traffic-shifted", "security-weakened"],
    },
    {
        change: "tokens: not checked",
        edit: without("RequestAuthentication jwt"),
        expected: ["traffic-shifted", "security-weakened"],
    },
    {
        change: "network: only from the shop",
        edit: set("NetworkPolicy shop", "spec.ingress", [{ from: [{ podSelector: {} }] }]),
        expected: ["traffic-shifted"],
    },
    {
        change: "network: open",
        edit: without("NetworkPolicy shop"),
        expected: ["traffic-shifted", "security-weakened"],
    },
    {
        change: "secret: another content",
        edit: set("Secret shop-cert", "stringData.note", "another"),
        expected: ["config-push"],
    },
    {
        change: "secret: given up",
        edit: without("Secret shop-cert"),
        expected: ["config-push", "irreversible"],
    },
    {
        change: "rights: secrets",
        edit: set("Role reader", "rules[0].resources", ["pods", "secrets"]),
        expected: ["security-weakened"],
    },
    {
        change: "rights: logs",
        edit: set("Role reader", "rules[0].resources", ["pods", "pods/log"]),
        expected: [],
    },
    {
        change: "rights: for somebody else",
        edit: set("RoleBinding reader", "subjects[0].name", "cart"),
        expected: ["security-weakened"],
    },
    {
        change: "rights: all of them",
        edit: add({
            apiVersion: "rbac.authorization.k8s.io/v1",
            kind: "ClusterRoleBinding",
            metadata: { name: "all" },
            roleRef: {
                apiGroup: "rbac.authorization.k8s.io",
                kind: "ClusterRole",
                name: "cluster-admin",
            },
            subjects: [{ kind: "ServiceAccount", name: "frontend", namespace: "boutique" }],
        }),
        expected: ["security-weakened"],
    },
    {
        change: "injection: without an answer",
        edit: set(
            "MutatingWebhookConfiguration canary-injector",
            "webhooks[0].failurePolicy",
            "Ignore",
        ),
        expected: ["security-weakened"],
    },
    {
        change: "injection: other namespaces",
        edit: set(
            "MutatingWebhookConfiguration canary-injector",
            "webhooks[0].namespaceSelector.matchLabels",
            { "example.com/elsewhere": "true" },
        ),
        expected: ["data-plane-restart", "security-weakened"],
    },
    {
        change: "injection: given up",
        edit: without("MutatingWebhookConfiguration canary-injector"),
        expected: ["data-plane-restart", "security-weakened"],
    },
    {
        change: "validation: without an answer",
        edit: set(
            "ValidatingWebhookConfiguration canary-validator",
            "webhooks[0].failurePolicy",
            "Ignore",
        ),
        expected: ["security-weakened"],
    },
    {
        change: "validation: given up",
        edit: without("ValidatingWebhookConfiguration canary-validator"),
        expected: ["security-weakened"],
    },
];
