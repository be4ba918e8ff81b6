/**
 * What rules of others demand, each with an object that it lets pass and one that it doesn't, written from
 * what their documentation says, and the rule of this pack that must tell the two apart.
 */
import { object } from "../support/policy";
import type { Objects } from "../support/rule-tables";

export interface Other {
    readonly source: string;
    readonly name: string;
    /** The rule of this pack; undefined where it has none. */
    readonly rule?: string;
    readonly good?: Objects;
    readonly bad?: Objects;
    /** What differs, or why there is no rule. */
    readonly note?: string;
}

const namespace = (labels: object) => object("namespace", "shop", { metadata: { labels } });
const pod = (metadata: object) => object("pod", "shop/web", { metadata });
const peer = (name: string, spec: object) => object("peerAuthentication", name, { spec });
const authorization = (name: string, spec: object) => object("authorizationPolicy", name, { spec });
const client = (trafficPolicy: object) =>
    object("destinationRule", "shop/web", {
        spec: { host: "web.shop.svc.cluster.local", trafficPolicy },
    });
const route = (host: string) => object("virtualService", "shop/web", { spec: { hosts: [host] } });
const service = (type: string) => object("service", "shop/web", { spec: { type } });
const jwt = (outputPayloadToHeader: string) =>
    object("requestAuthentication", "shop/web", {
        spec: {
            jwtRules: [
                {
                    issuer: "https://issuer.example.com",
                    jwksUri: "https://issuer.example.com/keys",
                    audiences: ["shop"],
                    outputPayloadToHeader,
                },
            ],
        },
    });
const strict = peer("shop/default", { mtls: { mode: "STRICT" } });
const istiod = object("deployment", "istio-system/istiod", {
    spec: { template: { metadata: { labels: { app: "istiod" } } } },
});
const own = (path: string) => ({
    rules: [
        {
            from: [{ source: { principals: ["cluster.local/ns/shop/sa/web"] } }],
            to: [{ operation: { paths: [path] } }],
        },
    ],
});
const web = object("deployment", "shop/web", {
    spec: { replicas: 1, template: { metadata: { labels: { app: "web" } } } },
});
const budget = (limits: object) =>
    object("podDisruptionBudget", "shop/web", {
        spec: { selector: { matchLabels: { app: "web" } }, ...limits },
    });

export const others: readonly Other[] = [
    {
        source: "Kyverno",
        name: "enforce-sidecar-injection-namespace",
        rule: "require-data-plane-label",
        good: namespace({ "istio-injection": "enabled" }),
        bad: namespace({ "istio-injection": "true" }),
        note: "a revision or ambient will do, too; system namespaces are passed over",
    },
    {
        source: "Kyverno",
        name: "enforce-ambient-mode-namespace",
        rule: "require-data-plane-label",
        good: namespace({ "istio.io/dataplane-mode": "ambient" }),
        bad: namespace({}),
        note: "two planes at once are refused as well",
    },
    {
        source: "Kyverno",
        name: "prevent-disabling-injection-pods",
        rule: "forbid-mesh-opt-out",
        good: pod({}),
        bad: pod({ labels: { "sidecar.istio.io/inject": "false" } }),
        note: "the label as well as the annotation, in every kind that runs pods",
    },
    {
        source: "Kyverno",
        name: "enforce-strict-mtls",
        rule: "require-strict-mtls",
        good: peer("shop/web", { mtls: { mode: "STRICT" } }),
        bad: peer("shop/web", { mtls: { mode: "PERMISSIVE" } }),
    },
    {
        source: "Kyverno",
        name: "enforce-tls-hosts-host-subnets",
        rule: "forbid-disabled-client-tls",
        good: client({ tls: { mode: "ISTIO_MUTUAL" } }),
        bad: client({ portLevelSettings: [{ port: { number: 80 }, tls: { mode: "DISABLE" } }] }),
        note: "ports and subsets, too",
    },
    {
        source: "Kyverno",
        name: "restrict-virtual-service-wildcard",
        rule: "forbid-wildcard-hosts",
        good: route("web.example.com"),
        bad: route("*"),
        note: "Gateways and HTTPRoutes, too",
    },
    {
        source: "Kyverno",
        name: "service-mesh-disallow-capabilities",
        note: "about applications, which Pod Security Standards govern",
    },
    {
        source: "Kyverno",
        name: "service-mesh-require-run-as-nonroot",
        note: "about applications, which Pod Security Standards govern",
    },
    {
        source: "Google",
        name: "AsmPeerAuthnStrictMtls",
        rule: "require-strict-mtls",
        good: peer("shop/web", { mtls: { mode: "UNSET" } }),
        bad: peer("shop/web", { mtls: { mode: "DISABLE" } }),
    },
    {
        source: "Google",
        name: "AsmPeerAuthnMeshStrictMtls",
        rule: "require-mesh-wide-mtls",
        good: [istiod, peer("istio-system/default", { mtls: { mode: "STRICT" } })],
        bad: [istiod],
    },
    {
        source: "Google",
        name: "AsmSidecarInjection",
        rule: "forbid-mesh-opt-out",
        good: pod({ annotations: { "sidecar.istio.io/inject": "true" } }),
        bad: pod({ annotations: { "sidecar.istio.io/inject": "false" } }),
    },
    {
        source: "Google",
        name: "AsmAuthzPolicyNormalization",
        rule: "require-normalized-authorization-values",
        good: authorization("shop/web", own("/admin")),
        bad: authorization("shop/web", own("/admin//keys")),
    },
    {
        source: "Google",
        name: "AsmAuthzPolicySafePattern",
        rule: "require-safe-authorization-patterns",
        good: authorization("shop/web", { action: "ALLOW", ...own("/public") }),
        bad: authorization("shop/web", {
            action: "ALLOW",
            rules: [{ to: [{ operation: { notPaths: ["/admin"] } }] }],
        }),
    },
    {
        source: "Google",
        name: "AsmRequestAuthnProhibitedOutputHeaders",
        rule: "forbid-well-known-output-headers",
        good: jwt("x-jwt-payload"),
        bad: jwt("X-Forwarded-For"),
    },
    {
        source: "Google",
        name: "SourceNotAllAuthz",
        rule: "forbid-allow-all",
        good: authorization("shop/web", own("/public")),
        bad: authorization("shop/web", { rules: [{}] }),
    },
    {
        source: "Google",
        name: "DestinationRuleTLSEnabled",
        rule: "forbid-disabled-client-tls",
        good: client({ tls: { mode: "ISTIO_MUTUAL" } }),
        bad: client({ tls: { mode: "DISABLE" } }),
    },
    {
        source: "Google",
        name: "K8sBlockNodePort",
        rule: "forbid-exposed-services",
        good: service("ClusterIP"),
        bad: service("NodePort"),
        note: "gateways are passed over",
    },
    {
        source: "Google",
        name: "K8sBlockLoadBalancer",
        rule: "forbid-exposed-services",
        good: service("ClusterIP"),
        bad: service("LoadBalancer"),
        note: "gateways are passed over",
    },
    {
        source: "Google",
        name: "AsmIngressgatewayLabel",
        note: "gateways are known by their template and class here, not by that label",
    },
    {
        source: "gatekeeper-istio",
        name: "MismatchedMtls",
        rule: "match-mtls-of-client-and-server",
        good: [service("ClusterIP"), strict, client({ tls: { mode: "ISTIO_MUTUAL" } })],
        bad: [service("ClusterIP"), strict, client({ tls: { mode: "DISABLE" } })],
    },
    {
        source: "Pulumi",
        name: "minimum-replica-count",
        rule: "require-mesh-replicas",
        good: web,
        bad: istiod,
        note: "counts the autoscaler's minimum where there is one, and judges the mesh only",
    },
    {
        source: "Pulumi",
        name: "disallow-zero-voluntary-disruption",
        rule: "forbid-blocking-budgets",
        good: [web, budget({ maxUnavailable: 1 })],
        bad: [web, budget({ maxUnavailable: 0 })],
        note: "also a minAvailable of all replicas",
    },
    {
        source: "Pulumi",
        name: "no-public-services",
        rule: "forbid-exposed-services",
        good: service("ClusterIP"),
        bad: service("LoadBalancer"),
    },
];

