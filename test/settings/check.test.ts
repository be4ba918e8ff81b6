import assert from "node:assert/strict";
import { checkSettings, ownKeys } from "../../settings/check";
import { settingsWith } from "../support/settings";
import { stackConfig } from "../support/stack-files";

/** What a stack gets that says the least. */
const DEFAULTS = {
    installMethod: "helm",
    dataPlane: "sidecar",
    istioVersion: "1.31.3",
    size: "production",
    sizing: {},
    cluster: { name: "cluster1" },
    mesh: { trustDomain: "cluster.local", accessLog: false, outboundTrafficPolicy: "ALLOW_ANY" },
    update: { strategy: "InPlace", name: "default", tags: [] },
    namespaces: [],
    workloads: [],
    gateways: [],
    egressGateways: [],
    waypoints: [],
    traffic: [],
    security: { authorization: [], authentication: [], egress: [] },
    observability: {
        enabled: false,
        namespace: "observability",
        charts: {},
        prometheus: { enabled: true, monitors: true },
        grafana: { enabled: true },
        tracing: {},
        jaeger: { enabled: true },
        kiali: { enabled: true, auth: "token" },
    },
    manifests: [],
    charts: { hub: "docker.io/istio", operator: { version: "1.31.2" } },
    gatewayApi: { owner: "managed", channel: "standard", version: "1.6.0" },
    kubeContext: "context1",
};

/** What a namespace gets that says its name alone. */
const NAMESPACE = { waypoint: false, defaultDeny: false, ingressUseWaypoint: false };

/** What a gateway gets that says its name alone. */
const GATEWAY = {
    namespace: "istio-ingress",
    serviceType: "LoadBalancer",
    via: "chart",
    awaitAddress: true,
};

/** The gateway of both stacks. */
const INGRESS = { name: "istio-ingress", ...GATEWAY };

