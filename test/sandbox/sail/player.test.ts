import assert from "node:assert/strict";
import type { RenderedObject } from "../../../components/sail/rendering";
import { conditionsOf, expired, inUse, stateOf } from "../../../sandbox/sail/conditions";
import type { Custom, Status, World } from "../../../sandbox/sail/objects";
import { OperatorPlayer } from "../../../sandbox/sail/player";
import { FINALIZER } from "../../../sandbox/sail/sail-api";

const EMPTY: World = {
    ...{ istios: [], revisions: [], tags: [], cnis: [], ztunnels: [] },
    ...{ namespaces: [], pods: [], deployments: [], daemonSets: [] },
};

function custom<Spec>(name: string, spec: Spec, rest: object = {}): Custom<Spec> {
    return { metadata: { name, uid: `${name}-uid`, generation: 1, ...rest }, spec };
}

const spec = { version: "v1.31.3", namespace: "ztunnel", values: {} } as const;
const namespaces = [{ metadata: { name: "ztunnel", uid: "n" } }];

/** What one look at a world makes the player do, in order. */
async function did(world: Partial<World>): Promise<readonly string[]> {
    const done: string[] = [];
    const say = (what: string): Promise<void> => {
        done.push(what);
        return Promise.resolve();
    };
    const player = new OperatorPlayer(
        {
            world: () => Promise.resolve({ ...EMPTY, ...world }),
            apply: ({ kind, metadata }: RenderedObject) => say(`apply ${kind} ${metadata.name}`),
            prune: (uid, kept) => say(`prune ${uid} but ${kept.length}`),
            report: (kind, name, { state = "", conditions = [] }: Status) =>
                say(
                    `report ${kind} ${name} ${state}: ${conditions.map(({ type, status }) => `${type}=${status}`).join(" ")}`,
                ),
            finalize: (kind, { metadata }, needed) =>
                say(`${needed ? "hold" : "release"} ${kind} ${metadata.name}`),
            removeCustom: (kind, name) => say(`delete ${kind} ${name}`),
        },
        ({ name, namespace }) =>
            Promise.resolve([
                { apiVersion: "apps/v1", kind: "DaemonSet", metadata: { name, namespace } },
            ]),
        () => undefined,
    );
    await player.look();
    return done;
}

describe("the player of the Sail Operator", () => {
    it("holds an object, installs its chart, and reports", async () => {
        assert.deepEqual(await did({ ztunnels: [custom("default", spec)], namespaces }), [
            "hold ZTunnel default",
            "apply DaemonSet ztunnel",
            "prune default-uid but 1",
            "report ZTunnel default DaemonSetNotReady: Reconciled=True Ready=False",
        ]);
    });

    it("makes no namespace: it says that one is missing", async () => {
        assert.deepEqual((await did({ ztunnels: [custom("default", spec)] })).slice(1), [
            "report ZTunnel default ReconcileError: Reconciled=False Ready=False",
        ]);
    });

    it("takes charts away before an object goes", async () => {
        const going = { deletionTimestamp: "2026-01-01T00:00:00Z", finalizers: [FINALIZER] };
        const ztunnels = [custom("default", spec, going)];
        assert.deepEqual(await did({ ztunnels, namespaces }), [
            "prune default-uid but 0",
            "release ZTunnel default",
        ]);
    });

    it("makes an Istio object's revision, and says while it isn't there", async () => {
        const istio = custom("default", {
            ...{ version: "v1.31.3", namespace: "istio-system" },
            updateStrategy: { type: "RevisionBased" },
        } as const);
        assert.deepEqual(await did({ istios: [istio] }), [
            "apply IstioRevision default-v1-31-3",
            "report Istio default ActiveRevisionNotFound: Reconciled=False",
        ]);
    });

    it("says that a tag's revision isn't there", async () => {
        const tag = custom("stable", {
            targetRef: { kind: "IstioRevision", name: "default-v1-31-3" },
        } as const);
        assert.deepEqual(await did({ tags: [tag] }), [
            "hold IstioRevisionTag stable",
            "report IstioRevisionTag stable RefNotFound: Reconciled=False InUse=False",
        ]);
    });

    it("deletes a revision that is neither active nor used, after its grace", async () => {
        const unused = conditionsOf(
            [{ type: "InUse", status: "False", reason: "NotReferencedByAnything" }],
            [],
            new Date("2026-01-01T00:00:00Z"),
        );
        const owned = { ownerReferences: [{ uid: "default-uid" }], finalizers: [FINALIZER] };
        const old = {
            ...custom("default-v1-31-2", { ...spec, version: "v1.31.2" }, owned),
            status: { conditions: unused },
        };
        assert.equal(expired(old, 60, new Date("2026-01-01T00:00:59Z")), false);
        const istio = custom("default", spec);
        const done = await did({ istios: [istio], revisions: [old], namespaces });
        assert.ok(done.includes("delete IstioRevision default-v1-31-2"), done.join("\n"));
    });
});

describe("the operator's conditions", () => {
    it("say that they are played, and keep their time while they say the same", () => {
        const [first] = conditionsOf([{ type: "Ready", status: "True", reason: "Ready" }], []);
        assert.equal(first?.message, "played by the sandbox: no Sail Operator runs here");
        const later = new Date("2100-01-01T00:00:00Z");
        const verdict = { type: "Ready", status: "True", reason: "Ready" } as const;
        const before = [{ ...verdict, message: "", lastTransitionTime: "2026-01-01T00:00:00Z" }];
        const [kept] = conditionsOf([verdict], before, later);
        assert.equal(kept?.lastTransitionTime, "2026-01-01T00:00:00Z");
        assert.equal(stateOf(before), "Healthy");
    });

    const labelled = (labels: object) => ({
        ...EMPTY,
        namespaces: [{ metadata: { name: "shop", uid: "s", labels } as never }],
    });
    const used: [string, string, World, string][] = [
        ["a namespace's revision", "blue", labelled({ "istio.io/rev": "blue" }), "True"],
        ["istio-injection", "default", labelled({ "istio-injection": "enabled" }), "True"],
        [
            "istio-injection before a revision",
            "blue",
            labelled({ "istio-injection": "enabled", "istio.io/rev": "blue" }),
            "False",
        ],
        ["nothing", "blue", EMPTY, "False"],
    ];
    for (const [what, name, world, status] of used) {
        it(`count ${what} as use of ${name}: ${status}`, () => {
            assert.equal(inUse(name, "IstioRevision", world).status, status);
        });
    }
});
