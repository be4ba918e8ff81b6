/** Proves who is named for a difference. That the engine finds the differences is proved end to end. */
import assert from "node:assert/strict";
import { findingsOf } from "../../review/drift/findings";
import { writersOf } from "../../review/drift/managed-fields";
import { refreshEvent } from "../../review/drift/refresh-events";
import type { Drifted } from "../../review/drift/refresh-events";
import { driftPage } from "../../review/drift/report";
import { EXPECTED_WRITERS } from "../../review/drift/writers";
import { difference, parsePath, pathText } from "../../review/events/paths";
import type { Tree, Value } from "../../review/events/tree";
import { markdown } from "../../review/page/markdown";

const entry = (manager: string, fieldsV1: Tree, more: Tree = {}): Tree => ({
    manager,
    operation: "Update",
    time: "2026-01-01T00:00:00Z",
    fieldsV1,
    ...more,
});

const OURS = entry(
    "pulumi-kubernetes-1234abcd",
    { "f:spec": { "f:replicas": {}, "f:template": {} } },
    { operation: "Apply" },
);

function live(...managedFields: readonly Tree[]): Tree {
    return {
        metadata: { name: "istiod", namespace: "istio-system", managedFields },
        spec: {
            replicas: 3,
            template: { spec: { containers: [{ name: "discovery", image: "other" }] } },
        },
        webhooks: [{ name: "validation.istio.io", failurePolicy: "Fail" }],
    };
}

function found(path: string, before: Value, after: Value | undefined, object: Tree, kind: string) {
    const drifted: Drifted = {
        urn: "urn",
        object: { group: "apps", kind, namespace: "istio-system", name: "istiod" },
        apiVersion: "apps/v1",
        deleted: false,
        differences: [difference(parsePath(path), before, after, false)],
    };
    return findingsOf(drifted, object)[0];
}

const image = "spec.template.spec.containers.discovery.image";
const IMAGE = {
    "f:spec": {
        "f:template": {
            "f:spec": { "f:containers": { 'k:{"name":"discovery"}': { "f:image": {} } } },
        },
    },
};
const WEBHOOK = {
    "f:webhooks": { 'k:{"name":"validation.istio.io"}': { "f:failurePolicy": {} } },
};

describe("the writers of a field", () => {
    const writers = (path: string, object: Tree) =>
        writersOf(object, parsePath(path)).map(({ manager }) => manager);

    it("are found through named things in lists, by name or index", () => {
        const object = live(entry("kubectl-set", IMAGE));
        assert.deepEqual(writers(image, object), ["kubectl-set"]);
        assert.deepEqual(writers("spec.template.spec.containers[0].image", object), [
            "kubectl-set",
        ]);
        assert.deepEqual(writers("spec.template.spec.containers.other.image", object), []);
    });

    it("are those of what the field is in, where that is owned as a whole", () => {
        assert.deepEqual(writers(image, live(OURS)), ["pulumi-kubernetes-1234abcd"]);
    });

    it("come with the latest first", () => {
        const object = live(
            entry("early", IMAGE, { time: "2026-01-01T00:00:00Z" }),
            entry("late", IMAGE, { time: "2026-02-01T00:00:00Z" }),
        );
        assert.deepEqual(writers(image, object), ["late", "early"]);
    });
});

