import assert from "node:assert/strict";
import { chartsOf, helmPlan, type ChartStep } from "../../../components/plan/helm-plan";
import { settingsWith, type Raw } from "../../support/settings";
import { spreadOf } from "../../support/spread";

const GLOBAL = {
    hub: "docker.io/istio",
    tag: "1.31.3",
    multiCluster: { clusterName: "cluster1" },
};
const base = { validationFailurePolicy: "Fail" };
const requests = (cpu: string, memory: string) => ({ requests: { cpu, memory } });

const PLANES: [name: string, raw: Raw][] = [
    ["sidecar", {}],
    ["ambient", { dataPlane: "ambient" }],
    ["mixed", { namespaces: [{ name: "shop", dataPlane: "ambient" }, { name: "cart" }] }],
];

/** What istiod is told by size alone. */
const ISTIOD = {
    homelab: {
        global: {
            ...GLOBAL,
            proxy: { resources: requests("10m", "64Mi") },
            waypoint: { resources: requests("10m", "64Mi") },
        },
        base,
        meshConfig: {
            trustDomain: "cluster.local",
            outboundTrafficPolicy: { mode: "ALLOW_ANY" },
        },
        pilot: {
            autoscaleEnabled: false,
            replicaCount: 1,
            resources: requests("100m", "128Mi"),
        },
    },
    production: {
        global: {
            ...GLOBAL,
            priorityClassName: "system-cluster-critical",
            proxy: { resources: requests("100m", "128Mi") },
            waypoint: { resources: requests("100m", "128Mi") },
        },
        base,
        meshConfig: {
            trustDomain: "cluster.local",
            outboundTrafficPolicy: { mode: "ALLOW_ANY" },
        },
        pdb: { minAvailable: 1 },
        pilot: {
            autoscaleEnabled: true,
            autoscaleMin: 3,
            autoscaleMax: 10,
            resources: requests("500m", "2048Mi"),
            topologySpreadConstraints: spreadOf({ app: "istiod" }),
        },
    },
};

/** The node agents, which only ambient has. */
const AGENTS = {
    homelab: { cni: requests("10m", "64Mi"), ztunnel: requests("20m", "64Mi"), grace: 30 },
    production: { cni: requests("100m", "100Mi"), ztunnel: requests("200m", "512Mi"), grace: 300 },
};

function expected(size: "homelab" | "production", ambient: boolean) {
    const istiod = ISTIOD[size];
    const agents = AGENTS[size];
    const control = [
        { chart: "base", namespace: "istio-system", values: { global: GLOBAL, base }, after: [] },
        {
            chart: "istiod",
            namespace: "istio-system",
            values: ambient
                ? {
                      profile: "ambient",
                      ...istiod,
                      pilot: {
                          ...istiod.pilot,
                          trustedZtunnelNamespace: "ztunnel",
                          cni: { enabled: true },
                      },
                  }
                : istiod,
            after: ["base"],
        },
    ];
    const nodes = [
        {
            chart: "cni",
            namespace: "istio-cni",
            values: { profile: "ambient", global: GLOBAL, cni: { resources: agents.cni } },
            after: ["istiod"],
        },
        {
            chart: "ztunnel",
            namespace: "ztunnel",
            values: {
                profile: "ambient",
                global: GLOBAL,
                istioNamespace: "istio-system",
                resources: agents.ztunnel,
                terminationGracePeriodSeconds: agents.grace,
                updateStrategy: {
                    type: "RollingUpdate",
                    rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
                },
            },
            after: ["cni"],
        },
    ];
    return ambient ? [...control, ...nodes] : control;
}

/** The values of one chart, as the untyped object that Helm gets. */
function valuesOf(chart: ChartStep["chart"], raw: Raw): Record<string, unknown> {
    const step = helmPlan(settingsWith(raw)).find((one) => one.chart === chart)!;
    return { ...step.values };
}

