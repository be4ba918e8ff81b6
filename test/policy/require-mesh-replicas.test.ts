import assert from "node:assert/strict";
import { requireMeshReplicas } from "../../policy/rules/require-mesh-replicas";
import {
    istiodLabels,
    deployment,
    istiod,
    edge,
    hpa,
    pdb,
    istiodHpa,
    istiodPdb,
    edgePdb,
    gateway,
    istio,
    few,
    bare,
    blocked,
    useless,
    istiodName,
    istiodScaler,
} from "../support/mesh-workloads";
import { type Fixture, judge, unknownNumber } from "../support/policy";

const allowed: Record<string, Fixture[]> = {
    "istiod with an autoscaler and the chart's budget": [
        istiod(),
        istiodHpa(3),
        istiodPdb({ minAvailable: 1 }),
    ],
    "istiod that its autoscaler has scaled up since": [
        istiod(undefined, 4),
        istiodHpa(3),
        istiodPdb({ minAvailable: 1 }),
    ],
    "istiod with a fixed count": [istiod(3), istiodPdb({ maxUnavailable: 1 })],
    "a budget in percent that rounds up to one pod less": [
        istiod(3),
        istiodPdb({ minAvailable: "66%" }),
    ],
    "a small percentage unavailable, which rounds up to one": [
        istiod(3),
        istiodPdb({ maxUnavailable: "1%" }),
    ],
    "a budget that selects by expressions": [
        istiod(3),
        istiodPdb(
            { minAvailable: 1 },
            {
                matchExpressions: [
                    { key: "app", operator: "In", values: ["istiod"] },
                    { key: "istio", operator: "NotIn", values: ["edge"] },
                    { key: "istio", operator: "Exists" },
                    { key: "legacy", operator: "DoesNotExist" },
                ],
            },
        ),
    ],
    "an older autoscaler version": [
        istiod(),
        hpa(["istio-system", "istiod"], 3, 5, "v1"),
        istiodPdb({ minAvailable: 1 }),
    ],
    "a gateway with two replicas": [edge(2), edgePdb({ minAvailable: 1 })],
    "an application with one replica that adjusts its sidecar": [
        deployment(["shop", "cart"], { labels: { app: "cart" } }),
    ],
};

const denied: Record<string, [Fixture[], string[]]> = {
    "the chart's default autoscaler": [
        [istiod(), istiodHpa(1)],
        [few(istiodName, 1, `spec.minReplicas of ${istiodScaler} is 1`, "istiod", 3)],
    ],
    "an autoscaler without a minimum": [
        [istiod(), istiodHpa()],
        [
            few(
                istiodName,
                1,
                `spec.minReplicas of ${istiodScaler} is not set, which means 1`,
                "istiod",
                3,
            ),
        ],
    ],
    "no count and no autoscaler": [
        [istiod()],
        [few(istiodName, 1, "spec.replicas is 1", "istiod", 3)],
    ],
    "two replicas of istiod": [
        [istiod(2), istiodPdb({ minAvailable: 1 })],
        [few(istiodName, 2, "spec.replicas is 2", "istiod", 3)],
    ],
    "istiod scaled to nothing": [
        [istiod(0)],
        [
            `${istiodName} may run with 0 replicas: spec.replicas is 0; set it to 3 or more, the minimum for istiod.`,
        ],
    ],
    "one gateway": [
        [edge(1)],
        [few('Deployment "ingress/edge"', 1, "spec.replicas is 1", "gateways", 2)],
    ],
    "a gateway that runs the proxy itself": [
        [
            {
                type: "kubernetes:apps/v1:Deployment",
                name: "router",
                props: {
                    metadata: { name: "router" },
                    spec: {
                        replicas: 1,
                        template: { spec: { containers: [{ args: ["proxy", "router"] }] } },
                    },
                },
            },
        ],
        [few('Deployment "default/router"', 1, "spec.replicas is 1", "gateways", 2)],
    ],
    "replicas without a budget": [[edge(2)], [bare('Deployment "ingress/edge"', 2)]],
    "a budget for other pods": [
        [istiod(3), istiodPdb({ minAvailable: 1 }, { matchLabels: { app: "other" } })],
        [bare(istiodName, 3)],
    ],
    "a budget in another namespace": [
        [istiod(3), pdb(["default", "istiod"], { matchLabels: istiodLabels }, { minAvailable: 1 })],
        [bare(istiodName, 3)],
    ],
    "a budget that keeps all": [
        [istiod(3), istiodPdb({ minAvailable: 3 })],
        [blocked("minAvailable 3")],
    ],
    "a budget that keeps 100%": [
        [istiod(3), istiodPdb({ minAvailable: "100%" })],
        [blocked('minAvailable "100%"')],
    ],
    "a budget whose percentage rounds up to all": [
        [istiod(3), istiodPdb({ minAvailable: "67%" })],
        [blocked('minAvailable "67%"')],
    ],
    "a budget with nothing unavailable": [
        [istiod(3), istiodPdb({ maxUnavailable: 0 })],
        [blocked("maxUnavailable 0")],
    ],
    "a budget with 0% unavailable": [
        [istiod(3), istiodPdb({ maxUnavailable: "0%" })],
        [blocked('maxUnavailable "0%"')],
    ],
    "a budget over a single pod": [
        [edge(1), edgePdb({ minAvailable: 1 })],
        [
            few('Deployment "ingress/edge"', 1, "spec.replicas is 1", "gateways", 2),
            'PodDisruptionBudget "ingress/edge" blocks every drain: minAvailable 1 of 1 replica leaves none ' +
                "to evict; set maxUnavailable: 1, or run more replicas.",
        ],
    ],
    "a budget that keeps none": [
        [istiod(3), istiodPdb({ minAvailable: 0 })],
        [useless("minAvailable 0")],
    ],
    "a budget that sets no limit": [
        [istiod(3), istiodPdb({})],
        [useless("neither minAvailable nor maxUnavailable")],
    ],
    "two budgets": [
        [
            istiod(3),
            istiodPdb({ minAvailable: 1 }),
            pdb(["istio-system", "all"], {}, { maxUnavailable: 1 }),
        ],
        [
            `${istiodName} is selected by PodDisruptionBudget "istio-system/istiod" and ` +
                'PodDisruptionBudget "istio-system/all": Kubernetes evicts no pod that has two budgets, ' +
                "so every drain hangs; keep one.",
        ],
    ],
    "a count beside an autoscaler": [
        [istiod(3), istiodHpa(3), istiodPdb({ minAvailable: 1 })],
        [
            `${istiodName} sets its replicas twice: spec.replicas is 3, and ${istiodScaler} scales it, ` +
                "so every update undoes the scaling; leave the number to the autoscaler.",
        ],
    ],
    "a minimum above the maximum": [
        [istiod(), istiodHpa(5, 3), istiodPdb({ minAvailable: 1 })],
        [
            `${istiodScaler} can't work: spec.minReplicas of ${istiodScaler} is 5, above spec.maxReplicas 3; ` +
                "raise spec.maxReplicas to 5 or more.",
        ],
    ],
};