describe("checkSettings", () => {
    it("fills in every default", () => {
        assert.deepEqual(settingsWith(), DEFAULTS);
    });

    it("takes an empty text for nothing", () => {
        assert.deepEqual(settingsWith({ size: "", kubeconfig: "", charts: "" }), DEFAULTS);
    });

    it("fills in the defaults of list elements", () => {
        const settings = settingsWith({
            dataPlane: "ambient",
            namespaces: [{ name: "shop" }, { name: "cart", dataPlane: "none" }],
            workloads: [{ name: "web", namespace: "shop", image: "web:1", port: 80 }],
            gateways: [{ name: "edge" }],
        });
        assert.deepEqual(settings, {
            ...DEFAULTS,
            dataPlane: "ambient",
            namespaces: [
                { name: "shop", ...NAMESPACE },
                { name: "cart", dataPlane: "none", ...NAMESPACE },
            ],
            workloads: [
                {
                    name: "web",
                    namespace: "shop",
                    image: "web:1",
                    port: 80,
                    replicas: 1,
                    versions: [],
                },
            ],
            gateways: [{ name: "edge", ...GATEWAY }],
        });
    });

    it("keeps every single number that differs from the size", () => {
        const sizing = {
            istiod: { minReplicas: 2, maxReplicas: 4, minAvailable: 1, cpu: "1", memory: "1Gi" },
            waypoint: { minReplicas: 5 },
            ztunnel: { cpu: "0.25", terminationGracePeriodSeconds: 60 },
            cni: { memory: "64Mi" },
            proxy: { cpu: "50m" },
        };
        assert.deepEqual(settingsWith({ sizing }).sizing, sizing);
    });

    const good: [title: string, raw: Record<string, unknown>][] = [
        ["a release of the other supported minor", { istioVersion: "1.30.0" }],
        ["a newer Gateway API bundle than Istio needs", { gatewayApi: { version: "1.10.0" } }],
        ["one replica with no budget", { sizing: { istiod: { minReplicas: 1 } } }],
        ["a least number that pulls the most along", { sizing: { istiod: { minReplicas: 50 } } }],
        [
            "a waypoint where only the namespace is ambient",
            {
                namespaces: [{ name: "shop", dataPlane: "ambient", waypoint: true }],
            },
        ],
        [
            "a gateway in a served namespace",
            {
                namespaces: [{ name: "shop" }],
                gateways: [{ name: "edge", namespace: "shop" }],
            },
        ],
        [
            "the same name in two namespaces",
            {
                namespaces: [{ name: "shop" }, { name: "cart" }],
                workloads: ["shop", "cart"].map((namespace) => ({
                    name: "web",
                    namespace,
                    image: "web:1",
                    port: 80,
                })),
            },
        ],
        [
            "an image by its digest",
            {
                namespaces: [{ name: "shop" }],
                workloads: [
                    {
                        name: "web",
                        namespace: "shop",
                        image: `localhost:5000/web@sha256:${"0a".repeat(32)}`,
                        port: 65535,
                    },
                ],
            },
        ],
        [
            "an image by its tag and digest",
            {
                namespaces: [{ name: "shop" }],
                workloads: [
                    {
                        name: "web",
                        namespace: "shop",
                        image: `ghcr.io/me/web:1.0@sha256:${"0a".repeat(32)}`,
                        port: 1,
                    },
                ],
            },
        ],
        ["charts of a registry", { charts: { oci: "oci://ghcr.io/istio/release/charts" } }],
        ["charts of a repository on loopback", { charts: { repository: "http://127.0.0.1:8879" } }],
        ["images of a registry with a port", { charts: { hub: "localhost:5000/istio" } }],
        ["the longest cluster name", { cluster: { name: "c".repeat(63) } }],
        ["a cluster name that only starts like a YAML word", { cluster: { name: "no1" } }],
    ];
    for (const [title, raw] of good) {
        it(`takes ${title}`, () => {
            assert.deepEqual(checkSettings({ ...DEFAULTS, ...raw }).problems, undefined);
        });
    }

    it("takes the file of stack dev, once a target is named", () => {
        const raw = ownKeys({ ...stackConfig("dev"), "istio-mesh:kubeContext": "kind-dev" });
        const workload = (name: string, namespace = "boutique-dev") => ({
            name,
            namespace,
            image: "ghcr.io/stefanprodan/podinfo:6.9.0",
            port: 9898,
            replicas: 1,
            versions: [],
        });
        assert.deepEqual(checkSettings(raw), {
            settings: {
                ...DEFAULTS,
                dataPlane: "ambient",
                size: "homelab",
                cluster: { name: "homelab-cluster" },
                namespaces: [
                    { name: "boutique-dev", ...NAMESPACE, waypoint: true },
                    { name: "boutique-sidecar", dataPlane: "sidecar", ...NAMESPACE },
                ],
                gateways: [INGRESS],
                workloads: [
                    workload("frontend"),
                    workload("checkout"),
                    workload("cart"),
                    workload("payment", "boutique-sidecar"),
                ],
                kubeContext: "kind-dev",
            },
        });
    });

    it("takes the file of stack prod, once a target is named", () => {
        const raw = ownKeys({ ...stackConfig("prod"), "istio-mesh:kubeContext": "prod" });
        assert.deepEqual(checkSettings(raw), {
            settings: {
                ...DEFAULTS,
                installMethod: "sail",
                update: { strategy: "RevisionBased", name: "default", tags: [] },
                cluster: { name: "prod-cluster", network: "prod-network" },
                mesh: {
                    id: "prod-mesh",
                    trustDomain: "prod.example.com",
                    accessLog: true,
                    outboundTrafficPolicy: "ALLOW_ANY",
                },
                namespaces: [{ name: "boutique", ...NAMESPACE }],
                gateways: [INGRESS],
                kubeContext: "prod",
            },
        });
    });

    for (const stack of ["dev", "prod"]) {
        it(`finds nothing but the target missing in the file of stack ${stack}`, () => {
            const { problems = [] } = checkSettings(ownKeys(stackConfig(stack)));
            assert.deepEqual(
                problems.map(({ path, given }) => ({ path, given })),
                [{ path: ["kubeContext"], given: "nothing" }],
            );
        });
    }
});

describe("ownKeys", () => {
    it("leaves out the keys of others, and the prefix of its own", () => {
        const config = { "istio-mesh:size": "homelab", "pulumi:tags": "{}", "istio-mesher:x": "1" };
        assert.deepEqual(ownKeys(config), { size: "homelab" });
    });

    it("reads objects and lists as JSON, and nothing else", () => {
        const config = {
            "istio-mesh:cluster": '{"name":"c1"}',
            "istio-mesh:namespaces": '[{"name":"shop"}]',
            "istio-mesh:istioVersion": "1.31",
            "istio-mesh:kubeContext": '"quoted"',
        };
        assert.deepEqual(ownKeys(config), {
            cluster: { name: "c1" },
            namespaces: [{ name: "shop" }],
            istioVersion: "1.31",
            kubeContext: '"quoted"',
        });
    });

    it("keeps what isn't JSON as the text it is", () => {
        assert.deepEqual(ownKeys({ "istio-mesh:cluster": "{name: c1}" }), {
            cluster: "{name: c1}",
        });
    });

    it("keeps an empty text, so that it counts as nothing", () => {
        assert.deepEqual(ownKeys({ "istio-mesh:cluster": "" }), { cluster: "" });
    });

    it("takes keys that JavaScript knows for unknown ones", () => {
        const config = Object.fromEntries(
            ["__proto__", "constructor", "toString"].map((key) => [`istio-mesh:${key}`, "{}"]),
        );
        assert.deepEqual(Object.entries(ownKeys(config)), [
            ["__proto__", "{}"],
            ["constructor", "{}"],
            ["toString", "{}"],
        ]);
    });
});
