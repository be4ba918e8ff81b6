/** Proves with Istio's own judges what an egress gateway's settings come to. */
import assert from "node:assert/strict";
import { egressPlan } from "../../components/egress/plan";
import { around, gateway, mail, payment } from "../components/egress/entries";
import { analyzed, analyzedAll, validated, withPods } from "./istioctl";
import { unexpected, unexpectedLines } from "./istioctl-expected";

describe("what istioctl says of an egress gateway", function () {
    // A machine with empty caches builds it here.
    this.timeout(30 * 60_000);

    for (const via of ["chart", "gateway-api", "waypoint"] as const) {
        it(`by ${via}: nothing but what is expected`, async () => {
            const objects = [...around(via), ...egressPlan(gateway(via), [payment, mail])];
            assert.deepEqual(unexpectedLines(await validated(objects)), []);
            assert.deepEqual(unexpected(await analyzed(objects)), []);
            const [all = []] = await analyzedAll([withPods(objects)]);
            assert.deepEqual(unexpected(all), []);
        });
    }
});