describe("requireMeshReplicas", () => {
    for (const [title, fixtures] of Object.entries(allowed)) {
        it(`allows ${title}`, async () => {
            assert.deepEqual(await judge(requireMeshReplicas, fixtures), {
                violations: [],
                deferred: [],
            });
        });
    }

    for (const [title, [fixtures, violations]] of Object.entries(denied)) {
        it(`denies ${title}`, async () => {
            assert.deepEqual(await judge(requireMeshReplicas, fixtures), {
                violations,
                deferred: [],
            });
        });
    }

    it("defers a workload with an unknown number, and judges the others", async () => {
        const fixtures = [istiod(), istiodHpa(unknownNumber), edge(unknownNumber), gateway({})];
        const { violations, deferred } = await judge(requireMeshReplicas, fixtures);
        assert.deepEqual(deferred, [
            '"istiod": number value at .spec.minReplicas can\'t be known during preview; ' +
                '"edge": number value at .spec.replicas can\'t be known during preview',
        ]);
        assert.equal(violations.length, 1);
    });

    it("knows that a count is set before it knows the count", async () => {
        const fixtures = [istiod(unknownNumber), istiodHpa(3), istiodPdb({ minAvailable: 1 })];
        assert.deepEqual(await judge(requireMeshReplicas, fixtures), {
            violations: [],
            deferred: ['"istiod": number value at .spec.replicas can\'t be known during preview'],
        });
    });

    it("forgets a count that the next update no longer sets", async () => {
        const rest = [istiodHpa(3), istiodPdb({ minAvailable: 1 })];
        const before = await judge(requireMeshReplicas, [istiod(3), ...rest]);
        const after = await judge(requireMeshReplicas, [istiod(undefined, 3), ...rest]);
        assert.deepEqual([before.violations.length, after.violations.length], [1, 0]);
    });

    const single = [istiod(1), edge(1), gateway({})];
    for (const [index, role] of (["istiod", "gateways", "waypoints"] as const).entries()) {
        it(`takes the minimum for ${role} from its config`, async () => {
            const all = await judge(requireMeshReplicas, single);
            const relaxed = await judge(requireMeshReplicas, single, { [role]: 1 });
            assert.deepEqual(
                relaxed.violations,
                all.violations.filter((_, at) => at !== index),
            );
        });

        it(`raises the minimum for ${role} by its config`, async () => {
            const { violations } = await judge(requireMeshReplicas, single, { [role]: 4 });
            assert.match(
                violations[index]!,
                new RegExp(`; set it to 4 or more, the minimum for ${role}\\.$`),
            );
        });
    }

    it("passes over what `exempt` names, and only that", async () => {
        const exempt = ["istio-system/istiod", "shop/waypoint", "default"].map((name) => ({
            name,
            reason: "A lab.",
        }));
        assert.deepEqual(await judge(requireMeshReplicas, [...single, istio({})], { exempt }), {
            violations: [few('Deployment "ingress/edge"', 1, "spec.replicas is 1", "gateways", 2)],
            deferred: [],
        });
    });

    it("refuses a config property it doesn't know", async () => {
        await assert.rejects(judge(requireMeshReplicas, [], { gateway: 2 }), {
            message:
                "config of require-mesh-replicas has unknown properties: gateway; " +
                "it knows: istiod, gateways, waypoints, exempt",
        });
    });
});
