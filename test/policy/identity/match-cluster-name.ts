import {
    chartIstiod,
    chartZtunnel,
    cluster,
    sailIstio,
    sailZtunnel,
    toDefault,
} from "../../support/mesh";
import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";
import { workload } from "../../support/workloads";

const istiod = chartIstiod({ cluster: "homelab-cluster" });
const istio = sailIstio({ global: cluster("homelab-cluster") });
const refused = (subject: string, name: string, source: string, known: string, fix: string) =>
    `${subject} says that its cluster is "${name}" (${source}), but istiod knows only ${known}, so it refuses it: ` +
    `no config and no certificates; set ${fix} to "homelab-cluster".`;
const env = "ISTIO_META_CLUSTER_ID";
const ztunnelName = 'DaemonSet "istio-system/ztunnel"';
const chartFix = "multiCluster.clusterName of the ztunnel chart";
const byChart = '"homelab-cluster" (Deployment "istio-system/istiod")';
const bySail = '"homelab-cluster" (Istio "default")';
const field = "spec.values.ztunnel.multiCluster.clusterName";

export const table: RuleTable = {
    allowed: {
        "one name in both charts": [istiod, chartZtunnel({ cluster: "homelab-cluster" })],
        "the default in both charts": [chartIstiod(), chartZtunnel()],
        "a ZTunnel that takes the Istio's name": [istio, sailZtunnel(toDefault)],
        "a ZTunnel that takes the name by revision": [
            sailIstio(
                { global: cluster("homelab-cluster") },
                { updateStrategy: { type: "RevisionBased" } },
            ),
            sailZtunnel({ targetRef: { kind: "IstioRevision", name: "default-v1-31-3" } }),
        ],
        "a ZTunnel that names it itself": [
            istio,
            sailZtunnel({ values: { ztunnel: cluster("homelab-cluster") } }),
        ],
        "a ZTunnel of an Istio that isn't here": [
            istio,
            sailZtunnel({ targetRef: { kind: "Istio", name: "other" } }),
        ],
        "a mesh of another stack": chartZtunnel({ cluster: "other" }),
        "a remote cluster that istiod has a secret for": [
            istiod,
            object("secret", "istio-system/istio-remote-secret-west", {
                metadata: {
                    labels: { "istio/multiCluster": "true" },
                    annotations: { "networking.istio.io/cluster": "west" },
                },
            }),
            chartZtunnel({ cluster: "west" }),
        ],
        "a remote profile, which has no istiod": [
            sailIstio({ global: cluster("west") }, { profile: "remote" }),
            sailZtunnel({}),
        ],
    },
    denied: {
        "a ztunnel chart with the default": [
            [istiod, chartZtunnel({ cluster: "Kubernetes" })],
            [refused(ztunnelName, "Kubernetes", env, byChart, chartFix)],
        ],
        "a ztunnel without a name, which means the default": [
            [istiod, chartZtunnel()],
            [refused(ztunnelName, "Kubernetes", env, byChart, chartFix)],
        ],
        "a ztunnel of a revision that has another name": [
            [
                chartIstiod({ cluster: "homelab-cluster", revision: "canary" }),
                chartIstiod({ cluster: "Kubernetes", revision: "stable" }),
                chartZtunnel({ address: "istiod-canary.istio-system.svc:15012" }),
            ],
            [
                refused(
                    ztunnelName,
                    "Kubernetes",
                    env,
                    '"homelab-cluster" (Deployment "istio-system/istiod-canary")',
                    chartFix,
                ),
            ],
        ],
        "a ZTunnel without a target": [
            [istio, sailZtunnel({})],
            [refused('ZTunnel "default"', "Kubernetes", field, bySail, field)],
        ],
        "a ZTunnel whose own name wins": [
            [istio, sailZtunnel({ ...toDefault, values: { ztunnel: cluster("homelab") } })],
            [refused('ZTunnel "default"', "homelab", field, bySail, field)],
        ],
        "a proxy made by hand": [
            [
                istiod,
                workload("deployment", "ingress/edge", {
                    containers: [
                        { name: "istio-proxy", env: [{ name: env, value: "Kubernetes" }] },
                    ],
                }),
            ],
            [refused('Deployment "ingress/edge"', "Kubernetes", env, byChart, env)],
        ],
    },
    unknown: {
        "a name that isn't known yet": [
            [sailIstio({ global: cluster(unknown.string) }), sailZtunnel({})],
            [
                '"default": string value at .spec.values.global.multiCluster.clusterName can\'t be known during preview',
            ],
        ],
    },
    config: {},
};
