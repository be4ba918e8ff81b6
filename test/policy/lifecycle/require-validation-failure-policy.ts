import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const webhook = (failurePolicy?: string, name = "rev.validation.istio.io") =>
    object("validatingWebhookConfiguration", "istio-validator", {
        webhooks: [{ name, ...(failurePolicy !== undefined && { failurePolicy }) }],
    });
const open = (name: string) =>
    `ValidatingWebhookConfiguration "istio-validator" has failurePolicy Ignore for ${name}, which istiod will ` +
    "raise to Fail behind the program's back; set base.validationFailurePolicy: Fail.";

export const table: RuleTable = {
    allowed: {
        Fail: webhook("Fail"),
        "Kubernetes' default, which is Fail": webhook(),
        "Sail's, whose operator leaves what istiod raises": {
            ...webhook("Ignore"),
            metadata: { name: "istio-validator", labels: { "managed-by": "sail-operator" } },
        },
        "somebody else's webhook": webhook("Ignore", "check.example.com"),
    },
    denied: {
        "a chart's, which Helm manages": [
            {
                ...webhook("Ignore"),
                metadata: { name: "istio-validator", labels: { "managed-by": "Helm" } },
            },
            [open("rev.validation.istio.io")],
        ],
        "a revision's": [webhook("Ignore"), [open("rev.validation.istio.io")]],
        "the default one's": [
            webhook("Ignore", "validation.istio.io"),
            [open("validation.istio.io")],
        ],
    },
    unknown: {
        "a policy that isn't known yet": [
            webhook(unknown.string),
            ["string value at .webhooks.0.failurePolicy can't be known during preview"],
        ],
    },
    config: {},
    remediated: { "a webhook that fails open": [webhook("Ignore"), webhook("Fail")] },
};
