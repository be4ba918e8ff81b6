import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const shop = object("namespace", "shop", {
    metadata: { labels: { "istio.io/dataplane-mode": "ambient" } },
});
const istiod = object("deployment", "istio-system/istiod", {
    metadata: { labels: { app: "istiod" } },
    spec: {
        template: {
            metadata: { labels: { app: "istiod" } },
            spec: { containers: [{ name: "discovery", image: "docker.io/istio/pilot:1.31.3" }] },
        },
    },
});
const agent = (name: string, label: string, value: string) =>
    object("daemonSet", name, {
        spec: { template: { metadata: { labels: { [label]: value } } } },
    });
const ztunnel = agent("ztunnel/ztunnel", "app", "ztunnel");
const cni = agent("istio-cni/istio-cni-node", "k8s-app", "istio-cni-node");
const lacks = (what: string) =>
    'Namespace "shop" has istio.io/dataplane-mode=ambient, but the stack installs istiod without ' +
    `${what}, so its traffic stays outside the mesh; install what is missing.`;

export const table: RuleTable = {
    allowed: {
        "both agents by charts": [shop, istiod, ztunnel, cni],
        "both agents by Sail": [
            shop,
            object("istio", "default", { spec: { version: "v1.31.3" } }),
            object("ztunnel", "default", { spec: { version: "v1.31.3" } }),
            object("istioCni", "default", { spec: { version: "v1.31.3" } }),
        ],
        "a mesh of another stack": shop,
        "no ambient": [object("namespace", "shop"), istiod],
    },
    denied: {
        "no agent": [[shop, istiod], [lacks("ztunnel and the CNI agent")]],
        "no ztunnel": [[shop, istiod, cni], [lacks("ztunnel")]],
        "no CNI agent": [
            [
                shop,
                object("istio", "default", { spec: { version: "v1.31.3" } }),
                object("ztunnel", "default", { spec: { version: "v1.31.3" } }),
            ],
            [lacks("the CNI agent")],
        ],
    },
    unknown: {
        "a label that isn't known yet": [
            [
                object("namespace", "shop", {
                    metadata: { labels: { "istio.io/dataplane-mode": unknown.string } },
                }),
                istiod,
            ],
            [
                '"shop": string value at .metadata.labels.istio.io/dataplane-mode can\'t be known during preview',
            ],
        ],
    },
    config: {},
};
