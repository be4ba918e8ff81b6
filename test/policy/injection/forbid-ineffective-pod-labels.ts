import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";
import { workload } from "../../support/workloads";

const namespace = (labels: object) => object("namespace", "shop", { metadata: { labels } });
const web = (labels: object) => workload("deployment", "shop/web", { labels });
const name = 'Deployment "shop/web"';
const inject = "sidecar.istio.io/inject";

export const table: RuleTable = {
    allowed: {
        "a pod that opts in where nothing decides": [namespace({}), web({ [inject]: "true" })],
        "a pod's revision where nothing decides": [
            namespace({}),
            web({ "istio.io/rev": "canary" }),
        ],
        "the namespace's own revision": [
            namespace({ "istio.io/rev": "canary" }),
            web({ "istio.io/rev": "canary" }),
        ],
        "a pod that opts out": [
            namespace({ "istio-injection": "enabled" }),
            web({ [inject]: "false" }),
        ],
        "ambient instead of a sidecar": [
            namespace({ "istio-injection": "enabled" }),
            web({ [inject]: "false", "istio.io/dataplane-mode": "ambient" }),
        ],
        "a namespace of another stack": [web({ "istio.io/rev": "canary" })],
    },
    denied: {
        "opting in where the namespace is out": [
            [namespace({ "istio-injection": "disabled" }), web({ [inject]: "true" })],
            [
                `${name} asks for a sidecar by ${inject}="true", but namespace "shop" has istio-injection=disabled, ` +
                    "so it gets none; remove one of the two.",
            ],
        ],
        "a revision where injection decides": [
            [namespace({ "istio-injection": "enabled" }), web({ "istio.io/rev": "canary" })],
            [
                `${name} asks for istio.io/rev=canary, but namespace "shop" has istio-injection=enabled, ` +
                    "which decides alone; remove one of the two.",
            ],
        ],
        "another revision than the namespace's": [
            [namespace({ "istio.io/rev": "stable" }), web({ "istio.io/rev": "canary" })],
            [
                `${name} asks for istio.io/rev=canary, but namespace "shop" has istio.io/rev=stable, ` +
                    "which decides alone; remove one of the two.",
            ],
        ],
        "ambient where a sidecar is injected": [
            [
                namespace({ "istio-injection": "enabled" }),
                web({ "istio.io/dataplane-mode": "ambient" }),
            ],
            [
                `${name} asks for ambient by istio.io/dataplane-mode=ambient, but namespace "shop" injects a ` +
                    `sidecar, which wins; add ${inject}="false" or remove the label.`,
            ],
        ],
    },
    unknown: {
        "a label that isn't known yet": [
            [namespace({ "istio-injection": "disabled" }), web({ [inject]: unknown.string })],
            [
                `"web": string value at .spec.template.metadata.labels.${inject} can't be known during preview`,
            ],
        ],
    },
    config: {},
};
