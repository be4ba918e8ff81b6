import { object, protectedFromDelete, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const namespace = (name: string, labels: object = {}) =>
    object("namespace", name, { metadata: { labels } });
const ambient = { "istio.io/dataplane-mode": "ambient" };
const own = (name: string) =>
    `Namespace "${name}" is of the mesh itself and not protected; set protect: true.`;
const served = (plane: string) =>
    `Namespace "shop" is served by the mesh (${plane}) and not protected; set protect: true.`;

export const table: RuleTable = {
    allowed: {
        "a protected one": protectedFromDelete(namespace("shop", ambient)),
        "one outside the mesh": namespace("shop"),
        "one that opts out": namespace("shop", { "istio-injection": "disabled" }),
    },
    denied: {
        "the control plane's": [namespace("istio-system"), [own("istio-system")]],
        "one with sidecars": [namespace("shop", { "istio.io/rev": "a" }), [served("sidecar")]],
        "one in ambient": [namespace("shop", ambient), [served("ambient")]],
    },
    unknown: {
        "a label that isn't known yet": [
            namespace("shop", { "istio.io/dataplane-mode": unknown.string }),
            [
                "string value at .metadata.labels.istio.io/dataplane-mode can't be known during preview",
            ],
        ],
    },
    config: {
        system: [
            {
                value: ["mesh"],
                objects: [namespace("mesh"), namespace("istio-system")],
                messages: [own("mesh")],
            },
        ],
    },
};
