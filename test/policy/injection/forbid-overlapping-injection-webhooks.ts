import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

type Demands = readonly { key: string; operator: string; values?: unknown }[];

const webhook = (prefix: string, namespaces: Demands, pods: Demands = []) => ({
    name: `${prefix}.sidecar-injector.istio.io`,
    namespaceSelector: { matchExpressions: namespaces },
    objectSelector: { matchExpressions: pods },
});
const notOut = { key: "sidecar.istio.io/inject", operator: "NotIn", values: ["false"] };
const rev = (value: unknown) => [
    { key: "istio.io/rev", operator: "In", values: [value] },
    { key: "istio-injection", operator: "DoesNotExist" },
];
const neither = ["istio.io/rev", "istio-injection"].map((key) => ({
    key,
    operator: "DoesNotExist",
}));
const injector = (name: string, revision: unknown, rest: readonly object[] = []) =>
    object("mutatingWebhookConfiguration", name, {
        webhooks: [
            webhook("rev.namespace", rev(revision), [notOut]),
            webhook("rev.object", neither, [
                notOut,
                { key: "istio.io/rev", operator: "In", values: [revision] },
            ]),
            ...rest,
        ],
    });
const byDefault = webhook(
    "namespace",
    [{ key: "istio-injection", operator: "In", values: ["enabled"] }],
    [notOut],
);
const byPod = webhook("object", neither, [
    { key: "sidecar.istio.io/inject", operator: "In", values: ["true"] },
    { key: "istio.io/rev", operator: "DoesNotExist" },
]);
const both = (later: string, earlier: string, a: string, b = a) =>
    `MutatingWebhookConfiguration "${later}" and MutatingWebhookConfiguration "${earlier}" inject the same pods ` +
    `(webhooks "${a}.sidecar-injector.istio.io" and "${b}.sidecar-injector.istio.io"); ` +
    "give one of them another revision or tag (IST0139).";

export const table: RuleTable = {
    allowed: {
        "one control plane": injector("istio-sidecar-injector", "default", [byDefault, byPod]),
        "revisions side by side": [
            injector("istio-sidecar-injector", "default", [byDefault, byPod]),
            injector("istio-sidecar-injector-canary", "canary"),
            injector("istio-revision-tag-stable", "stable"),
        ],
        "another webhook": [
            injector("istio-sidecar-injector", "default"),
            object("mutatingWebhookConfiguration", "cert-manager", {
                webhooks: [{ name: "all.example.com" }],
            }),
        ],
    },
    denied: {
        "two control planes without a revision": [
            [
                injector("istio-sidecar-injector", "default", [byDefault]),
                injector("istio-sidecar-injector-second", "default", [byDefault]),
            ],
            [both("istio-sidecar-injector-second", "istio-sidecar-injector", "rev.namespace")],
        ],
        "a default tag beside the default revision": [
            [
                object("mutatingWebhookConfiguration", "istio-sidecar-injector", {
                    webhooks: [byDefault],
                }),
                object("mutatingWebhookConfiguration", "istio-revision-tag-default", {
                    webhooks: [byPod, byDefault],
                }),
            ],
            [both("istio-revision-tag-default", "istio-sidecar-injector", "namespace")],
        ],
        "selectors that differ and still meet": [
            [
                object("mutatingWebhookConfiguration", "a", { webhooks: [byDefault] }),
                object("mutatingWebhookConfiguration", "b", {
                    webhooks: [
                        {
                            name: "all.sidecar-injector.istio.io",
                            namespaceSelector: { matchLabels: { "istio-injection": "enabled" } },
                            objectSelector: {
                                matchExpressions: [{ key: "app", operator: "Exists" }],
                            },
                        },
                    ],
                }),
            ],
            [both("b", "a", "all", "namespace")],
        ],
    },
    unknown: {
        "a revision that isn't known yet": [
            [
                injector("istio-sidecar-injector", "default"),
                injector("istio-sidecar-injector-canary", unknown.string),
            ],
            [
                '"istio-sidecar-injector-canary": string value at ' +
                    ".webhooks.0.namespaceSelector.matchExpressions.0.values.0 can't be known during preview",
            ],
        ],
    },
    config: {},
};
