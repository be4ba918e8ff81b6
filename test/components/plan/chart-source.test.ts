import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
    chartSource,
    directoryProblems,
    operatorProblems,
    operatorSource,
} from "../../../components/plan/chart-source";
import { bundleProblems, gatewayApiFiles } from "../../../components/plan/gateway-api-source";
import { settingsWith } from "../../support/settings";
import { scratchFolder } from "../../support/scratch";

describe("chartSource", () => {
    it("takes Istio's own repository unless told otherwise", () => {
        assert.deepEqual(chartSource("istiod", settingsWith()), {
            chart: "istiod",
            version: "1.31.3",
            repositoryOpts: { repo: "https://blob.istio.io/istio-release/charts" },
        });
    });

    it("takes another repository", () => {
        const settings = settingsWith({ charts: { repository: "https://example.com/charts" } });
        assert.deepEqual(chartSource("cni", settings), {
            chart: "cni",
            version: "1.31.3",
            repositoryOpts: { repo: "https://example.com/charts" },
        });
    });

    it("names a chart of a registry by its whole address", () => {
        const settings = settingsWith({ charts: { oci: "oci://ghcr.io/istio/release/charts" } });
        assert.deepEqual(chartSource("ztunnel", settings), {
            chart: "oci://ghcr.io/istio/release/charts/ztunnel",
            version: "1.31.3",
        });
    });

    it("names a chart of a directory by its absolute path, with no version to look up", () => {
        const settings = settingsWith({ charts: { directory: "./charts" } });
        assert.deepEqual(chartSource("base", settings), {
            chart: join(process.cwd(), "charts/base"),
        });
    });
});

describe("directoryProblems", () => {
    const folder = scratchFolder();
    beforeEach(() => {
        const charts = {
            base: "version: 1.31.3",
            istiod: "version: 1.0.0",
            cni: "version: 1.30.2",
            ztunnel: "version: 1.30.2",
            gateway: "version: [",
        };
        for (const [chart, text] of Object.entries(charts)) {
            mkdirSync(join(folder.path, chart));
            writeFileSync(join(folder.path, chart, "Chart.yaml"), `name: ${chart}\n${text}\n`);
        }
        mkdirSync(join(folder.path, "empty"));
    });
    const settings = (directory: string) => settingsWith({ charts: { directory } });
    const fix = "pulumi config set --path 'istio-mesh:charts.directory' <path>";

    it("finds nothing where charts come from elsewhere", () => {
        assert.deepEqual(directoryProblems(["base", "istiod"], settingsWith()), []);
    });

    it("takes charts of the release, and those of Istio's source tree", () => {
        assert.deepEqual(directoryProblems(["base", "istiod"], settings(folder.path)), []);
    });

    it("tells all charts of another version at once", () => {
        assert.deepEqual(
            directoryProblems(["base", "istiod", "cni", "ztunnel"], settings(folder.path)),
            [
                {
                    path: ["charts", "directory"],
                    given: `"${folder.path}": cni 1.30.2, ztunnel 1.30.2`,
                    allowed: "charts of Istio 1.31.3, as istioVersion says",
                    fix,
                },
            ],
        );
    });

    it("tells all missing charts at once", () => {
        const empty = join(folder.path, "empty");
        assert.deepEqual(directoryProblems(["base", "istiod"], settings(empty)), [
            {
                path: ["charts", "directory"],
                given: `"${empty}": no chart base, istiod in ${empty}`,
                allowed: "a directory with one folder per chart: base, istiod",
                fix,
            },
        ]);
    });

    it("takes a chart that can't be read for a missing one, beside one of another version", () => {
        assert.deepEqual(directoryProblems(["gateway", "cni"], settings(folder.path)), [
            {
                path: ["charts", "directory"],
                given: `"${folder.path}": no chart gateway in ${folder.path}`,
                allowed: "a directory with one folder per chart: gateway, cni",
                fix,
            },
            {
                path: ["charts", "directory"],
                given: `"${folder.path}": cni 1.30.2`,
                allowed: "charts of Istio 1.31.3, as istioVersion says",
                fix,
            },
        ]);
    });
});

