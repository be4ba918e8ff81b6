import { fixture, type Manifest, object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const operator = (label: string) =>
    object("deployment", "sail-operator/sail-operator", {
        spec: { template: { metadata: { labels: { "control-plane": label } } } },
    });
const after = (given: Manifest, ...dependsOn: string[]) => ({ ...fixture(given), dependsOn });
const step = { type: "istio-mesh:components:Step", name: "step", props: {} };
const hangs = (subject: string) =>
    `${subject} doesn't depend on Deployment "sail-operator/sail-operator", so a destroy may remove the operator ` +
    "first, and the object waits for its finalizer for ever; add dependsOn.";

export const table: RuleTable = {
    allowed: {
        "an Istio after the operator": [
            operator("sail-operator"),
            after(object("istio", "default"), "sail-operator"),
        ],
        "a ZTunnel after an Istio after the operator": [
            operator("sail-operator"),
            after(object("istio", "default"), "sail-operator"),
            after(object("ztunnel", "node"), "default"),
        ],
        "an operator of another stack": object("istio", "default"),
        "another Deployment": [operator("other"), object("istio", "default")],
    },
    denied: {
        "an Istio that depends on nothing": [
            [operator("sail-operator"), object("istio", "default")],
            [hangs('Istio "default"')],
        ],
        "a CNI that depends on something else": [
            [operator("sail-operator"), step, after(object("istioCni", "default"), "step")],
            [hangs('IstioCNI "default"')],
        ],
    },
    unknown: {
        "an operator that isn't known yet": [
            [operator(unknown.string), object("istio", "default")],
            [
                '"default": string value at .spec.template.metadata.labels.control-plane can\'t be known during preview',
            ],
        ],
    },
    config: {},
};
