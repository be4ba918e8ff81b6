import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for each test of the suite that asks for it: empty at first, gone afterwards. */
export function scratchFolder(): { readonly path: string } {
    let path = "";
    beforeEach(() => {
        path = mkdtempSync(join(tmpdir(), "istio-mesh-test-"));
    });
    afterEach(() => {
        rmSync(path, { recursive: true });
    });
    return {
        get path() {
            return path;
        },
    };
}
