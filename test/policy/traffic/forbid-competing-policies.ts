import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const sidecar = (name: string, labels?: object) =>
    object("sidecar", name, { spec: { ...(labels && { workloadSelector: { labels } }) } });
const selecting = (
    kind: "peerAuthentication" | "telemetry" | "proxyConfig",
    name: string,
    matchLabels?: object,
) => object(kind, name, { spec: { ...(matchLabels && { selector: { matchLabels } }) } });
const pods = object("deployment", "shop/cart", {
    spec: { template: { metadata: { labels: { app: "cart", tier: "back" } } } },
});
const both = (kind: string, what: string, codes: string) =>
    `${kind} "shop/two" and ${kind} "shop/one" both hold for ${what}, where only one counts, by age; merge them, ` +
    `or select different pods (${codes}).`;
const whole = 'all of namespace "shop"';

export const table: RuleTable = {
    allowed: {
        "one of each": [
            sidecar("shop/one"),
            selecting("peerAuthentication", "shop/two"),
            selecting("telemetry", "shop/three"),
        ],
        "a default and an exception": [sidecar("shop/one"), sidecar("shop/two", { app: "cart" })],
        "different pods": [
            pods,
            sidecar("shop/one", { app: "cart" }),
            sidecar("shop/two", { app: "web" }),
        ],
        "other namespaces": [sidecar("shop/one"), sidecar("web/two")],
        targets: [
            object("telemetry", "shop/one", {
                spec: { targetRefs: [{ kind: "Service", name: "a" }] },
            }),
            object("telemetry", "shop/two", {
                spec: { targetRefs: [{ kind: "Service", name: "b" }] },
            }),
        ],
        "labels that no pod has both of": [
            sidecar("shop/one", { app: "cart" }),
            sidecar("shop/two", { tier: "back" }),
        ],
    },
    denied: {
        "two defaults": [
            [sidecar("shop/one"), sidecar("shop/two")],
            [both("Sidecar", whole, "IST0111, KIA0002")],
        ],
        "two defaults of other kinds": [
            (["peerAuthentication", "telemetry", "proxyConfig"] as const).flatMap((kind) => [
                selecting(kind, "shop/one"),
                selecting(kind, "shop/two", {}),
            ]),
            [
                both("PeerAuthentication", whole, "KIA0002"),
                both("Telemetry", whole, "IST0160, KIA0002"),
                both("ProxyConfig", whole, "KIA0002"),
            ],
        ],
        "the same pods by other labels": [
            [pods, sidecar("shop/one", { app: "cart" }), sidecar("shop/two", { tier: "back" })],
            [both("Sidecar", 'Deployment "shop/cart"', "IST0110, KIA0003")],
        ],
        "the same labels": [
            [
                selecting("telemetry", "shop/one", { app: "web" }),
                selecting("telemetry", "shop/two", { app: "web" }),
            ],
            [both("Telemetry", "the same labels", "IST0159, KIA0003")],
        ],
    },
    unknown: {
        "a label that a preview can't know": [
            [sidecar("shop/one", { app: "cart" }), sidecar("shop/two", { app: unknown.string })],
            [
                '"two": string value at .spec.workloadSelector.labels.app can\'t be known during preview',
            ],
        ],
    },
    config: {},
};
