import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const validator = (service: unknown, name = "validation.istio.io") =>
    object("validatingWebhookConfiguration", "istiod-default-validator", {
        webhooks: [
            { name, clientConfig: { service: { name: service, namespace: "istio-system" } } },
        ],
    });
const service = (name: string) => object("service", `istio-system/${name}`);
const missing = (subject: string, name: string) =>
    `${subject} asks Service "istio-system/${name}", which this stack doesn't have, so what it guards is refused or ` +
    "passes unseen; point it to an istiod that is there, such as by defaultRevision of the base chart (IST0139).";

export const table: RuleTable = {
    allowed: {
        "the default istiod": [service("istiod"), validator("istiod")],
        "a revision": [service("istiod-canary"), validator("istiod-canary")],
        "an istiod of another stack": [service("gateway"), validator("istiod")],
        "the operator's own, of a revision that it keeps": [
            service("istiod-canary"),
            object("mutatingWebhookConfiguration", "istio-revision-tag-stable", {
                metadata: { labels: { "managed-by": "sail-operator" } },
                webhooks: [
                    {
                        name: "rev.namespace.sidecar-injector.istio.io",
                        clientConfig: {
                            service: { name: "istiod-old", namespace: "istio-system" },
                        },
                    },
                ],
            }),
        ],
        "another webhook": [service("istiod"), validator("gone", "policy.example.com")],
        "a webhook by URL": [
            service("istiod"),
            object("mutatingWebhookConfiguration", "istio-sidecar-injector", {
                webhooks: [
                    {
                        name: "sidecar-injector.istio.io",
                        clientConfig: { url: "https://istiod.example.com" },
                    },
                ],
            }),
        ],
    },
    denied: {
        "a validator of a revision that is gone": [
            [service("istiod-canary"), validator("istiod-old")],
            [missing('ValidatingWebhookConfiguration "istiod-default-validator"', "istiod-old")],
        ],
        "an injector of a revision that is gone, once for all its webhooks": [
            [
                service("istiod"),
                object("mutatingWebhookConfiguration", "istio-sidecar-injector-old", {
                    webhooks: ["rev.namespace", "rev.object"].map((prefix) => ({
                        name: `${prefix}.sidecar-injector.istio.io`,
                        clientConfig: {
                            service: { name: "istiod-old", namespace: "istio-system" },
                        },
                    })),
                }),
            ],
            [missing('MutatingWebhookConfiguration "istio-sidecar-injector-old"', "istiod-old")],
        ],
    },
    unknown: {
        "a Service that isn't known yet": [
            [service("istiod"), validator(unknown.string)],
            [
                '"istiod-default-validator": string value at .webhooks.0.clientConfig.service.name ' +
                    "can't be known during preview",
            ],
        ],
    },
    config: {},
};
