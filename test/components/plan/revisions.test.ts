import assert from "node:assert/strict";
import { revisionName, revisionsOf } from "../../../components/plan/revisions";
import { settingsWith, type Raw } from "../../support/settings";

const V31 = { name: "default-v1-31-3", version: "1.31.3" };
const V30 = { name: "default-v1-30-7", version: "1.30.7" };

/** The plan of a mesh by Sail, revisioned unless the update says otherwise. */
function plan(update: Raw, istioVersion = "1.31.3") {
    return revisionsOf(
        settingsWith({
            installMethod: "sail",
            istioVersion,
            update: { strategy: "RevisionBased", ...update },
        }),
    );
}

describe("revisionsOf", () => {
    it("has one revision in place, which keeps its name, and no tag", () => {
        const stable = { name: "default", version: "1.31.3" };
        assert.deepEqual(revisionsOf(settingsWith()), { revisions: [stable], stable, tags: [] });
    });

    it("tags a control plane of another name, so that the plain label still injects", () => {
        const stable = { name: "blue", version: "1.31.3" };
        assert.deepEqual(plan({ strategy: "InPlace", name: "blue" }), {
            revisions: [stable],
            stable,
            tags: [{ name: "default", revision: "blue" }],
        });
    });

    it("names a revision after its version and always tags it as default", () => {
        assert.deepEqual(plan({}), {
            revisions: [V31],
            stable: V31,
            tags: [{ name: "default", revision: V31.name }],
        });
    });

    it("runs a canary beside the stable revision, which everything else stays with", () => {
        const tags = [{ name: "next", revision: "canary" }];
        assert.deepEqual(plan({ canary: "1.31.3", tags }, "1.30.7"), {
            revisions: [V30, V31],
            stable: V30,
            tags: [
                { name: "default", revision: V30.name },
                { name: "next", revision: V31.name },
            ],
        });
    });

    it("moves the canary's tags along once it has become the mesh's own version", () => {
        const tags = [{ name: "next", revision: "canary" }];
        assert.deepEqual(plan({ tags }).tags, [
            { name: "default", revision: V31.name },
            { name: "next", revision: V31.name },
        ]);
    });

    it("keeps a previous revision, oldest first", () => {
        const tags = [
            { name: "before", revision: "previous" },
            { name: "default", revision: "stable" },
        ];
        assert.deepEqual(plan({ previous: "1.30.7", tags }), {
            revisions: [V30, V31],
            stable: V31,
            tags: [
                { name: "before", revision: V30.name },
                { name: "default", revision: V31.name },
            ],
        });
    });

    it("tags a canary and a previous revision by these names where no tag is listed for them", () => {
        assert.deepEqual(plan({ canary: "1.31.3", previous: "1.30.3" }, "1.30.7").tags, [
            { name: "default", revision: V30.name },
            { name: "canary", revision: V31.name },
            { name: "previous", revision: "default-v1-30-3" },
        ]);
    });

    it("leaves a listed name alone, though it points elsewhere", () => {
        const tags = [{ name: "canary", revision: "stable" }];
        assert.deepEqual(plan({ canary: "1.31.3", tags }, "1.30.7").tags, [
            { name: "default", revision: V30.name },
            { name: "canary", revision: V30.name },
        ]);
    });

    it("orders three versions as numbers, not as text", () => {
        const { revisions } = revisionsOf({
            istioVersion: "1.31.9",
            update: {
                strategy: "RevisionBased",
                name: "default",
                canary: "1.31.10",
                previous: "1.30.7",
                tags: [],
            },
        });
        assert.deepEqual(
            revisions.map(({ version }) => version),
            ["1.30.7", "1.31.9", "1.31.10"],
        );
    });
});

describe("revisionName", () => {
    it("is the operator's: the object's name, then the version with its v, without dots", () => {
        assert.equal(revisionName("default", "1.31.3"), "default-v1-31-3");
        assert.equal(revisionName("blue", "1.30.10"), "blue-v1-30-10");
    });
});
