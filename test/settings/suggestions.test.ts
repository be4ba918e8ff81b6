import assert from "node:assert/strict";
import { z } from "zod";
import { unwrap } from "../../settings/problems";
import { settingsSchema } from "../../settings/schema";
import { nearest, suggestion } from "../../settings/suggestions";

describe("nearest", () => {
    const known = ["name", "network", "platform", "maxReplicas", "minReplicas", "id"];
    const rows: [word: string, meant: string | undefined][] = [
        ["name", "name"],
        ["NAME", "name"],
        ["nmae", "name"],
        ["nam", "name"],
        ["names", "name"],
        ["nome", "name"],
        ["netwrok", "network"],
        ["plattfrom", "platform"],
        ["maxReplica", "maxReplicas"],
        ["mixReplicas", "maxReplicas"],
        ["replicas", undefined],
        ["x", undefined],
        ["region", undefined],
        ["", undefined],
        ["n".repeat(100_000), undefined],
    ];
    for (const [word, meant] of rows) {
        it(`takes ${JSON.stringify(word.slice(0, 20))} for ${meant ?? "nothing known"}`, () => {
            assert.equal(nearest(word, known), meant);
        });
    }

    it("takes nothing where nothing is known", () => {
        assert.equal(nearest("name", []), undefined);
    });
});

/** Every place of the settings that holds one value. */
function leaves(
    schema: z.core.$ZodType,
    path: string,
): { path: string; schema: z.core.$ZodType }[] {
    const inner = unwrap(schema).schema;
    if (inner instanceof z.ZodObject) {
        const shape = inner.shape as Record<string, z.core.$ZodType>;
        return Object.entries(shape).flatMap(([key, place]) => leaves(place, `${path}.${key}`));
    }
    return inner instanceof z.ZodArray
        ? leaves(inner.element, `${path}[]`)
        : [{ path: path.slice(1), schema }];
}

describe("suggestion", () => {
    for (const { path, schema } of leaves(settingsSchema, "")) {
        it(`names a value that ${path} takes, or none, when nothing is given`, () => {
            const value = suggestion(unwrap(schema), undefined);
            // Undefined means that the key goes: only where it may.
            assert.equal(z.safeParse(schema, value).error, undefined);
        });
    }
});