describe("a difference", () => {
    const SCALE = { "f:spec": { "f:replicas": {} } };
    for (const [what, path, kind, writer, culprit, expected] of [
        [
            "by an autoscaler",
            "spec.replicas",
            "Deployment",
            entry("kube-controller-manager", SCALE, { subresource: "scale" }),
            /^an autoscaler \(HPA\)/,
            /autoscaler/,
        ],
        [
            "by hand",
            "spec.replicas",
            "Deployment",
            entry("kubectl", SCALE, { subresource: "scale" }),
            /^somebody with kubectl, by hand \(kubectl, Update of scale, 2026/,
            undefined,
        ],
        [
            "by istiod",
            "webhooks[0].failurePolicy",
            "ValidatingWebhookConfiguration",
            entry("pilot-discovery", WEBHOOK),
            /^istiod/,
            /istiod sets Fail/,
        ],
        [
            "by Kubernetes, together with the status",
            'metadata.annotations["deployment.kubernetes.io/revision"]',
            "Deployment",
            entry(
                "kube-controller-manager",
                {
                    "f:metadata": {
                        "f:annotations": { "f:deployment.kubernetes.io/revision": {} },
                    },
                    "f:status": { "f:replicas": {} },
                },
                { subresource: "status" },
            ),
            /^a controller of Kubernetes/,
            /counts rollouts/,
        ],
        [
            "by istiod where it has no business",
            image,
            "Deployment",
            entry("pilot-discovery", IMAGE),
            /^istiod/,
            undefined,
        ],
        [
            "by an operator",
            image,
            "Deployment",
            entry("some-operator", IMAGE),
            /^an operator \(some-operator/,
            undefined,
        ],
        [
            "by Argo CD",
            image,
            "Deployment",
            entry("argocd-controller", IMAGE),
            /^Argo CD/,
            undefined,
        ],
        [
            "by nobody known",
            image,
            "Deployment",
            entry("curl", IMAGE),
            /^a program \(curl/,
            undefined,
        ],
        [
            "by nobody at all",
            image,
            "Deployment",
            OURS,
            /^nobody that the API server remembers/,
            undefined,
        ],
    ] as const) {
        it(`${what} is ${expected ? "expected" : "drift"}`, () => {
            const finding = found(path, "before", "after", live(OURS, writer), kind);
            assert.match(finding?.culprit ?? "", culprit);
            if (expected) assert.match(finding?.expected ?? "", expected);
            else assert.equal(finding?.expected, undefined);
        });
    }

    it("that took a field away names who wrote the object last, as probable", () => {
        const object = live(OURS, entry("kubectl-label", { "f:metadata": {} }));
        const finding = found('metadata.labels["team"]', "a", undefined, object, "Deployment");
        assert.match(finding?.culprit ?? "", /^probably somebody with kubectl/);
    });

    it("of an object that is gone has no culprit, and says where to ask", () => {
        const drifted: Drifted = {
            urn: "urn",
            object: { group: "", kind: "Service", namespace: "shop", name: "cart" },
            apiVersion: "v1",
            deleted: true,
            differences: [],
        };
        const [finding] = findingsOf(drifted, undefined);
        assert.equal(finding?.is, "gone");
        assert.match(finding.culprit, /audit log/);
    });
});

describe("a refreshed object", () => {
    const state = (annotations?: Tree) => ({
        custom: true,
        inputs: { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "cart" } },
        outputs: {
            metadata: { name: "cart", resourceVersion: annotations ? "2" : "1" },
            spec: { template: { metadata: annotations ? { annotations } : {} } },
            status: annotations ? { replicas: 1 } : {},
        },
    });
    const refreshed = (op: string, after?: Tree) =>
        refreshEvent({
            resOutputsEvent: {
                metadata: {
                    ...{ op, urn: "urn", type: "kubernetes:apps/v1:Deployment" },
                    ...{ old: state(), new: state(after) },
                },
            },
        } as never);

    it("differs by single fields, where the first of many came as a whole", () => {
        const event = refreshed("update", { restartedAt: "now", team: "shop" });
        assert.ok(event && "drifted" in event);
        assert.deepEqual(
            event.drifted.differences.map(({ path }) => pathText(path)),
            [
                "spec.template.metadata.annotations.restartedAt",
                "spec.template.metadata.annotations.team",
            ],
        );
    });

    it("is only seen where nothing differs, whatever the engine calls it", () => {
        assert.deepEqual(refreshed("update"), { seen: "urn" });
    });
});

describe("the table of expected writers", () => {
    it("says of every writer why", () => {
        for (const { who, why, kinds } of EXPECTED_WRITERS) {
            assert.ok(who !== "" && why !== "" && kinds.length > 0);
        }
    });

    it("expects nobody who works by hand, but for restarts", () => {
        for (const { manager } of EXPECTED_WRITERS) {
            for (const name of ["kubectl", "kubectl-edit", "kubectl-client-side-apply", "helm"]) {
                assert.doesNotMatch(name, manager);
            }
        }
    });
});

describe("the page of a drift report", () => {
    it("says what couldn't be compared before anything else", () => {
        const report = {
            ...{ stack: "dev", target: "the sandbox", compared: 3, findings: [] },
            gaps: ["The comparison failed: no route to host"],
        };
        assert.match(
            markdown(driftPage(report)),
            /\*\*Not everything could be compared\.\*\* 3 objects compared/,
        );
    });
});
