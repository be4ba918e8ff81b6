import assert from "node:assert/strict";
import { moves } from "../../cluster/moves";
import { settingsWith, type Raw } from "../support/settings";

type Labels = Readonly<Record<string, string>>;

const SIDECAR: Labels = { "istio-injection": "enabled" };
const AMBIENT: Labels = { "istio.io/dataplane-mode": "ambient" };
const NONE: Labels = { "istio-injection": "disabled" };
const RESTART = " Then: kubectl -n shop rollout restart deployment";

/** What is said of a namespace that has these labels and gets these settings. */
function told(labels: Labels, settings: Raw, more: Raw = {}): readonly string[] {
    return moves(
        [{ name: "shop", labels }],
        settingsWith({ namespaces: [{ name: "shop", ...settings }], ...more }),
    );
}

describe("moves", () => {
    const rows: readonly (readonly [string, Labels, Raw, string])[] = [
        [
            "from sidecars to ambient",
            SIDECAR,
            { dataPlane: "ambient" },
            `Namespace shop moves from sidecars to ambient: running pods keep their sidecars until they restart, and are captured then; without a waypoint their L7 routes and policies end.${RESTART}`,
        ],
        [
            "from sidecars of a revision out of the mesh",
            { "istio.io/rev": "canary" },
            { dataPlane: "none" },
            `Namespace shop moves from sidecars to no data plane: pods lose mTLS, routes and policies with their sidecars as they restart.${RESTART}`,
        ],
        [
            "from ambient to sidecars",
            AMBIENT,
            { dataPlane: "sidecar" },
            `Namespace shop moves from ambient to sidecars: running pods are released at once, without mTLS until they restart with a sidecar.${RESTART}`,
        ],
        [
            "from ambient out of the mesh",
            AMBIENT,
            { dataPlane: "none" },
            "Namespace shop moves from ambient to no data plane: running pods lose mTLS and policies at once; none has to restart.",
        ],
        [
            "into sidecars",
            {},
            { dataPlane: "sidecar" },
            `Namespace shop moves from no data plane to sidecars: pods get a sidecar when they restart.${RESTART}`,
        ],
        [
            "into ambient",
            NONE,
            { dataPlane: "ambient" },
            "Namespace shop moves from no data plane to ambient: running pods are captured at once; none has to restart.",
        ],
    ];
    for (const [what, labels, settings, sentence] of rows) {
        it(`tells of a namespace that moves ${what}`, () => {
            assert.deepEqual(told(labels, settings), [sentence]);
        });
    }

    it("tells of a namespace that follows another tag", () => {
        const revisioned = {
            installMethod: "sail",
            update: { strategy: "RevisionBased", tags: [{ name: "next" }] },
        };
        assert.deepEqual(told(SIDECAR, { revision: "next" }, revisioned), [
            `Namespace shop follows "next" instead of "default": running pods keep the sidecar and the istiod they have until they restart.${RESTART}`,
        ]);
    });

    for (const [plane, labels] of [
        ["sidecar", SIDECAR],
        ["ambient", AMBIENT],
        ["none", NONE],
    ] as const) {
        it(`says nothing where a namespace stays with ${plane}`, () => {
            assert.deepEqual(told(labels, { dataPlane: plane }), []);
        });
    }

    it("takes sidecars for what is there where both labels are, as Istio does", () => {
        assert.deepEqual(told({ ...AMBIENT, ...SIDECAR }, { dataPlane: "sidecar" }), []);
    });

    it("says nothing of namespaces that are new, or not the stack's", () => {
        const live = [{ name: "other", labels: SIDECAR }];
        const settings = settingsWith({ dataPlane: "ambient", namespaces: [{ name: "shop" }] });
        assert.deepEqual(moves(live, settings), []);
    });

    it("tells of several by their names", () => {
        const live = ["b", "a"].map((name) => ({ name, labels: SIDECAR }));
        const settings = settingsWith({
            dataPlane: "ambient",
            namespaces: [{ name: "b" }, { name: "a" }],
        });
        assert.deepEqual(
            moves(live, settings).map((sentence) => sentence.split(" ")[1]),
            ["a", "b"],
        );
    });
});
