/** What a review reads beside the engine's own stream: saved event logs and clusters. */
import assert from "node:assert/strict";
import type { Tree } from "../../review/events/tree";
import { workloadsOf } from "../../review/run/cluster";
import { eventsIn } from "../../review/run/event-log";

describe("an event log", () => {
    const good = JSON.stringify({
        sequence: 1,
        timestamp: 1,
        summaryEvent: { resourceChanges: {} },
    });

    it("is read, and a last line that was cut is left out", () => {
        assert.equal(eventsIn(`${good}\n{"sequence": 2, "resou`, "log").length, 1);
    });

    it("is refused when it is none", () => {
        assert.throws(() => eventsIn(`hello\n${good}`, "log"), /log is no event log: line 1/);
    });
});

describe("pods of a cluster", () => {
    it("are counted by what made them, a Deployment's through its ReplicaSet", () => {
        const pod = (name: string, owner: Tree | undefined, container: string): Tree => ({
            metadata: { name, namespace: "shop", ownerReferences: owner ? [owner] : [] },
            spec: { containers: [{ name: "app" }], initContainers: [{ name: container }] },
        });
        const set = { kind: "ReplicaSet", name: "cart-6f7d" };
        assert.deepEqual(
            workloadsOf([
                pod("cart-1", set, "istio-proxy"),
                pod("cart-2", set, "other"),
                pod("alone", undefined, "x"),
            ]),
            [
                { namespace: "shop", kind: "Deployment", name: "cart", pods: 2, sidecars: 1 },
                { namespace: "shop", kind: "Pod", name: "alone", pods: 1, sidecars: 0 },
            ],
        );
    });
});
