import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";
import { workload } from "../../support/workloads";

const namespace = (labels: object) => object("namespace", "shop", { metadata: { labels } });
const istiod = (revision: string) =>
    workload("deployment", `istio-system/istiod-${revision}`, {
        labels: { app: "istiod" },
        containers: [{ name: "discovery", env: [{ name: "REVISION", value: revision }] }],
    });
const tag = (name: string) =>
    object("mutatingWebhookConfiguration", `istio-revision-tag-${name}`, {
        metadata: { labels: { "istio.io/tag": name, "istio.io/rev": "canary" } },
    });
const sail = (spec: object = {}) => object("istio", "default", { spec });
const revisioned = sail({ version: "v1.31.3", updateStrategy: { type: "RevisionBased" } });
const missing = (
    subject: string,
    revision: string,
    known: string,
    effect = "its pods get no sidecar",
) =>
    `${subject} has istio.io/rev=${revision}, which is no revision or tag of this stack, so ${effect}; ` +
    `set one of ${known}.`;
const unserved = (known: string) =>
    'Namespace "shop" has istio-injection=enabled, which only the revision or tag "default" serves, and this ' +
    `stack has none, so its pods get no sidecar; set istio.io/rev to one of ${known}, or add a tag "default".`;

export const table: RuleTable = {
    allowed: {
        "a revision of a chart": [istiod("canary"), namespace({ "istio.io/rev": "canary" })],
        "a tag of a chart": [
            istiod("canary"),
            tag("stable"),
            namespace({ "istio.io/rev": "stable" }),
        ],
        "the default revision": [istiod("default"), namespace({ "istio-injection": "enabled" })],
        "the default revision by name": [
            istiod("default"),
            namespace({ "istio.io/rev": "default" }),
        ],
        "Sail in place": [sail(), namespace({ "istio-injection": "enabled" })],
        "Sail by revision": [revisioned, namespace({ "istio.io/rev": "default-v1-31-3" })],
        "Sail's default tag": [
            revisioned,
            object("istioRevisionTag", "default"),
            namespace({ "istio-injection": "enabled" }),
        ],
        "a mesh of another stack": [namespace({ "istio.io/rev": "canary" })],
        "a namespace that opts out": [
            istiod("canary"),
            namespace({ "istio-injection": "disabled" }),
        ],
        "a revision that injection hides": [
            istiod("default"),
            namespace({ "istio-injection": "enabled", "istio.io/rev": "other" }),
        ],
    },
    denied: {
        "a namespace": [
            [istiod("canary"), tag("stable"), namespace({ "istio.io/rev": "prod" })],
            [missing('Namespace "shop"', "prod", "canary, stable")],
        ],
        "injection that only revisions could serve": [
            [revisioned, namespace({ "istio-injection": "enabled" })],
            [unserved("default-v1-31-3")],
        ],
        "a pod": [
            [
                istiod("default"),
                workload("deployment", "shop/web", { labels: { "istio.io/rev": "old" } }),
            ],
            [missing('Deployment "shop/web"', "old", "default")],
        ],
        "a waypoint": [
            [
                object("istioRevision", "default-v1-31-3"),
                object("gateway", "shop/waypoint", {
                    metadata: { labels: { "istio.io/rev": "old" } },
                }),
            ],
            [
                missing(
                    'Gateway "shop/waypoint"',
                    "old",
                    "default-v1-31-3",
                    "no istiod deploys or configures it",
                ),
            ],
        ],
    },
    unknown: {
        "a version that isn't known yet, and with it the revision": [
            [
                sail({ version: unknown.string, updateStrategy: { type: "RevisionBased" } }),
                namespace({ "istio-injection": "enabled" }),
            ],
            ['"shop": string value at .spec.version can\'t be known during preview'],
        ],
    },
    config: {
        elsewhere: [
            {
                value: ["stable", "default"],
                objects: [
                    istiod("canary"),
                    namespace({ "istio.io/rev": "stable" }),
                    namespace({ "istio-injection": "enabled" }),
                    namespace({ "istio.io/rev": "prod" }),
                ],
                messages: [missing('Namespace "shop"', "prod", "canary, stable, default")],
            },
        ],
    },
};
