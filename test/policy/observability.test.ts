/** Proves that the tools which watch a mesh break no rule, beside our own stacks and at their levels. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { JAEGER_SERVICES, jaegerSpec } from "../../components/observability/jaeger-objects";
import { kialiSpec } from "../../components/observability/kiali-spec";
import { monitors } from "../../components/observability/monitors";
import { meshTelemetry } from "../../components/observability/telemetry";
import { levelIn } from "../../policy/levels";
import { families } from "../../policy/rules";
import { judge, object, type Manifest } from "../support/policy";
import { recorded } from "../support/recorded";
import { settingsWith, type Raw } from "../support/settings";

const inside = (name: string) => `observability/${name}`;

/** All that the program itself says of the tools; their charts say the rest. */
function tools(raw: Raw): readonly Manifest[] {
    const settings = settingsWith({ observability: { enabled: true }, ...raw });
    return [
        object("namespace", "observability", {
            metadata: { labels: { "istio-injection": "disabled" } },
        }),
        object("statefulSet", inside("jaeger"), { spec: jaegerSpec(settings) }),
        ...Object.entries(JAEGER_SERVICES).map(([name, spec]) =>
            object("service", inside(name), { spec }),
        ),
        object("kiali", inside("kiali"), { spec: kialiSpec(settings) }),
        ...monitors(settings),
        ...[meshTelemetry(settings)].flatMap((one) => one ?? []),
    ];
}

describe("observability", () => {
    for (const [stack, raw] of [
        ["dev", { size: "homelab", dataPlane: "ambient" }],
        ["prod", { size: "production" }],
    ] as const) {
        const file = join(__dirname, `../../policy/levels/${stack}.json`);
        const level = levelIn(readFileSync(file, "utf8"));
        const said = async (objects: readonly Manifest[]): Promise<string[]> => {
            const verdicts = await Promise.all(
                Object.values(families)
                    .flat()
                    .map((rule) =>
                        judge(rule, [...recorded(stack), ...objects], level.get(rule.name)?.values),
                    ),
            );
            return verdicts.flatMap(({ violations }) => violations).sort();
        };

        it(`breaks no rule beside stack ${stack}`, async () => {
            assert.deepEqual(await said(tools(raw)), await said([]));
        });

        it(`is judged: a Kiali for anybody is found beside stack ${stack}`, async () => {
            const open = object("kiali", inside("open"), {
                spec: { auth: { strategy: "anonymous" } },
            });
            const before = await said([]);
            const found = (await said([open])).filter((one) => !before.includes(one));
            assert.equal(found.length, 1);
            assert.match(found[0]!, /^Kiali "observability\/open" lets anybody in/);
        });
    }
});
