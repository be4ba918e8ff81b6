import assert from "node:assert/strict";
import type { LiveMesh, LiveObject } from "../../cluster/live-mesh";
import { liveProblems } from "../../cluster/live-problems";
import { problemText } from "../../settings/problems";
import { block, settingsWith, type Raw } from "../support/settings";

const EMPTY: LiveMesh = { kubernetes: "1.36", istiods: [], objects: [], namespaces: [] };

/** Objects of the operator in one version. */
const objects = (version: string, ...kinds: LiveObject["kind"][]): LiveObject[] =>
    kinds.map((kind) => ({ kind, name: "default", version }));

const HELM_ISTIOD = { name: "istiod", bySail: false, version: "1.31.3" };
const SAIL = { installMethod: "sail" };

function problems(live: Partial<LiveMesh>, raw: Raw = {}): string[] {
    return liveProblems({ ...EMPTY, ...live }, settingsWith(raw)).map(problemText);
}

describe("liveProblems", () => {
    it("finds nothing in an empty cluster, by either method", () => {
        assert.deepEqual(problems({}), []);
        assert.deepEqual(problems({}, SAIL), []);
    });

    it("finds nothing where the same method installs the same again", () => {
        assert.deepEqual(problems({ istiods: [HELM_ISTIOD] }), []);
        const sail = {
            istiods: [{ ...HELM_ISTIOD, bySail: true }],
            objects: objects("1.31.3", "Istio", "IstioRevision", "IstioCNI", "ZTunnel"),
        };
        assert.deepEqual(problems(sail, SAIL), []);
    });

    it("refuses Sail over charts, and says how to change the method", () => {
        assert.deepEqual(problems({ istiods: [HELM_ISTIOD] }, SAIL), [
            block(
                "installMethod",
                '"sail", where the cluster has Deployment "istiod" that the Sail Operator didn\'t make',
                '"helm" while that mesh is there: the two would fight over the same objects, and sidecars would lose their istiod meanwhile',
                "pulumi config set istio-mesh:installMethod helm; to change it, take the mesh away first, in a maintenance window: pulumi destroy, then pulumi config set istio-mesh:installMethod sail and pulumi up, then restart the workloads; or build the other mesh in a second cluster and move the traffic",
            ),
        ]);
    });

    it("refuses charts over Sail, also where only the object is left", () => {
        const live = { objects: objects("1.31.3", "Istio") };
        assert.deepEqual(problems(live), [
            block(
                "installMethod",
                '"helm", where the cluster has Istio "default" of the Sail Operator',
                '"sail" while that mesh is there: the two would fight over the same objects, and sidecars would lose their istiod meanwhile',
                "pulumi config set istio-mesh:installMethod sail; to change it, take the mesh away first, in a maintenance window: pulumi destroy, then pulumi config set istio-mesh:installMethod helm and pulumi up, then restart the workloads; or build the other mesh in a second cluster and move the traffic",
            ),
        ]);
    });

    it("says nothing else of a mesh of the other method", () => {
        const live = { kubernetes: "1.20", istiods: [{ ...HELM_ISTIOD, version: "1.20.0" }] };
        assert.equal(problems(live, SAIL).length, 1);
    });

    it("refuses a Kubernetes that the release doesn't know yet, and takes a newer one", () => {
        assert.deepEqual(problems({ kubernetes: "1.31" }), [
            block(
                "istioVersion",
                '"1.31.3", on Kubernetes 1.31',
                "Kubernetes 1.32 to 1.36 for Istio 1.31",
                "upgrade the cluster to Kubernetes 1.32 first",
            ),
        ]);
        assert.deepEqual(problems({ kubernetes: "1.40" }), []);
    });

    it("refuses to skip a minor in place, up or down, and names the step between", () => {
        const live = { istiods: [{ ...HELM_ISTIOD, version: "1.29.4" }] };
        assert.deepEqual(problems(live), [
            block(
                "istioVersion",
                '"1.31.3", where 1.29.4 runs',
                'a release at most 1 minor away with strategy "InPlace"',
                "first pulumi config set istio-mesh:istioVersion 1.30.7 and pulumi up, then this one",
            ),
        ]);
        const newer = { istiods: [{ ...HELM_ISTIOD, version: "1.33.0" }] };
        assert.deepEqual(problems(newer), [
            block(
                "istioVersion",
                '"1.31.3", where 1.33.0 runs',
                'a release at most 1 minor away with strategy "InPlace"',
                "first pulumi config set istio-mesh:istioVersion '<a release of 1.32>' and pulumi up, then this one",
            ),
        ]);
    });

    it("takes two minors where the new release gets a control plane of its own", () => {
        const raw = { ...SAIL, update: { strategy: "RevisionBased" } };
        const live = { objects: objects("1.29.4", "Istio", "IstioRevision") };
        assert.deepEqual(problems(live, raw), []);
    });

    it("takes one minor in place, and an image whose tag says no release", () => {
        assert.deepEqual(problems({ istiods: [{ ...HELM_ISTIOD, version: "1.30.0" }] }), []);
        assert.deepEqual(problems({ istiods: [{ name: "istiod", bySail: false }] }), []);
    });

    it("refuses an operator that drops what runs, and names the last one that doesn't", () => {
        const raw = { ...SAIL, update: { strategy: "RevisionBased" }, istioVersion: "1.30.7" };
        const live = { objects: objects("1.28.10", "Istio", "IstioRevision") };
        assert.deepEqual(problems(live, raw), [
            block(
                "charts.operator.version",
                '"1.31.2", which doesn\'t install Istio "default" 1.28.10, IstioRevision "default" 1.28.10',
                "an operator that installs all that runs: what it doesn't, it no longer manages",
                "first pulumi config set --path 'istio-mesh:charts.operator.version' 1.30.3, move Istio to a newer minor with it, then upgrade the operator",
            ),
        ]);
    });

    it("refuses to leave a node agent behind that no known operator installs", () => {
        assert.deepEqual(problems({ objects: objects("1.31.9", "ZTunnel") }, SAIL), [
            block(
                "charts.operator.version",
                '"1.31.2", which doesn\'t install ZTunnel "default" 1.31.9',
                "an operator that installs all that runs: what it doesn't, it no longer manages",
                "bring it to 1.31.3 with the operator it has",
            ),
        ]);
    });

    it("leaves an alias that somebody else wrote to the operator", () => {
        assert.deepEqual(
            problems({ objects: objects("1.31-latest", "Istio", "ZTunnel") }, SAIL),
            [],
        );
    });

    it("refuses a canary on the first install: the operator makes one revision at a time", () => {
        const raw = {
            ...SAIL,
            istioVersion: "1.30.7",
            update: { strategy: "RevisionBased", canary: "1.31.3" },
        };
        assert.deepEqual(problems({}, raw), [
            block(
                "update.canary",
                '"1.31.3", where there is no revision default-v1-30-7',
                "a release beside 1.30.7 once that runs: the operator makes one revision at a time",
                "first pulumi config rm --path 'istio-mesh:update.canary' and pulumi up, then this one",
            ),
        ]);
        const live = {
            objects: [{ kind: "IstioRevision", name: "default-v1-30-7", version: "1.30.7" }],
        } as const;
        assert.deepEqual(problems(live, raw), []);
    });

    it("refuses to keep a previous release that is gone", () => {
        const raw = { ...SAIL, update: { strategy: "RevisionBased", previous: "1.30.7" } };
        assert.deepEqual(problems({}, raw), [
            block(
                "update.previous",
                '"1.30.7", where there is no revision default-v1-30-7',
                "a release beside 1.30.7 once that runs: the operator makes one revision at a time",
                "pulumi config rm --path 'istio-mesh:update.previous'",
            ),
        ]);
    });
});
