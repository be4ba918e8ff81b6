/** What a review says of objects that an operator will make, from streams made by hand. */
import assert from "node:assert/strict";
import type { ReviewEvent } from "../../review/events/stream";
import type { Tree } from "../../review/events/tree";
import { END, review, step } from "./support";

describe("what the Sail Operator will make", () => {
    const lookAhead = (before: readonly Tree[], after: readonly Tree[]): ReviewEvent => ({
        step: {
            op: "update",
            urn: "urn:pulumi:prod::istio-mesh::istio-mesh:operator:Objects::mesh-sail-objects",
            type: "istio-mesh:operator:Objects",
            before: { inputs: { objects: before } },
            after: { inputs: { objects: after } },
        },
    });
    const ztunnel = (image: string): Tree => ({
        ...{ apiVersion: "apps/v1", kind: "DaemonSet" },
        metadata: { name: "ztunnel", namespace: "ztunnel" },
        spec: { template: { spec: { containers: [{ name: "istio-proxy", image }] } } },
    });
    const cr = (spec: Tree): Tree => ({ metadata: { name: "default" }, spec });
    const updated = step(
        "sailoperator.io/v1:ZTunnel",
        cr({ version: "v1.31.1" }),
        cr({ version: "v1.31.3" }),
    );

    it("is classed in place of the operator's own objects", () => {
        const { changes, classes } = review([
            updated,
            lookAhead([ztunnel("ztunnel:1.31.1")], [ztunnel("ztunnel:1.31.3")]),
            END,
        ]);
        assert.deepEqual(classes, ["node-level", "connections-cut"]);
        assert.equal(changes[0]?.change.byOperator, true);
        assert.deepEqual(changes[1]?.classes, ["nothing"]);
    });

    it("says nothing of an object that stays the same", () => {
        const same = [ztunnel("ztunnel:1.31.3")];
        assert.deepEqual(review([updated, lookAhead(same, same), END]).classes, ["nothing"]);
    });

    it("isn't known without the look-ahead: then the operator's own objects tell the worst", () => {
        assert.deepEqual(review([updated, END]).classes, ["node-level", "connections-cut"]);
    });

    it("keeps an old revision while workloads use it", () => {
        const mesh = cr({ updateStrategy: { type: "RevisionBased" } });
        const istio = step("sailoperator.io/v1:Istio", mesh, mesh);
        const { changes } = review([istio, lookAhead([ztunnel("a")], []), END]);
        assert.match(changes[0]?.reasons[0]?.means ?? "", /keeps it until no workload uses/);
    });
});
