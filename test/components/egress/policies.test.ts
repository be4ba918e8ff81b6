/** What an egress gateway's settings come to breaks no rule of the pack. */
import assert from "node:assert/strict";
import { egressPlan } from "../../../components/egress/plan";
import { families } from "../../../policy/rules";
import { judge } from "../../support/policy";
import { around, gateway, mail, payment } from "./entries";

/** Rules about how a mesh is installed and sized, of which these objects are only a part. */
const OTHERS = ["availability", "resources", "supply-chain", "versions", "lifecycle"];

describe("the policy pack", () => {
    for (const via of ["chart", "gateway-api", "waypoint"] as const) {
        const objects = [...around(via), ...egressPlan(gateway(via), [payment, mail])];

        it(`takes an egress gateway by ${via}`, async () => {
            const broken: string[] = [];
            for (const [family, rules] of Object.entries(families)) {
                if (OTHERS.includes(family)) continue;
                for (const rule of rules) {
                    if (rule.enforcementLevel !== "mandatory") continue;
                    const { violations } = await judge(rule, objects);
                    broken.push(...violations.map((text) => `${rule.name}: ${text}`));
                }
            }
            assert.deepEqual(broken, []);
        });
    }
});