describe("operatorSource", () => {
    const source = (operator: object) =>
        operatorSource(settingsWith({ charts: { operator } }).charts);

    it("takes the operator's own repository unless told otherwise", () => {
        assert.deepEqual(source({}), {
            chart: "sail-operator",
            version: "1.31.2",
            repositoryOpts: { repo: "https://istio-ecosystem.github.io/sail-operator" },
        });
    });

    it("takes another repository, and another release", () => {
        const repository = "https://example.com/charts";
        assert.deepEqual(source({ repository, version: "1.30.3" }), {
            chart: "sail-operator",
            version: "1.30.3",
            repositoryOpts: { repo: repository },
        });
    });

    it("names the chart of a registry by its whole address", () => {
        assert.deepEqual(source({ oci: "oci://example.com/charts" }), {
            chart: "oci://example.com/charts/sail-operator",
            version: "1.31.2",
        });
    });

    it("takes the chart's own folder, with no version to look up", () => {
        assert.deepEqual(source({ directory: "./operator" }), {
            chart: join(process.cwd(), "operator"),
        });
    });
});

describe("operatorProblems", () => {
    const folder = scratchFolder();
    beforeEach(() => {
        writeFileSync(join(folder.path, "Chart.yaml"), "name: sail-operator\nversion: 1.30.3\n");
    });
    const problems = (operator: object, installMethod = "sail") =>
        operatorProblems(
            settingsWith({ installMethod, istioVersion: "1.30.3", charts: { operator } }),
        );
    const path = ["charts", "operator", "directory"];
    const fix = "pulumi config set --path 'istio-mesh:charts.operator.directory' <path>";

    it("finds nothing in the chart of the release, nor where none is read", () => {
        assert.deepEqual(problems({ directory: folder.path, version: "1.30.3" }), []);
        assert.deepEqual(problems({}), []);
        assert.deepEqual(problems({ directory: "/absent" }, "helm"), []);
    });

    it("refuses a chart of another release, whose CRDs know other versions", () => {
        assert.deepEqual(problems({ directory: folder.path }), [
            {
                path,
                given: `"${folder.path}": sail-operator 1.30.3`,
                allowed: "the chart of operator 1.31.2, as charts.operator.version says",
                fix,
            },
        ]);
    });

    it("refuses a folder without a chart", () => {
        const directory = join(folder.path, "absent");
        assert.deepEqual(problems({ directory }), [
            {
                path,
                given: `"${directory}": no chart in ${directory}`,
                allowed: "the folder of the chart sail-operator",
                fix,
            },
        ]);
    });
});

describe("gatewayApiFiles", () => {
    const standard = { channel: "standard", version: "1.6.0" } as const;
    for (const channel of ["standard", "experimental"] as const) {
        it(`takes the ${channel} bundle of the release`, () => {
            assert.deepEqual(gatewayApiFiles({ channel, version: "1.6.0" }), [
                `https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.6.0/${channel}-install.yaml`,
            ]);
        });
    }

    it("takes every YAML file of a directory, by its absolute path", () => {
        assert.deepEqual(gatewayApiFiles({ ...standard, directory: "crds" }), [
            join(process.cwd(), "crds/*.yaml"),
        ]);
    });
});

describe("bundleProblems", () => {
    const folder = scratchFolder();
    beforeEach(() => {
        mkdirSync(join(folder.path, "full"));
        writeFileSync(join(folder.path, "full", "crd.yaml"), "");
        mkdirSync(join(folder.path, "other"));
        writeFileSync(join(folder.path, "other", "README.md"), "");
    });
    const problems = (owner: "managed" | "platform" | "external", directory?: string) =>
        bundleProblems({ owner, channel: "standard", version: "1.6.0", directory });

    it("finds nothing in a directory with a bundle, nor where none is read", () => {
        assert.deepEqual(problems("managed", join(folder.path, "full")), []);
        assert.deepEqual(problems("managed"), []);
        assert.deepEqual(problems("external", join(folder.path, "absent")), []);
        assert.deepEqual(problems("platform", join(folder.path, "absent")), []);
    });

    for (const name of ["absent", "other"]) {
        it(`refuses a directory that is ${name}: nothing would be installed, in silence`, () => {
            const directory = join(folder.path, name);
            assert.deepEqual(problems("managed", directory), [
                {
                    path: ["gatewayApi", "directory"],
                    given: `"${directory}": no .yaml file in ${directory}`,
                    allowed: "a directory with the bundle's YAML files",
                    fix: "pulumi config set --path 'istio-mesh:gatewayApi.directory' <path>",
                },
            ]);
        });
    }
});