describe("helmPlan", () => {
    for (const [name, raw] of PLANES) {
        for (const size of ["homelab", "production"] as const) {
            it(`plans a ${name} mesh of size ${size}`, () => {
                const plan = helmPlan(settingsWith({ ...raw, size }));
                assert.deepEqual(plan, expected(size, name !== "sidecar"));
            });
        }

        it(`tells every chart of a ${name} mesh who the cluster is, and which images to run`, () => {
            const settings = settingsWith({
                ...raw,
                cluster: { name: "prod-eu", network: "network1", platform: "k3s" },
                mesh: { id: "mesh1" },
                charts: { hub: "registry.example.com/istio", tag: "1.31.3-distroless" },
            });
            for (const { chart, values } of helmPlan(settings)) {
                const { hub, tag, multiCluster, platform, meshID, network } = values.global;
                assert.deepEqual(
                    { chart, hub, tag, multiCluster, platform, meshID, network },
                    {
                        chart,
                        hub: "registry.example.com/istio",
                        tag: "1.31.3-distroless",
                        multiCluster: { clusterName: "prod-eu" },
                        platform: "k3s",
                        meshID: "mesh1",
                        network: "network1",
                    },
                );
            }
        });

        it(`names only charts that come before, each after the one it needs, for a ${name} mesh`, () => {
            const plan = helmPlan(settingsWith(raw));
            plan.forEach(({ after }, i) => {
                const earlier = plan.slice(0, i).map(({ chart }) => chart);
                assert.deepEqual(
                    after.filter((chart) => !earlier.includes(chart)),
                    [],
                );
            });
        });
    }

    it("has the webhooks refuse what istiod can't judge, by both charts that write them", () => {
        for (const chart of ["base", "istiod"] as const) {
            assert.deepEqual(valuesOf(chart, {})["base"], { validationFailurePolicy: "Fail" });
        }
    });

    it("trusts the namespace that ztunnel lives in, and none without ambient", () => {
        const ztunnel = helmPlan(settingsWith({ dataPlane: "ambient" })).at(-1)!;
        const trusted = (raw: Raw) => {
            const pilot = valuesOf("istiod", raw)["pilot"] as { trustedZtunnelNamespace?: string };
            return pilot.trustedZtunnelNamespace;
        };
        assert.equal(trusted({ dataPlane: "ambient" }), ztunnel.namespace);
        assert.equal(trusted({}), undefined);
    });

    it("leaves the system priority class out on GKE, which admits it only in kube-system", () => {
        const cluster = { name: "cluster1", platform: "gke" };
        assert.deepEqual(valuesOf("istiod", { cluster })["global"], {
            ...GLOBAL,
            platform: "gke",
            proxy: { resources: requests("100m", "128Mi") },
            waypoint: { resources: requests("100m", "128Mi") },
        });
    });

    it("passes the mesh's behaviour on", () => {
        const mesh = {
            trustDomain: "prod.example.com",
            accessLog: true,
            outboundTrafficPolicy: "REGISTRY_ONLY",
        };
        assert.deepEqual(valuesOf("istiod", { mesh })["meshConfig"], {
            trustDomain: "prod.example.com",
            accessLogFile: "/dev/stdout",
            outboundTrafficPolicy: { mode: "REGISTRY_ONLY" },
        });
    });

    it("counts replicas where an autoscaler would have nothing to do", () => {
        const sizing = { istiod: { minReplicas: 4, maxReplicas: 4 } };
        assert.deepEqual(valuesOf("istiod", { sizing })["pilot"], {
            autoscaleEnabled: false,
            replicaCount: 4,
            resources: requests("500m", "2048Mi"),
            topologySpreadConstraints: spreadOf({ app: "istiod" }),
        });
    });
});

describe("chartsOf", () => {
    it("holds the gateway chart only where there are gateways", () => {
        const gateways = [{ name: "edge" }];
        assert.deepEqual(chartsOf(settingsWith()), ["base", "istiod"]);
        assert.deepEqual(chartsOf(settingsWith({ gateways })), ["base", "istiod", "gateway"]);
        assert.deepEqual(chartsOf(settingsWith({ gateways, dataPlane: "ambient" })), [
            "base",
            "istiod",
            "cni",
            "ztunnel",
            "gateway",
        ]);
    });
});
