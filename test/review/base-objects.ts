/** The objects that both recordings deploy beside the mesh: one of each kind whose changes the table tells apart. */
import type { Manifest } from "./extra-objects";

const networking = "networking.istio.io/v1";
const security = "security.istio.io/v1";
const gatewayApi = "gateway.networking.k8s.io/v1";

/** Objects in the namespace of the shop. */
export function baseObjects(namespace: string): readonly Manifest[] {
    const named = (name: string) => ({ name, namespace });
    const destination = (subset: string, weight: number) => ({
        destination: { host: "cart", subset },
        weight,
    });
    return [
        {
            apiVersion: networking,
            kind: "VirtualService",
            metadata: named("cart"),
            spec: {
                hosts: ["cart"],
                http: [
                    {
                        route: [destination("v1", 90), destination("v2", 10)],
                        timeout: "5s",
                        retries: { attempts: 3, perTryTimeout: "1s" },
                    },
                ],
            },
        },
        {
            apiVersion: networking,
            kind: "DestinationRule",
            metadata: named("cart"),
            spec: {
                host: "cart",
                trafficPolicy: {
                    tls: { mode: "ISTIO_MUTUAL" },
                    outlierDetection: { consecutive5xxErrors: 5 },
                    loadBalancer: { simple: "LEAST_REQUEST" },
                },
                subsets: [
                    { name: "v1", labels: { version: "v1" } },
                    { name: "v2", labels: { version: "v2" } },
                ],
            },
        },
        {
            apiVersion: networking,
            kind: "Gateway",
            metadata: named("shop"),
            spec: {
                selector: { istio: "ingress" },
                servers: [
                    {
                        port: { number: 443, name: "https", protocol: "HTTPS" },
                        hosts: ["shop.example.com"],
                        tls: { mode: "MUTUAL", credentialName: "shop-cert" },
                    },
                ],
            },
        },
        {
            apiVersion: networking,
            kind: "ServiceEntry",
            metadata: named("payments"),
            spec: {
                hosts: ["payments.example.com"],
                ports: [{ number: 443, name: "tls", protocol: "TLS" }],
                resolution: "DNS",
                location: "MESH_EXTERNAL",
            },
        },
        {
            apiVersion: networking,
            kind: "Sidecar",
            metadata: named("default"),
            spec: { egress: [{ hosts: ["./*", "istio-system/*"] }] },
        },
        {
            apiVersion: "networking.istio.io/v1alpha3",
            kind: "EnvoyFilter",
            metadata: named("lua"),
            spec: { configPatches: [] },
        },
        {
            apiVersion: security,
            kind: "PeerAuthentication",
            metadata: named("default"),
            spec: { mtls: { mode: "STRICT" } },
        },
        {
            apiVersion: security,
            kind: "AuthorizationPolicy",
            metadata: named("cart-callers"),
            spec: {
                selector: { matchLabels: { app: "cart" } },
                action: "ALLOW",
                rules: [
                    {
                        from: [
                            {
                                source: {
                                    principals: [`cluster.local/ns/${namespace}/sa/frontend`],
                                },
                            },
                        ],
                    },
                ],
            },
        },
        {
            apiVersion: security,
            kind: "AuthorizationPolicy",
            metadata: named("no-admin"),
            spec: {
                selector: { matchLabels: { app: "frontend" } },
                action: "DENY",
                rules: [
                    { to: [{ operation: { ports: ["9090"] } }] },
                    { to: [{ operation: { ports: ["9091"] } }] },
                ],
            },
        },
        {
            apiVersion: security,
            kind: "RequestAuthentication",
            metadata: named("jwt"),
            spec: {
                selector: { matchLabels: { app: "frontend" } },
                jwtRules: [
                    {
                        issuer: "https://issuer.example.com",
                        jwksUri: "https://issuer.example.com/k",
                    },
                ],
            },
        },
        {
            apiVersion: "telemetry.istio.io/v1",
            kind: "Telemetry",
            metadata: named("default"),
            spec: { accessLogging: [{ providers: [{ name: "envoy" }] }] },
        },
        {
            apiVersion: gatewayApi,
            kind: "HTTPRoute",
            metadata: named("frontend"),
            spec: {
                parentRefs: [{ group: "", kind: "Service", name: "frontend", port: 9898 }],
                rules: [
                    {
                        backendRefs: [{ name: "frontend", port: 9898, weight: 100 }],
                        timeouts: { request: "5s" },
                    },
                ],
            },
        },
        {
            apiVersion: gatewayApi,
            kind: "Gateway",
            metadata: named("edge"),
            spec: {
                gatewayClassName: "istio",
                listeners: [
                    { name: "http", port: 80, protocol: "HTTP", hostname: "a.example.com" },
                ],
            },
        },
        {
            apiVersion: "autoscaling/v2",
            kind: "HorizontalPodAutoscaler",
            metadata: named("frontend"),
            spec: {
                minReplicas: 2,
                maxReplicas: 5,
                scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "frontend" },
                metrics: [
                    {
                        type: "Resource",
                        resource: {
                            name: "cpu",
                            target: { type: "Utilization", averageUtilization: 80 },
                        },
                    },
                ],
            },
        },
        {
            apiVersion: "policy/v1",
            kind: "PodDisruptionBudget",
            metadata: named("frontend"),
            spec: { minAvailable: 1, selector: { matchLabels: { app: "frontend" } } },
        },
        {
            apiVersion: "networking.k8s.io/v1",
            kind: "NetworkPolicy",
            metadata: named("shop"),
            spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{}] },
        },
        {
            apiVersion: "v1",
            kind: "Secret",
            metadata: named("shop-cert"),
            type: "Opaque",
            stringData: { note: "not a certificate" },
        },
        {
            apiVersion: "v1",
            kind: "PersistentVolumeClaim",
            // Nothing mounts it, so it is never bound.
            metadata: { ...named("shop-data"), annotations: { "pulumi.com/skipAwait": "true" } },
            spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
        },
        {
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: named("shop-settings"),
            data: { colour: "blue" },
        },
        {
            apiVersion: "v1",
            kind: "ResourceQuota",
            metadata: named("shop"),
            spec: { hard: { pods: "50" } },
        },
        {
            apiVersion: "rbac.authorization.k8s.io/v1",
            kind: "Role",
            metadata: named("reader"),
            rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] }],
        },
        {
            apiVersion: "rbac.authorization.k8s.io/v1",
            kind: "RoleBinding",
            metadata: named("reader"),
            roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "reader" },
            subjects: [{ kind: "ServiceAccount", name: "frontend", namespace }],
        },
        {
            apiVersion: "apps/v1",
            kind: "Deployment",
            metadata: named("reviews"),
            spec: {
                replicas: 3,
                selector: { matchLabels: { app: "reviews" } },
                template: {
                    metadata: { labels: { app: "reviews" } },
                    spec: {
                        containers: [
                            {
                                name: "reviews",
                                image: "ghcr.io/stefanprodan/podinfo:6.9.0",
                                resources: {
                                    requests: { cpu: "100m", memory: "64Mi" },
                                    limits: { memory: "128Mi" },
                                },
                            },
                        ],
                    },
                },
            },
        },
        {
            apiVersion: "v1",
            kind: "Service",
            metadata: named("reviews"),
            spec: { selector: { app: "reviews" }, ports: [{ name: "http", port: 8080 }] },
        },
    ];
}
