import { chartIstiod, chartZtunnel, meshConfigMap, sailIstio } from "../../support/mesh";
import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const namespace = (name: string, labels: object = {}) =>
    object("namespace", name, { metadata: { labels } });
const served = { "istio-injection": "enabled" };
const selectors = (labels: object) => ({
    meshConfig: { discoverySelectors: [{ matchLabels: labels }] },
});
const unseen = (name: string, owner: string, role: string) =>
    `Namespace "${name}" matches none of the discoverySelectors of ${owner}, so istiod doesn't see it, though ` +
    `${role}; label it so that one of them takes it.`;
const istio = 'Istio "default"';

export const table: RuleTable = {
    allowed: {
        "no selectors": [sailIstio({}), namespace("shop", served), namespace("istio-system")],
        "labels that are selected": [
            sailIstio(selectors({ mesh: "yes" })),
            namespace("istio-system", { mesh: "yes" }),
            namespace("shop", { mesh: "yes", ...served }),
            namespace("batch"),
        ],
        "names that are selected": [
            chartIstiod(),
            meshConfigMap(
                "discoverySelectors:\n" +
                    "  - matchLabels: {kubernetes.io/metadata.name: istio-system}\n" +
                    "  - matchExpressions: [{key: istio-injection, operator: Exists}]",
            ),
            namespace("istio-system"),
            namespace("shop", served),
        ],
    },
    denied: {
        "istiod's own, ztunnel's and a served one": [
            [
                sailIstio(selectors({ mesh: "yes" })),
                namespace("istio-system"),
                namespace("mesh-nodes"),
                chartZtunnel({ namespace: "mesh-nodes" }),
                namespace("shop", { "istio.io/dataplane-mode": "ambient" }),
            ],
            [
                unseen("istio-system", istio, "istiod runs there"),
                unseen("mesh-nodes", istio, "ztunnel runs there and gets no root certificate"),
                unseen("shop", istio, "its pods join the mesh (ambient)"),
            ],
        ],
        "a chart's": [
            [
                chartIstiod(),
                meshConfigMap("discoverySelectors: [{matchLabels: {mesh: yes}}]"),
                namespace("shop", { "istio.io/rev": "default" }),
            ],
            [
                unseen(
                    "shop",
                    'Deployment "istio-system/istiod"',
                    "its pods join the mesh (sidecar)",
                ),
            ],
        ],
    },
    unknown: {
        "a label that isn't known yet": [
            [
                sailIstio(selectors({ mesh: "yes" })),
                namespace("shop", { ...served, mesh: unknown.string }),
            ],
            ['"default": string value at .metadata.labels.mesh can\'t be known during preview'],
        ],
    },
    config: {},
};