/** Codes of `istioctl analyze`, each with the rule that must find what istioctl's own tests have it find. */
export const istioctlCodes: Readonly<
    Record<string, { readonly rule: string; readonly config?: object }>
> = {
    IST0103: { rule: "forbid-mesh-opt-out" },
    IST0109: { rule: "forbid-competing-virtual-services" },
    IST0110: { rule: "forbid-competing-policies" },
    IST0111: { rule: "forbid-competing-policies" },
    IST0112: { rule: "require-known-ports" },
    IST0123: { rule: "require-data-plane-label" },
    IST0128: { rule: "require-certificate-verification", config: { named: true } },
    IST0129: { rule: "require-certificate-verification", config: { named: true } },
    IST0130: { rule: "forbid-unreachable-routes" },
    IST0131: { rule: "forbid-unreachable-routes" },
    IST0132: { rule: "require-hosts-of-gateway" },
    IST0134: { rule: "require-service-entry-addresses" },
    IST0138: { rule: "forbid-shared-certificates" },
    IST0139: { rule: "forbid-overlapping-injection-webhooks" },
    IST0144: { rule: "forbid-proxy-user-id" },
    IST0145: { rule: "forbid-conflicting-gateways" },
    IST0151: { rule: "require-effective-envoy-patches" },
    IST0152: { rule: "require-effective-envoy-patches" },
    IST0153: { rule: "require-effective-envoy-patches" },
    IST0154: { rule: "require-effective-envoy-patches" },
    IST0159: { rule: "forbid-competing-policies" },
    IST0160: { rule: "forbid-competing-policies" },
    IST0177: { rule: "forbid-conflicting-service-entries" },
};

/** What rules find in Istio's own samples, and why each is a finding and no false alarm. */
export const samplesFindings: Readonly<Record<string, string>> = {
    "forbid-exposed-services": "three Services are NodePorts, for clusters without a load balancer",
    "forbid-mesh-opt-out": "an authorizer and a collector opt out of sidecars",
    "forbid-secrets-in-plain-config":
        "a dashboard and two databases get a demo password by environment",
    "forbid-unreachable-routes": "a fault injection stands before the route it replaces",
    "forbid-wildcard-hosts": "Gateways answer for any host, as nobody owns a name in a tutorial",
    "match-injection-label-and-annotation": "an add-on opts out by the annotation alone",
    "require-data-plane-label": "two Namespaces have no label",
    "require-effective-envoy-patches": "rate limits insert filters without a priority",
    "require-https": "Gateways serve plain HTTP, as a tutorial has no certificates",
    "require-mesh-replicas": "waypoints and gateways run alone",
    "warn-envoy-filters": "rate limits are EnvoyFilters, with no reason stated",
};
