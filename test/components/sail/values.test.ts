import assert from "node:assert/strict";
import { planValues } from "../../../components/plan/helm-plan";
import { istioValues } from "../../../components/sail/values";
import { settingsWith } from "../../support/settings";

describe("istioValues", () => {
    const { istiod } = planValues(settingsWith({ size: "production" }));

    it("leaves out the budget that the operator makes anyway", () => {
        assert.deepEqual(istiod.pdb, { minAvailable: 1 });
        assert.equal("pdb" in istioValues(istiod), false);
    });

    it("refuses a budget that would be dropped", () => {
        assert.throws(() => istioValues({ ...istiod, pdb: { minAvailable: 2 } }), {
            message: "the Istio object can't say pdb.minAvailable: 2",
        });
    });
});
