/** Rules about the table itself, so that no row is there in vain and no subject is half told. */
import assert from "node:assert/strict";
import { fits, pathText } from "../../review/events/paths";
import { CLASSES } from "../../review/classes/classes";
import type { Row } from "../../review/classes/rows";
import { TABLE } from "../../review/classes/table";

const told = ({ of, op, path, when }: Row) =>
    `${of} ${op} ${pathText(path)} ${when?.says ?? ""}`.trim();

describe("the table of classes", () => {
    it("has no row that an earlier one always answers for", () => {
        const shadowed = TABLE.filter((row, index) =>
            TABLE.slice(0, index).some(
                (earlier) =>
                    earlier.of === row.of &&
                    earlier.op === row.op &&
                    (earlier.when === undefined || earlier.when === row.when) &&
                    fits(row.path, earlier.path),
            ),
        );
        assert.deepEqual(shadowed.map(told), []);
    });

    it("tells of every subject what happens when it goes or is replaced", () => {
        const subjects = new Set(TABLE.map(({ of }) => of));
        // Objects that no chart and no component of the project deletes; their kinds' rows answer.
        const byKind = new Set(["any", "istiod autoscaler", "istiod Service", "StatefulSet"]);
        const silent = [...subjects].filter(
            (subject) =>
                !byKind.has(subject) &&
                !["delete", "replace"].every((op) =>
                    TABLE.some((row) => row.of === subject && row.op === op),
                ),
        );
        assert.deepEqual(silent, []);
    });

    it("says something of every row, and no class twice", () => {
        for (const row of TABLE) {
            assert.match(row.means, /\.$/, told(row));
            assert.ok(row.classes.length > 0, told(row));
            assert.equal(new Set(row.classes).size, row.classes.length, told(row));
            assert.ok(!row.classes.includes("unclassified"), told(row));
        }
    });

    it("uses every class but the one for what it doesn't know", () => {
        const used = new Set(TABLE.flatMap(({ classes }) => classes));
        assert.deepEqual(
            CLASSES.filter((name) => !used.has(name)),
            ["unclassified"],
        );
    });
});
