import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toolChart, toolChartProblems, toolCharts } from "../../../components/observability/charts";
import { localDashboards } from "../../../components/observability/dashboards";
import { kialiChart } from "../../../components/observability/versions";
import { SUPPORTED_MINORS } from "../../../components/plan/versions";
import { problemText } from "../../../settings/problems";
import { block, settingsWith } from "../../support/settings";
import { scratchFolder } from "../../support/scratch";

const on = (observability: object = {}) =>
    settingsWith({ observability: { enabled: true, ...observability } });

describe("kialiChart", () => {
    it("is known for every Istio that may be installed", () => {
        for (const minor of SUPPORTED_MINORS) {
            assert.match(kialiChart(`${minor}.0`).version, /^2\.\d+\.\d+$/);
        }
    });

    it("isn't guessed for others", () => {
        assert.throws(() => kialiChart("1.29.0"), {
            message: "no Kiali is known for Istio 1.29.0",
        });
    });
});

describe("toolChart", () => {
    it("comes from each tool's own repository", () => {
        assert.deepEqual(toolChart("grafana", on()), {
            chart: "grafana",
            version: "12.11.1",
            repositoryOpts: { repo: "https://grafana-community.github.io/helm-charts" },
        });
        assert.deepEqual(toolChart("kiali-operator", on()), {
            chart: "kiali-operator",
            version: "2.31.0",
            repositoryOpts: { repo: "https://kiali.org/helm-charts" },
        });
    });

    it("comes from one registry, or one folder, for all of them", () => {
        const oci = on({ charts: { oci: "oci://registry.example.com/charts" } });
        assert.deepEqual(toolChart("kube-prometheus-stack", oci), {
            chart: "oci://registry.example.com/charts/kube-prometheus-stack",
            version: "88.5.3",
        });
        assert.deepEqual(toolChart("grafana", on({ charts: { directory: "/charts" } })), {
            chart: "/charts/grafana",
        });
    });
});

describe("local folders", () => {
    const folder = scratchFolder();
    const write = (path: string, text: string) => {
        mkdirSync(join(folder.path, path, ".."), { recursive: true });
        writeFileSync(join(folder.path, path), text);
    };
    const chartProblems = (observability: object) =>
        toolChartProblems(on({ charts: { directory: folder.path }, ...observability }))
            .map(problemText)
            .join("\n\n");

    it("hold the charts of the tools that this stack makes, in their pinned releases", () => {
        write("grafana/Chart.yaml", "version: 1.0.0\n");
        write("kiali-operator/Chart.yaml", "version: 2.31.0\n");
        const quoted = JSON.stringify(folder.path);
        const fix = "pulumi config set --path 'istio-mesh:observability.charts.directory' <path>";
        assert.equal(
            chartProblems({}),
            [
                block(
                    "observability.charts.directory",
                    `${quoted}: no chart in ${join(folder.path, "kube-prometheus-stack")}`,
                    "a directory with chart 88.5.3 in the folder kube-prometheus-stack",
                    fix,
                ),
                block(
                    "observability.charts.directory",
                    `${quoted}: grafana 1.0.0`,
                    "a directory with chart 12.11.1 in the folder grafana",
                    fix,
                ),
            ].join("\n\n"),
        );
        const existing = {
            prometheus: { url: "http://prometheus.monitoring:9090" },
            grafana: { enabled: false },
        };
        assert.equal(chartProblems(existing), "");
        assert.deepEqual(toolCharts(on(existing)), ["kiali-operator"]);
        assert.deepEqual(toolCharts(settingsWith()), []);
    });

    const dashboards = (place: string) => localDashboards(on({ grafana: { dashboards: place } }));

    it("give dashboards: the JSON files that have panels", () => {
        write("good/mesh.json", '{"title":"Mesh","panels":[]}');
        write("good/jsonnetfile.json", '{"version":1}');
        write("good/README.md", "no dashboard");
        assert.deepEqual(dashboards(join(folder.path, "good")), {
            files: { "mesh.json": '{"title":"Mesh","panels":[]}' },
            problems: [],
        });
    });

    it("aren't read where no Grafana of this stack would show them", () => {
        const settings = settingsWith({ observability: { grafana: { dashboards: "/nowhere" } } });
        assert.deepEqual(localDashboards(settings), { files: {}, problems: [] });
    });

    const wanted = "a folder with dashboards of Grafana as JSON files";
    const rows: readonly [title: string, place: string, given: RegExp, allowed: string][] = [
        ["a folder that isn't there", "none", /no folder \/.*\/none$/, wanted],
        ["a folder without a dashboard", "empty", /no dashboard in \/.*\/empty$/, wanted],
        ["a file that isn't JSON", "broken", /one\.json: .*JSON/, wanted],
        [
            "more than a ConfigMap holds",
            "large",
            /: 10000\d\d bytes$/,
            "at most 1000000 bytes in all, which one ConfigMap holds",
        ],
    ];
    for (const [title, place, given, allowed] of rows) {
        it(`are refused: ${title}`, () => {
            write("empty/README.md", "");
            write("broken/one.json", "{");
            write("large/one.json", JSON.stringify({ panels: [], text: "x".repeat(1_000_000) }));
            const { problems, files } = dashboards(join(folder.path, place));
            assert.deepEqual(files, {});
            assert.equal(problems.length, 1);
            assert.match(problems[0]!.given, given);
            assert.deepEqual(
                [problems[0]!.path, problems[0]!.allowed, problems[0]!.fix],
                [
                    ["observability", "grafana", "dashboards"],
                    allowed,
                    "pulumi config set --path 'istio-mesh:observability.grafana.dashboards' <path>",
                ],
            );
        });
    }
});
