import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const served = object("namespace", "shop", {
    metadata: { labels: { "istio-injection": "enabled" } },
});
const policy = (name: string, spec: object = {}) => object("authorizationPolicy", name, { spec });
const open = (where = "it or in ", root = "istio-system") =>
    'Namespace "shop" takes every request that no policy speaks of: no AuthorizationPolicy that allows nothing ' +
    `is in ${where}root namespace "${root}"; add one named allow-nothing with an empty spec.`;

export const table: RuleTable = {
    allowed: {
        "nothing in the mesh": [served, policy("istio-system/allow-nothing")],
        "nothing in the namespace": [served, policy("shop/allow-nothing", { action: "ALLOW" })],
        "a namespace outside the mesh": object("namespace", "kube-system"),
        "the root of another control plane": [
            object("istio", "default", { spec: { namespace: "mesh" } }),
            served,
            policy("mesh/allow-nothing"),
        ],
    },
    denied: {
        "no policy": [served, [open()]],
        "an ambient namespace": [
            object("namespace", "shop", {
                metadata: { labels: { "istio.io/dataplane-mode": "ambient" } },
            }),
            [open()],
        ],
        "a policy that allows": [[served, policy("shop/some", { rules: [{ to: [] }] })], [open()]],
        "a policy for some": [
            [served, policy("shop/cart", { selector: { matchLabels: { app: "cart" } } })],
            [open()],
        ],
        "a policy that denies nothing": [
            [served, policy("shop/none", { action: "DENY" })],
            [open()],
        ],
        "a policy of another namespace": [[served, policy("web/allow-nothing")], [open()]],
    },
    unknown: {
        "a label that a preview can't know": [
            object("namespace", "shop", {
                metadata: { labels: { "istio-injection": unknown.string } },
            }),
            [
                '"shop": string value at .metadata.labels.istio-injection can\'t be known during preview',
            ],
        ],
    },
    config: {
        where: [
            {
                value: "mesh",
                objects: [served, policy("shop/allow-nothing")],
                messages: [open("")],
            },
        ],
    },
};
