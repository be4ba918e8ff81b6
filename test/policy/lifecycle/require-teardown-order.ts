import { fixture, type Manifest, object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const operator = (label: string) =>
    object("deployment", "sail-operator/sail-operator", {
        spec: { template: { metadata: { labels: { "control-plane": label } } } },
    });
const after = (given: Manifest, ...dependsOn: string[]) => ({ ...fixture(given), dependsOn });
const component = (type: string, name: string) => ({ type, name, props: {} });
const chart = component("kubernetes:helm.sh/v4:Chart", "chart");
const inside = (parent: string, given: Manifest) => ({ ...fixture(given), parent });
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
        "an Istio after the chart that makes the operator": [
            chart,
            inside("chart", operator("sail-operator")),
            after(object("istio", "default"), "chart"),
        ],
        "a ZTunnel after an Istio after a component around the chart": [
            component("istio-mesh:mesh:Operator", "around"),
            { ...chart, parent: "around" },
            inside("chart", operator("sail-operator")),
            after(object("istio", "default"), "around"),
            after(object("ztunnel", "node"), "default"),
        ],
        "an Istio after a component that depends on the operator": [
            operator("sail-operator"),
            { ...component("istio-mesh:mesh:Step", "later"), dependsOn: ["sail-operator"] },
            after(object("istio", "default"), "later"),
        ],
        "an operator of another stack": object("istio", "default"),
        "another Deployment": [operator("other"), object("istio", "default")],
    },
    denied: {
        "an Istio that depends on nothing": [
            [operator("sail-operator"), object("istio", "default")],
            [hangs('Istio "default"')],
        ],
        "an Istio in the component of the chart, but not after it": [
            [
                component("istio-mesh:mesh:SailInstall", "sail"),
                { ...chart, parent: "sail" },
                inside("chart", operator("sail-operator")),
                inside("sail", object("istio", "default")),
            ],
            [hangs('Istio "default"')],
        ],
        "an Istio after another chart": [
            [
                chart,
                component("kubernetes:helm.sh/v4:Chart", "other"),
                inside("chart", operator("sail-operator")),
                after(object("istio", "default"), "other"),
            ],
            [hangs('Istio "default"')],
        ],
        "an Istio after an object that the operator is merely a child of": [
            [
                object("namespace", "sail-system"),
                inside("sail-system", operator("sail-operator")),
                after(object("istio", "default"), "sail-system"),
            ],
            [hangs('Istio "default"')],
        ],
        "a CNI that depends on something else": [
            [
                operator("sail-operator"),
                component("istio-mesh:mesh:Step", "step"),
                after(object("istioCni", "default"), "step"),
            ],
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
