import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toolChartProblems } from "../../../components/observability/charts";
import { withStandIns } from "../../../sandbox/observability/stand-ins";
import { settingsWith } from "../../support/settings";

describe("the stand-ins for the tools' charts", () => {
    let folder = "";
    let crds = "";
    before(async () => {
        folder = await mkdtemp(join(tmpdir(), "tool-charts-"));
        crds = await mkdtemp(join(tmpdir(), "tool-crds-"));
        await writeFile(join(crds, "podmonitors.yaml"), "kind: CustomResourceDefinition\n");
    });
    after(async () => {
        await rm(folder, { recursive: true });
        await rm(crds, { recursive: true });
    });
    const stand = (section: Parameters<typeof withStandIns>[0], closed = true) =>
        withStandIns(
            section,
            { istioVersion: "1.31.3", folder },
            closed ? { monitoring: crds, dashboards: "/c/dashboards" } : {},
        );

    it("are what a stack is told in a closed network, in the releases that it asks for", async () => {
        const said = await stand({ enabled: true, jaeger: { enabled: false } });
        const directory = join(folder, "observability-charts");
        assert.deepEqual(said, {
            enabled: true,
            jaeger: { enabled: false },
            charts: { directory },
            grafana: { adminSecret: "grafana-admin", dashboards: "/c/dashboards" },
        });
        assert.deepEqual(
            toolChartProblems(
                settingsWith({ observability: { enabled: true, charts: { directory } } }),
            ),
            [],
        );
        const crdFolder = join(directory, "kube-prometheus-stack", "crds");
        assert.deepEqual(await readdir(crdFolder), ["podmonitors.yaml"]);
    });

    it("say what they are", async () => {
        await stand({ enabled: true });
        for (const [chart, file] of [
            ["kube-prometheus-stack", "operator"],
            ["grafana", "grafana"],
            ["kiali-operator", "operator"],
        ] as const) {
            const path = join(folder, "observability-charts", chart, "templates", `${file}.yaml`);
            assert.match(
                await readFile(path, "utf8"),
                new RegExp(`sandbox.istio-mesh/stand-in: "for the chart ${chart}"`),
            );
        }
    });

    it("leave what the stack says itself", async () => {
        const said = await stand({
            enabled: true,
            charts: { directory: "/real" },
            grafana: { adminSecret: "mine", dashboards: "/own" },
        });
        assert.deepEqual(said, {
            enabled: true,
            charts: { directory: "/real" },
            grafana: { adminSecret: "mine", dashboards: "/own" },
        });
    });

    it("say nothing about an existing Grafana", async () => {
        const said = await stand({ enabled: true, grafana: { url: "http://g.example.com" } });
        assert.deepEqual(said?.grafana, { url: "http://g.example.com" });
    });

    it("are for closed networks, and for stacks that are switched on", async () => {
        assert.equal(await stand({ enabled: true }, false), undefined);
        assert.equal(await stand({ enabled: false }), undefined);
        assert.equal(await stand(undefined), undefined);
    });
});
