import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { SAIL_SCHEMAS } from "../../../components/sail/schema";
import { operatorCrds } from "../../../sandbox/sail/crds";
import { writeOperatorChart } from "../../../sandbox/sail/operator-chart";

interface Crd {
    readonly metadata: { readonly name: string };
    readonly spec: {
        readonly versions: readonly {
            readonly schema: {
                readonly openAPIV3Schema: {
                    readonly properties: {
                        readonly spec: {
                            readonly properties: Readonly<
                                Record<string, { enum?: readonly string[] } | undefined>
                            >;
                        };
                    };
                };
            };
        }[];
    };
}

describe("the stand-in for the operator's chart", () => {
    let folder = "";
    before(async () => {
        folder = await mkdtemp(join(tmpdir(), "operator-chart-"));
    });
    after(() => rm(folder, { recursive: true }));

    it("has the operator's release, CRDs and objects, and says what it is", async () => {
        const chart = await writeOperatorChart(folder, "1.31.2", ["v1.31.3"]);
        const about = parse(await readFile(join(chart, "Chart.yaml"), "utf8")) as object;
        assert.deepEqual(about, {
            apiVersion: "v2",
            name: "sail-operator",
            description: "Stand-in of the sandbox for the Sail Operator's chart",
            version: "1.31.2",
            appVersion: "1.31.2",
            kubeVersion: ">=1.27.0-0",
        });
        assert.deepEqual((await readdir(join(chart, "crds"))).sort(), [
            "istiocnis.sailoperator.io.yaml",
            "istiorevisions.sailoperator.io.yaml",
            "istiorevisiontags.sailoperator.io.yaml",
            "istios.sailoperator.io.yaml",
            "ztunnels.sailoperator.io.yaml",
        ]);
        assert.deepEqual((await readdir(join(chart, "templates"))).sort(), [
            "deployment.yaml",
            "rbac.yaml",
            "service.yaml",
        ]);
    });

    it("takes the versions of Istio that the release installs", () => {
        const crds = operatorCrds(SAIL_SCHEMAS, ["v1.31.3", "v1.30.7"]) as unknown as Crd[];
        const enums = crds.map(({ metadata, spec }) => [
            metadata.name.split(".")[0],
            spec.versions[0]?.schema.openAPIV3Schema.properties.spec.properties["version"]?.enum,
        ]);
        assert.deepEqual(Object.fromEntries(enums), {
            istios: ["v1.31.3", "v1.30.7"],
            istiocnis: ["v1.31.3", "v1.30.7"],
            ztunnels: ["v1.31.3", "v1.30.7"],
            istiorevisions: ["v1.31.3", "v1.30.7"],
            istiorevisiontags: undefined,
        });
    });

    it("leaves no reference in its CRDs", () => {
        assert.doesNotMatch(JSON.stringify(operatorCrds(SAIL_SCHEMAS, [])), /\$ref/);
    });
});
