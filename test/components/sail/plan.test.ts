/** Proves what the operator is asked for. What it makes of that is the look-ahead's part. */
import assert from "node:assert/strict";
import { sailPlan, type SailStep } from "../../../components/sail/plan";
import { settingsWith, type Raw } from "../../support/settings";
import { spreadOf } from "../../support/spread";

const requests = (cpu: string, memory: string) => ({ requests: { cpu, memory } });
const images = { hub: "docker.io/istio", tag: "1.31.3" };
const multiCluster = { clusterName: "cluster1" };
const READY = ["condition=Reconciled", "condition=Ready"];

function plan(raw: Raw = {}) {
    return sailPlan(settingsWith({ installMethod: "sail", ...raw }));
}

function step(role: string, raw: Raw = {}): SailStep {
    return plan(raw).find((one) => one.role === role)!;
}

/** The spec of one object, as the untyped one that the API server gets. */
function spec(role: string, raw: Raw = {}): Record<string, unknown> {
    return { ...step(role, raw).object.spec };
}

const REVISIONED = { update: { strategy: "RevisionBased" } };

describe("sailPlan", () => {
    it("plans a homelab mesh of sidecars as one Istio object", () => {
        assert.deepEqual(plan({ size: "homelab" }), [
            {
                role: "istio",
                object: {
                    kind: "Istio",
                    name: "default",
                    spec: {
                        version: "v1.31.3",
                        namespace: "istio-system",
                        updateStrategy: { type: "InPlace" },
                        values: {
                            global: {
                                ...images,
                                multiCluster,
                                proxy: { resources: requests("10m", "64Mi") },
                                waypoint: { resources: requests("10m", "64Mi") },
                            },
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
                    },
                },
                after: [],
                ready: READY,
                timeoutSeconds: 600,
                workload: {
                    kind: "Deployment",
                    namespace: "istio-system",
                    name: "istiod",
                    image: "docker.io/istio/pilot:1.31.3",
                },
            },
        ]);
    });

    it("plans a production mesh in ambient, identity and images in every object", () => {
        const [istio, cni, ztunnel, ...rest] = plan({
            dataPlane: "ambient",
            cluster: { name: "prod-eu", network: "network1", platform: "k3s" },
            mesh: { id: "mesh1" },
        });
        const identity = { multiCluster: { clusterName: "prod-eu" }, network: "network1" };
        const where = { ...images, platform: "k3s" };
        assert.deepEqual(rest, []);
        assert.deepEqual(istio!.object, {
            kind: "Istio",
            name: "default",
            spec: {
                version: "v1.31.3",
                namespace: "istio-system",
                profile: "ambient",
                updateStrategy: { type: "InPlace" },
                values: {
                    global: {
                        ...where,
                        ...identity,
                        meshID: "mesh1",
                        priorityClassName: "system-cluster-critical",
                        proxy: { resources: requests("100m", "128Mi") },
                        waypoint: { resources: requests("100m", "128Mi") },
                    },
                    meshConfig: {
                        trustDomain: "cluster.local",
                        outboundTrafficPolicy: { mode: "ALLOW_ANY" },
                    },
                    pilot: {
                        autoscaleEnabled: true,
                        autoscaleMin: 3,
                        autoscaleMax: 10,
                        resources: requests("500m", "2048Mi"),
                        topologySpreadConstraints: spreadOf({ app: "istiod" }),
                        trustedZtunnelNamespace: "ztunnel",
                        cni: { enabled: true },
                    },
                },
            },
        });
        assert.deepEqual(cni, {
            role: "cni",
            object: {
                kind: "IstioCNI",
                name: "default",
                spec: {
                    version: "v1.31.3",
                    namespace: "istio-cni",
                    profile: "ambient",
                    values: { global: where, cni: { resources: requests("100m", "100Mi") } },
                },
            },
            after: ["istio"],
            ready: READY,
            timeoutSeconds: 600,
            workload: {
                kind: "DaemonSet",
                namespace: "istio-cni",
                name: "istio-cni-node",
                image: "docker.io/istio/install-cni:1.31.3",
            },
        });
        assert.deepEqual(ztunnel, {
            role: "ztunnel",
            object: {
                kind: "ZTunnel",
                name: "default",
                spec: {
                    version: "v1.31.3",
                    namespace: "ztunnel",
                    targetRef: { kind: "Istio", name: "default" },
                    values: {
                        global: where,
                        ztunnel: {
                            ...identity,
                            istioNamespace: "istio-system",
                            resources: requests("200m", "512Mi"),
                            terminationGracePeriodSeconds: 300,
                            updateStrategy: {
                                type: "RollingUpdate",
                                rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
                            },
                        },
                    },
                },
            },
            after: ["cni"],
            ready: READY,
            timeoutSeconds: 600,
            workload: {
                kind: "DaemonSet",
                namespace: "ztunnel",
                name: "ztunnel",
                image: "docker.io/istio/ztunnel:1.31.3",
            },
        });
    });

    it("makes a revision per version, ready once it is the active one, and a tag default", () => {
        const [istio, tag, ...rest] = plan(REVISIONED);
        assert.deepEqual(rest, []);
        assert.deepEqual(
            { ...istio!.object.spec, values: {} },
            {
                version: "v1.31.3",
                namespace: "istio-system",
                updateStrategy: {
                    type: "RevisionBased",
                    inactiveRevisionDeletionGracePeriodSeconds: 3600,
                },
                values: {},
            },
        );
        assert.deepEqual(istio!.ready, [
            "jsonpath={.status.activeRevisionName}=default-v1-31-3",
            ...READY,
        ]);
        assert.equal(istio!.workload!.name, "istiod-default-v1-31-3");
        assert.deepEqual(tag, {
            role: "tag-default",
            object: {
                kind: "IstioRevisionTag",
                name: "default",
                spec: { targetRef: { kind: "IstioRevision", name: "default-v1-31-3" } },
            },
            after: ["istio"],
            ready: ["condition=Reconciled"],
            timeoutSeconds: 180,
        });
    });

    it("asks for the canary, and leaves node agents and the tag default with the stable version", () => {
        const raw = {
            dataPlane: "ambient",
            istioVersion: "1.30.7",
            update: {
                strategy: "RevisionBased",
                canary: "1.31.3",
                tags: [{ name: "next", revision: "canary" }],
                gracePeriodSeconds: 60,
            },
        };
        const versions = Object.fromEntries(
            plan(raw).map(({ role, object }) => [
                role,
                "version" in object.spec ? object.spec.version : object.spec.targetRef.name,
            ]),
        );
        assert.deepEqual(versions, {
            istio: "v1.31.3",
            cni: "v1.30.7",
            ztunnel: "v1.30.7",
            "tag-default": "default-v1-30-7",
            "tag-next": "default-v1-31-3",
        });
        assert.deepEqual(spec("ztunnel", raw)["targetRef"], {
            kind: "IstioRevision",
            name: "default-v1-30-7",
        });
        assert.deepEqual(spec("istio", raw)["updateStrategy"], {
            type: "RevisionBased",
            inactiveRevisionDeletionGracePeriodSeconds: 60,
        });
    });

    for (const [tag, canary, stable] of [
        [undefined, "1.31.3", "1.30.7"],
        ["1.31.3-fips", "1.31.3-fips", "1.31.3-fips"],
    ] as const) {
        it(`has a canary run images of ${canary}, and node agents those of ${stable}`, () => {
            const raw = {
                dataPlane: "ambient",
                istioVersion: "1.30.7",
                ...(tag === undefined ? {} : { charts: { tag } }),
                update: { strategy: "RevisionBased", canary: "1.31.3" },
            };
            const tags = ["istio", "cni", "ztunnel"].map((role) => {
                const { values } = spec(role, raw) as { values: { global: { tag: string } } };
                return values.global.tag;
            });
            assert.deepEqual(tags, [canary, stable, stable]);
            assert.equal(step("istio", raw).workload?.image, `docker.io/istio/pilot:${canary}`);
        });
    }

    it("tags after the node agents, so that nobody follows a tag before the data plane is there", () => {
        assert.deepEqual(step("tag-default", { ...REVISIONED, dataPlane: "ambient" }).after, [
            "ztunnel",
        ]);
    });

    it("understands an Istio object of another name, which needs the tag default too", () => {
        const raw = { dataPlane: "ambient", update: { name: "blue" } };
        assert.deepEqual(
            plan(raw).map(({ role, object }) => [role, object.name]),
            [
                ["istio", "blue"],
                ["cni", "default"],
                ["ztunnel", "default"],
                ["tag-default", "default"],
            ],
        );
        assert.equal(step("istio", raw).workload!.name, "istiod-blue");
        assert.deepEqual(spec("ztunnel", raw)["targetRef"], { kind: "Istio", name: "blue" });
        assert.deepEqual(spec("tag-default", raw)["targetRef"], {
            kind: "IstioRevision",
            name: "blue",
        });
    });

    it("has every object run the hub and tag that the stack names, and looks for these images", () => {
        const raw = {
            dataPlane: "ambient",
            charts: { hub: "registry.example.com/istio", tag: "1.31.3-fips" },
        };
        assert.deepEqual(
            plan(raw).map(({ workload, object }) => {
                const { global } = (object.spec as { values: { global: typeof images } }).values;
                return [workload!.image, global.hub, global.tag];
            }),
            ["pilot", "install-cni", "ztunnel"].map((component) => [
                `registry.example.com/istio/${component}:1.31.3-fips`,
                "registry.example.com/istio",
                "1.31.3-fips",
            ]),
        );
    });
});
