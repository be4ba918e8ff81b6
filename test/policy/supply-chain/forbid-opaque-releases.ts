import type { RuleTable } from "../../support/rule-tables";
import { officialCharts, release } from "../../support/workloads";
import { unknown } from "../../support/policy";

const opaque = (name: string, chart: string) =>
    `Release "${name}" installs chart "${chart}" as one opaque resource, so no rule sees what it holds; ` +
    "use kubernetes.helm.v4.Chart.";

export const table: RuleTable = {
    allowed: {
        "a release of something else": release("db", { chart: "postgresql" }),
        "a chart that shares its name with Istio's": release("base", {
            chart: "base",
            repositoryOpts: { repo: "https://charts.example.com" },
        }),
    },
    denied: {
        istiod: [
            release("istiod", { chart: "istiod", repositoryOpts: officialCharts }),
            [opaque("istiod", "istiod")],
        ],
        "a chart of an OCI registry": [
            release("node-proxy", { chart: "oci://ghcr.io/istio/release/charts/ztunnel" }),
            [opaque("node-proxy", "ztunnel")],
        ],
        "Sail's operator": [
            release("operator", {
                chart: "sail-operator",
                repositoryOpts: { repo: "https://istio-ecosystem.github.io/sail-operator" },
            }),
            [opaque("operator", "sail-operator")],
        ],
    },
    unknown: {
        "a release whose chart isn't known yet": [
            release("istiod", { chart: unknown.string }),
            ["string value at .chart can't be known during preview"],
        ],
    },
    config: {},
};
