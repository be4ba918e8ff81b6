/** Proves that verify names every mistake of the example of troubleshooting, and nothing before and after. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { MISTAKES } from "../support/mistakes";
import { example } from "./examples";
import { NAMESPACE } from "./living-objects";
import { eventually } from "./living-requests";
import { kubectl } from "./living-sandbox";
import { reported, verify } from "./verifying";

const FILE = join(__dirname, "../../examples/troubleshooting/mistakes.yaml");

/** Findings without their words. */
async function found(): Promise<readonly string[]> {
    const { findings } = await reported();
    return findings.map(({ check, subject }) => `${check} ${subject}`).sort();
}

example(
    "troubleshooting",
    ["PeerAuthentication/istio-system/default", "PeerAuthentication/shop/default"],
    () => {
        afterEach(() => kubectl("delete", "--ignore-not-found", "-f", FILE));

        it("finds nothing wrong at first", async () => {
            await eventually(async () => {
                assert.deepEqual(await found(), []);
            });
            assert.equal((await verify(["--strict"])).code, 0);
        });

        it("names each mistake once it is made", async () => {
            await kubectl("apply", "-f", FILE);
            const wanted = MISTAKES.map(({ check, subject }) => `${check} ${subject}`).sort();
            await eventually(async () => {
                assert.deepEqual(await found(), wanted);
            }, 60_000);
            assert.equal((await verify([])).code, 3);
        });
    },
    { namespaces: [NAMESPACE] },
);
