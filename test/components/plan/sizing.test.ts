import assert from "node:assert/strict";
import { sizingOf } from "../../../components/plan/sizing";

/** All numbers of a size, those of a gateway that says nothing included. */
function numbers(...args: Parameters<typeof sizingOf>) {
    const { gateway, ...rest } = sizingOf(...args);
    return { ...rest, gateway: gateway({}) };
}

describe("sizingOf", () => {
    it("gives a homelab one of each, with small requests and nothing to block a drain", () => {
        const proxied = { minReplicas: 1, maxReplicas: 1, cpu: "10m", memory: "64Mi" };
        assert.deepEqual(numbers("homelab", {}), {
            istiod: { minReplicas: 1, maxReplicas: 1, cpu: "100m", memory: "128Mi" },
            waypoint: proxied,
            gateway: proxied,
            ztunnel: { cpu: "20m", memory: "64Mi", terminationGracePeriodSeconds: 30 },
            cni: { cpu: "10m", memory: "64Mi" },
            proxy: { cpu: "10m", memory: "64Mi" },
            production: false,
        });
    });

    it("gives production three of each, autoscaled and protected from drains", () => {
        const scaled = { minReplicas: 3, maxReplicas: 10, minAvailable: 1 };
        const proxied = { ...scaled, cpu: "100m", memory: "128Mi" };
        assert.deepEqual(numbers("production", {}), {
            istiod: { ...scaled, cpu: "500m", memory: "2048Mi" },
            waypoint: proxied,
            gateway: proxied,
            ztunnel: { cpu: "200m", memory: "512Mi", terminationGracePeriodSeconds: 300 },
            cni: { cpu: "100m", memory: "100Mi" },
            proxy: { cpu: "100m", memory: "128Mi" },
            production: true,
        });
    });

    it("overrides single numbers and leaves their neighbours", () => {
        const { istiod, waypoint, ztunnel, cni, proxy } = sizingOf("production", {
            istiod: { minReplicas: 5, cpu: "2" },
            waypoint: { maxReplicas: 4, minAvailable: 2, memory: "1Gi" },
            ztunnel: { memory: "1Gi", terminationGracePeriodSeconds: 60 },
            cni: { cpu: "1m" },
            proxy: { memory: "1Mi" },
        });
        assert.deepEqual(
            { istiod, waypoint, ztunnel, cni, proxy },
            {
                istiod: {
                    minReplicas: 5,
                    maxReplicas: 10,
                    minAvailable: 1,
                    cpu: "2",
                    memory: "2048Mi",
                },
                waypoint: {
                    minReplicas: 3,
                    maxReplicas: 4,
                    minAvailable: 2,
                    cpu: "100m",
                    memory: "1Gi",
                },
                ztunnel: { cpu: "200m", memory: "1Gi", terminationGracePeriodSeconds: 60 },
                cni: { cpu: "1m", memory: "100Mi" },
                proxy: { cpu: "100m", memory: "1Mi" },
            },
        );
    });

    const rows: [
        title: string,
        over: { minReplicas?: number; maxReplicas?: number; minAvailable?: number },
        bounds: { minReplicas: number; maxReplicas: number; minAvailable?: number },
    ][] = [
        [
            "pulls the most along when the least is raised above it",
            { minReplicas: 20 },
            { minReplicas: 20, maxReplicas: 20, minAvailable: 1 },
        ],
        [
            "drops the budget with the second replica",
            { minReplicas: 1 },
            { minReplicas: 1, maxReplicas: 10 },
        ],
        [
            "keeps a budget that was asked for, for the rules to judge",
            { minReplicas: 1, minAvailable: 1 },
            { minReplicas: 1, maxReplicas: 10, minAvailable: 1 },
        ],
        [
            "keeps a most below the least, for the rules to judge",
            { maxReplicas: 2 },
            { minReplicas: 3, maxReplicas: 2, minAvailable: 1 },
        ],
    ];
    for (const [title, over, bounds] of rows) {
        it(`${title}: istiod, waypoint and gateway alike`, () => {
            const sizing = sizingOf("production", { istiod: over, waypoint: over });
            assert.deepEqual(sizing.istiod, { ...bounds, cpu: "500m", memory: "2048Mi" });
            assert.deepEqual(sizing.waypoint, { ...bounds, cpu: "100m", memory: "128Mi" });
            assert.deepEqual(sizing.gateway(over), { ...bounds, cpu: "100m", memory: "128Mi" });
        });
    }

    it("gives a homelab's second replica a budget", () => {
        assert.deepEqual(sizingOf("homelab", { istiod: { minReplicas: 2 } }).istiod, {
            minReplicas: 2,
            maxReplicas: 2,
            minAvailable: 1,
            cpu: "100m",
            memory: "128Mi",
        });
    });
});
