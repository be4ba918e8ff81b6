/** Proves what the look-ahead asks for and says, with charts that are played; the real ones are end-to-end. */
import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import { LookAhead } from "../../../components/sail/look-ahead";
import { sailPlan } from "../../../components/sail/plan";
import { deploy, find } from "../../support/mocks";
import { settingsWith, type Raw } from "../../support/settings";

function ahead(raw: Raw, templates: (release: string) => readonly object[]) {
    const settings = settingsWith({ installMethod: "sail", ...raw });
    return deploy(
        () => {
            const provider = new k8s.Provider("cluster", {});
            const objects = sailPlan(settings).map(({ object }) => object);
            const args = { objects, charts: settings.charts };
            return new LookAhead("ahead", args, { providers: [provider] });
        },
        { templates },
    );
}

const configMap = (name: string, data: object): object => ({
    ...{ apiVersion: "v1", kind: "ConfigMap", data },
    metadata: { name, namespace: "istio-system" },
});

/** A failed call, which carries its message as grpc does. */
function refusal(details: string): Error {
    return Object.assign(new Error(details), { details });
}

describe("LookAhead", () => {
    it("carries what every chart renders, where the policy pack looks for it", async () => {
        const { resources, outputs } = await ahead({ dataPlane: "ambient" }, (release) => [
            configMap(release, { mesh: "trustDomain: cluster.local" }),
        ]);
        const { type, inputs } = find(resources, "ahead");
        assert.equal(type, "istio-mesh:operator:Objects");
        const objects = inputs["objects"] as { metadata: { name: string; labels: object } }[];
        assert.deepEqual(
            objects.map(({ metadata }) => metadata.name),
            ["default-istiod", "default-base", "istio-cni", "ztunnel"],
        );
        assert.deepEqual(objects[0]?.metadata.labels, { "managed-by": "sail-operator" });
        assert.deepEqual(outputs["ahead"], { objects });
    });

    it("leaves out the injector's templates, which no setting changes", async () => {
        const data = { config: "{{ long }}", values: "{}" };
        const { resources } = await ahead({}, () => [configMap("injector", data)]);
        const [first] = find(resources, "ahead").inputs["objects"] as { data: object }[];
        assert.deepEqual(first?.data, { values: "{}" });
    });

    it("goes on without them where the charts can't be had", async () => {
        const { resources } = await ahead({}, () => {
            throw refusal("failed to pull chart: no such host");
        });
        assert.deepEqual(find(resources, "ahead").inputs["objects"], []);
    });
});
