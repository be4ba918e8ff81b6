/** Every example is a stack that its own program takes. What it does is proved on the living mesh. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { manifestMisfits } from "../components/kinds";
import { meshTelemetry } from "../components/observability/telemetry";
import { egressPlan, leavingBy } from "../components/egress/plan";
import { namespacePolicies, enforcerIn, securityPlan } from "../components/security/plan";
import { trafficPlan } from "../components/traffic/plan";
import { steeredBy } from "../components/traffic/steered-by";
import { checkSettings } from "../settings/check";
import { problemsMessage } from "../settings/problems";

const FOLDER = join(__dirname, "../examples");
const PREFIX = "istio-mesh:";

describe("examples", () => {
    for (const name of readdirSync(FOLDER)) {
        const file = join(FOLDER, name, `Pulumi.${name}.yaml`);

        it(`${name} says nothing wrong, and makes nothing that a CRD refuses`, () => {
            const { config } = parse(readFileSync(file, "utf8")) as {
                config: Record<string, unknown>;
            };
            const own = Object.entries(config)
                .filter(([key]) => key.startsWith(PREFIX))
                .map(([key, value]) => [key.slice(PREFIX.length), value]);
            const { settings, problems } = checkSettings({
                ...(Object.fromEntries(own) as Record<string, unknown>),
                kubeContext: "context1",
            });
            assert.ok(settings !== undefined, problemsMessage(name, problems ?? []));
            const objects = [
                ...settings.traffic.flatMap(
                    (service) => trafficPlan(service, steeredBy(service, settings)).objects,
                ),
                ...settings.namespaces.flatMap((namespace) =>
                    namespacePolicies(namespace, enforcerIn(namespace.name, settings)),
                ),
                ...securityPlan(settings),
                ...[meshTelemetry(settings)].flatMap((one) => one ?? []),
                ...settings.egressGateways.flatMap((gateway) =>
                    egressPlan(gateway, leavingBy(gateway, settings.security.egress)),
                ),
            ];
            assert.deepEqual(
                objects.flatMap((object) => manifestMisfits(object)),
                [],
            );
        });

        it(`${name} has a page that says how to run it`, () => {
            const page = readFileSync(join(FOLDER, name, "README.md"), "utf8");
            assert.match(page, new RegExp(`npm start -- ${name}\\b`));
        });
    }
});
