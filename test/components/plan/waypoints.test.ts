import assert from "node:assert/strict";
import {
    ownWaypoint,
    waypointLabels,
    waypointOf,
    waypointsIn,
    type WaypointsInput,
} from "../../../components/plan/waypoints";

const input: WaypointsInput = {
    namespaces: [
        { name: "shop", waypoint: true },
        { name: "pods", waypoint: true, waypointFor: "all" },
        { name: "plain", waypoint: false },
    ],
    waypoints: [
        { name: "checkout-waypoint", namespace: "shop", services: ["checkout"] },
        { name: "canary", namespace: "shop", for: "service", services: [] },
        { name: "single", namespace: "plain", for: "workload", services: ["cart"] },
    ],
};

describe("waypointOf", () => {
    const cases: [title: string, namespace: string, service: string | undefined, found: unknown][] =
        [
            ["its own", "shop", "checkout", { name: "checkout-waypoint", for: "service" }],
            ["its namespace's", "shop", "cart", { name: "waypoint", for: "service" }],
            ["its namespace's, for all", "pods", "cart", { name: "waypoint", for: "all" }],
            [
                "the namespace's, without a service",
                "shop",
                undefined,
                { name: "waypoint", for: "service" },
            ],
            ["its own alone", "plain", "cart", { name: "single", for: "workload" }],
            ["none", "plain", "checkout", undefined],
            ["none where nothing is known", "elsewhere", "checkout", undefined],
        ];
    for (const [title, namespace, service, found] of cases) {
        it(`finds ${title}`, () => {
            assert.deepEqual(waypointOf({ namespace, service }, input), found);
        });
    }
});

describe("ownWaypoint", () => {
    it("doesn't know the namespace's", () => {
        assert.equal(ownWaypoint({ namespace: "shop", service: "cart" }, input), undefined);
    });
});

describe("waypointsIn", () => {
    it("names all of a namespace, its own first", () => {
        assert.deepEqual(waypointsIn("shop", input), ["waypoint", "checkout-waypoint", "canary"]);
        assert.deepEqual(waypointsIn("plain", input), ["single"]);
        assert.deepEqual(waypointsIn("elsewhere", {}), []);
    });
});

describe("waypointLabels", () => {
    it("labels whom the waypoint is for", () => {
        const use = { "istio.io/use-waypoint": "w" };
        assert.deepEqual(waypointLabels({ name: "w", for: "service" }), { service: use, pods: {} });
        assert.deepEqual(waypointLabels({ name: "w", for: "workload" }), {
            service: {},
            pods: use,
        });
        assert.deepEqual(waypointLabels({ name: "w", for: "all" }), { service: use, pods: use });
    });
});
