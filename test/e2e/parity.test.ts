/** Renders every combination both ways with the real charts and provider. It needs no cluster. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { parity, PARITY_PAGE } from "../../docs/parity/generate";
import { unexplained } from "../../docs/parity/page";
import { progressOn } from "../../sandbox/progress";

describe("helm and sail", () => {
    it("make the same mesh, but for what docs/parity.md explains", async () => {
        const { cases, page } = await parity(progressOn(process.stdout));
        assert.equal(cases.length, 40);
        assert.deepEqual(unexplained(cases), []);
        assert.equal(await readFile(PARITY_PAGE, "utf8"), page, "run `npm run parity` and commit");
    });
});
