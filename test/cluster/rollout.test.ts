import assert from "node:assert/strict";
import { awaitRollout, unfinished } from "../../cluster/rollout";
import { sailPlan, type Workload } from "../../components/sail/plan";
import { settingsWith } from "../support/settings";

const ISTIOD: Workload = {
    kind: "Deployment",
    namespace: "istio-system",
    name: "istiod",
    image: "docker.io/istio/pilot:1.31.3",
};
const AGENT: Workload = { ...ISTIOD, kind: "DaemonSet", name: "ztunnel" };

/** A workload as the API server holds it. */
function workload(image: string, status: object, generation = 2) {
    return {
        metadata: { generation },
        spec: { replicas: 3, template: { spec: { containers: [{ image }] } } },
        status: { observedGeneration: 2, ...status },
    };
}

const DONE = { replicas: 3, updatedReplicas: 3, readyReplicas: 3 };
const ON_NODES = { desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberReady: 2 };

describe("unfinished", () => {
    const rows: [title: string, of: Workload, found: unknown, expected: string | undefined][] = [
        ["a Deployment that rolled out", ISTIOD, workload(ISTIOD.image, DONE), undefined],
        ["a variant of the image", ISTIOD, workload(`${ISTIOD.image}-distroless`, DONE), undefined],
        ["a DaemonSet that rolled out", AGENT, workload(ISTIOD.image, ON_NODES), undefined],
        ["nothing", ISTIOD, undefined, "Deployment istio-system/istiod isn't there"],
        [
            "the old image",
            ISTIOD,
            workload("docker.io/istio/pilot:1.31.2", DONE),
            "Deployment istio-system/istiod runs docker.io/istio/pilot:1.31.2, not docker.io/istio/pilot:1.31.3",
        ],
        [
            "a release whose name only starts alike",
            ISTIOD,
            workload("docker.io/istio/pilot:1.31.30", DONE),
            "Deployment istio-system/istiod runs docker.io/istio/pilot:1.31.30, not docker.io/istio/pilot:1.31.3",
        ],
        [
            "a change that the controller hasn't seen",
            ISTIOD,
            workload(ISTIOD.image, DONE, 3),
            "Deployment istio-system/istiod has only just changed",
        ],
        [
            "new pods that aren't ready",
            ISTIOD,
            workload(ISTIOD.image, { ...DONE, readyReplicas: 2 }),
            "Deployment istio-system/istiod has 3 of 3 pods updated, 2 ready",
        ],
        [
            "old pods among the ready ones",
            ISTIOD,
            workload(ISTIOD.image, { replicas: 4, updatedReplicas: 3, readyReplicas: 4 }),
            "Deployment istio-system/istiod has 3 of 3 pods updated, 4 ready",
        ],
        [
            "a DaemonSet that its operator calls ready halfway",
            AGENT,
            workload(ISTIOD.image, { ...ON_NODES, updatedNumberScheduled: 1 }),
            "DaemonSet istio-system/ztunnel has 1 of 2 pods updated, 2 ready",
        ],
        [
            "a DaemonSet on no node",
            AGENT,
            workload(ISTIOD.image, {}),
            "DaemonSet istio-system/ztunnel has 0 of 0 pods updated, 0 ready",
        ],
    ];
    for (const [title, of, found, expected] of rows) {
        it(`${expected === undefined ? "takes" : "goes on waiting for"} ${title}`, () => {
            assert.equal(unfinished(of, found), expected);
        });
    }
});

describe("awaitRollout", () => {
    const [istio] = sailPlan(settingsWith({ installMethod: "sail" }));
    const seen = (observedGeneration: number) => ({
        metadata: { generation: 2 },
        status: { observedGeneration, activeRevisionName: "default" },
    });

    /** A cluster that answers one path differently from one question to the next; its last stays. */
    function cluster(answers: Readonly<Record<string, unknown[]>>) {
        const asked: string[] = [];
        const get = (path: string) => {
            asked.push(path);
            const queue = answers[path] ?? [];
            return Promise.resolve(queue.length > 1 ? queue.shift() : queue[0]);
        };
        return { asked, get };
    }

    const ISTIO = "/apis/sailoperator.io/v1/istios/default";
    const REVISION = "/apis/sailoperator.io/v1/istiorevisions/default";
    const DEPLOYMENT = "/apis/apps/v1/namespaces/istio-system/deployments/istiod";

    it("waits for the object, its revision and the Deployment in turn, each to see the change", async () => {
        const reader = cluster({
            [ISTIO]: [seen(1), seen(2)],
            [REVISION]: [undefined, seen(1), seen(2)],
            [DEPLOYMENT]: [
                workload("docker.io/istio/pilot:1.31.2", DONE),
                workload(ISTIOD.image, DONE),
            ],
        });
        await awaitRollout(reader, istio!, "", 0);
        assert.deepEqual(reader.asked, [
            ISTIO,
            ...[ISTIO, REVISION],
            ...[ISTIO, REVISION],
            ...[ISTIO, REVISION, DEPLOYMENT],
            ...[ISTIO, REVISION, DEPLOYMENT],
        ]);
    });

    it("says what is missing, and why that may be, once the time is over", async () => {
        const reader = cluster({ [ISTIO]: [seen(1)] });
        const step = { ...istio!, timeoutSeconds: 0 };
        await assert.rejects(awaitRollout(reader, step, "Likely causes:\n  - the weather", 0), {
            message:
                'Istio "default" has not rolled out within 0 s: the operator hasn\'t looked at Istio "default" since it changed.\nLikely causes:\n  - the weather',
        });
    });

    it("asks again where the API server was away, and where the operator made no revision yet", async () => {
        const reader = cluster({
            [ISTIO]: [{ metadata: { generation: 2 }, status: { observedGeneration: 2 } }, seen(2)],
            [REVISION]: [seen(2)],
            [DEPLOYMENT]: [workload(ISTIOD.image, DONE)],
        });
        let away = true;
        const get = (path: string) => {
            if (!away) return reader.get(path);
            away = false;
            return Promise.reject(new Error("ECONNREFUSED"));
        };
        await awaitRollout({ get }, istio!, "", 0);
        assert.deepEqual(reader.asked, [ISTIO, ISTIO, REVISION, DEPLOYMENT]);
    });

    it("looks only at the object of a step that runs nothing", async () => {
        const tag = sailPlan(
            settingsWith({ installMethod: "sail", update: { strategy: "RevisionBased" } }),
        ).at(-1)!;
        const reader = cluster({
            "/apis/sailoperator.io/v1/istiorevisiontags/default": [seen(2)],
        });
        await awaitRollout(reader, tag, "", 0);
        assert.equal(reader.asked.length, 1);
    });
});
