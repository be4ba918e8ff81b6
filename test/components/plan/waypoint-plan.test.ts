import assert from "node:assert/strict";
import { parse } from "yaml";
import { sizingOf } from "../../../components/plan/sizing";
import { waypointOptions } from "../../../components/plan/waypoint-plan";
import { spreadOf } from "../../support/spread";

/** A waypoint's options, each read as the YAML it is. */
function options(...args: Parameters<typeof sizingOf>): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(waypointOptions(sizingOf(...args))).map(([key, text]: [string, string]) => [
            key,
            parse(text) as unknown,
        ]),
    );
}

const container = (cpu: string, memory: string) => ({
    name: "istio-proxy",
    resources: { requests: { cpu, memory } },
});
const spread = spreadOf({ "gateway.networking.k8s.io/gateway-name": "waypoint" });

describe("waypointOptions", () => {
    it("gives a homelab's waypoint one small replica, and no key that makes istiod add more", () => {
        assert.deepEqual(options("homelab", {}), {
            deployment: {
                spec: {
                    replicas: 1,
                    template: { spec: { containers: [container("10m", "64Mi")] } },
                },
            },
        });
    });

    it("leaves production's replicas to the autoscaler, spread and kept through drains", () => {
        assert.deepEqual(options("production", {}), {
            deployment: {
                spec: {
                    template: {
                        spec: {
                            containers: [container("100m", "128Mi")],
                            topologySpreadConstraints: spread,
                        },
                    },
                },
            },
            horizontalPodAutoscaler: {
                spec: {
                    minReplicas: 3,
                    maxReplicas: 10,
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
            podDisruptionBudget: { spec: { minAvailable: 1 } },
        });
    });

    it("takes the numbers of the stack, and counts replicas where nothing scales", () => {
        const waypoint = { minReplicas: 4, maxReplicas: 4, minAvailable: 3, cpu: "1" };
        assert.deepEqual(options("production", { waypoint }), {
            deployment: {
                spec: {
                    replicas: 4,
                    template: {
                        spec: {
                            containers: [container("1", "128Mi")],
                            topologySpreadConstraints: spread,
                        },
                    },
                },
            },
            podDisruptionBudget: { spec: { minAvailable: 3 } },
        });
    });

    it("gives no budget to one replica that scales", () => {
        const keys = Object.keys(options("production", { waypoint: { minReplicas: 1 } }));
        assert.deepEqual(keys, ["deployment", "horizontalPodAutoscaler"]);
    });
});
