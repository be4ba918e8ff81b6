/** What must hold of every plan, whatever the settings. */
import assert from "node:assert/strict";
import { pathOf, specProblems } from "../../../components/sail/check-spec";
import { sailPlan } from "../../../components/sail/plan";
import { settingsWith, type Raw } from "../../support/settings";

function plan(raw: Raw) {
    return sailPlan(settingsWith({ installMethod: "sail", ...raw }));
}

describe("sailPlan, of every combination", () => {
    const planes = ["sidecar", "ambient"] as const;
    const sizes = ["homelab", "production"] as const;
    const strategies = ["InPlace", "RevisionBased"] as const;
    for (const dataPlane of planes) {
        for (const size of sizes) {
            for (const strategy of strategies) {
                it(`says nothing that a CRD would drop: ${dataPlane}, ${size}, ${strategy}`, () => {
                    const steps = plan({
                        dataPlane,
                        size,
                        update: { strategy },
                        cluster: { name: "c1", network: "n1", platform: "openshift" },
                        mesh: { id: "m1", accessLog: true },
                        sizing: {
                            istiod: { minReplicas: 2, maxReplicas: 2 },
                            ztunnel: { cpu: "1", memory: "1Gi" },
                        },
                    });
                    const problems = steps.flatMap(({ object }) =>
                        specProblems(object.kind, object.spec),
                    );
                    assert.deepEqual(problems.map(pathOf), []);
                });

                it(`names only steps that come before: ${dataPlane}, ${size}, ${strategy}`, () => {
                    const steps = plan({ dataPlane, size, update: { strategy } });
                    steps.forEach(({ after }, i) => {
                        const earlier = steps.slice(0, i).map(({ role }) => role);
                        assert.deepEqual(
                            after.filter((role) => !earlier.includes(role)),
                            [],
                        );
                    });
                });
            }
        }
    }
});
