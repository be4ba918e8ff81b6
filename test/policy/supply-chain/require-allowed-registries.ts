import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";
import { chartGateway, officialCharts, release, runs } from "../../support/workloads";

const allowed = "allowed are docker.io/istio, quay.io/sail-dev";
const retired = "which Istio retires in December 2026";
const from = (registry: string, note = "") =>
    `Deployment "istio-system/istiod" runs "discovery" from "${registry}"${note}; ${allowed}.`;
const chart = (source: string) =>
    `Release "istiod" takes chart "istiod" from "${source}", ${retired}; ` +
    "use https://blob.istio.io/istio-release/charts or oci://ghcr.io/istio/release/charts.";

export const table: RuleTable = {
    allowed: {
        "Istio's registry": runs("docker.io/istio/pilot:1.31.3"),
        "Istio's registry, unnamed": runs("istio/pilot:1.31.3"),
        "the operator's registry": runs("quay.io/sail-dev/sail-operator:1.31.2"),
        "an application's image": runs("registry.example.com/pilots/cockpit:1"),
        "a gateway that the injector completes": chartGateway,
        "Sail with Istio's registry": object("ztunnel", "default", {
            spec: { values: { global: { hub: "docker.io/istio" } } },
        }),
        "Istio's chart repository": release("istiod", {
            chart: "istiod",
            repositoryOpts: officialCharts,
        }),
        "another chart": release("db", { chart: "oci://gcr.io/istio-release-party/postgresql" }),
    },
    denied: {
        "another registry": [
            runs("registry.example.com/istio/pilot:1.31.3"),
            [from("registry.example.com/istio")],
        ],
        "a registry whose name begins alike": [
            runs("docker.io/istio-mirror/pilot:1.31.3"),
            [from("docker.io/istio-mirror")],
        ],
        "a retired registry": [
            runs("registry.istio.io/release/pilot:1.30.3"),
            [from("registry.istio.io/release", `, ${retired}`)],
        ],
        "Sail's hubs and references": [
            [
                object("istio", "default", {
                    spec: { values: { global: { hub: "gcr.io/istio-release" } } },
                }),
                object("istioCni", "default", {
                    spec: { values: { cni: { hub: "registry:5000/istio" } } },
                }),
                object("ztunnel", "default", {
                    spec: {
                        values: { ztunnel: { image: "registry.istio.io/release/ztunnel:1.30.3" } },
                    },
                }),
            ],
            [
                `Istio "default" sets spec.values.global.hub to "gcr.io/istio-release", ${retired}; ${allowed}.`,
                `IstioCNI "default" sets spec.values.cni.hub to "registry:5000/istio"; ${allowed}.`,
                'ZTunnel "default" sets spec.values.ztunnel.image to an image of "registry.istio.io/release", ' +
                    `${retired}; ${allowed}.`,
            ],
        ],
        "charts of retired places": [
            [
                release("istiod", {
                    chart: "istiod",
                    repositoryOpts: { repo: "https://istio-release.storage.googleapis.com/charts" },
                }),
                release("istiod", { chart: "oci://gcr.io/istio-release/charts/istiod" }),
            ],
            [
                chart("https://istio-release.storage.googleapis.com/charts"),
                chart("oci://gcr.io/istio-release/charts/istiod"),
            ],
        ],
    },
    unknown: {
        "a hub that isn't known yet": [
            object("istio", "default", { spec: { values: { global: { hub: unknown.string } } } }),
            ["string value at .spec.values.global.hub can't be known during preview"],
        ],
    },
    config: {
        registries: [
            {
                value: ["registry.example.com"],
                objects: [
                    runs("registry.example.com/mirror/istio/pilot:1.31.3"),
                    runs("docker.io/istio/pilot:1.31.3"),
                ],
                messages: [
                    'Deployment "istio-system/istiod" runs "discovery" from "docker.io/istio"; ' +
                        "allowed are registry.example.com.",
                ],
            },
        ],
        everywhere: [
            {
                value: true,
                objects: [runs("nginx:1.29", "pod", "shop/web")],
                messages: [`Pod "shop/web" runs "discovery" from "docker.io/library"; ${allowed}.`],
            },
        ],
    },
};
