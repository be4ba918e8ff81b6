import { isOperators } from "../../control-planes";
import { objectRule } from "../../rule";

export const requireValidationFailurePolicy = objectRule({
    name: "require-validation-failure-policy",
    displayName: "istiod's validation fails closed",
    description: "istiod's validating webhook refuses objects that it couldn't look at.",
    why:
        "With Ignore, whatever is applied while istiod is away is stored unseen. istiod itself raises Ignore to " +
        "Fail on the live object, which every later preview then shows as a difference, and an update undoes. " +
        "Sail's operator has no value for it and leaves what istiod raises, so its own webhooks are passed over.",
    severity: "medium",
    enforcementLevel: "mandatory",
    remediationSteps: "Set base.validationFailurePolicy: Fail on the charts base and istiod.",
    url: "https://istio.io/latest/docs/ops/configuration/mesh/webhook/",
    tags: ["lifecycle", "webhooks"],
    controls: { nist: ["SI-10", "CM-6"] },
    admission: () => ({
        validatingWebhookConfiguration: [
            {
                expression:
                    '(has(object.metadata.labels) && "managed-by" in object.metadata.labels && ' +
                    'object.metadata.labels["managed-by"] == "sail-operator") || ' +
                    "!has(object.webhooks) || object.webhooks.all(webhook, " +
                    '!webhook.name.endsWith("validation.istio.io") || webhook.failurePolicy == "Fail")',
                message: "istiod's validation has failurePolicy Fail.",
            },
        ],
    }),
    judge: {
        *validatingWebhookConfiguration(found) {
            if (isOperators(found)) return;
            const { webhooks = [] } = found.object;
            const { subject } = found;
            for (const { name = "", failurePolicy = "Fail" } of webhooks) {
                if (name.endsWith("validation.istio.io") && failurePolicy !== "Fail") {
                    yield (
                        `${subject} has failurePolicy ${failurePolicy} for ${name}, which istiod will raise ` +
                        "to Fail behind the program's back; set base.validationFailurePolicy: Fail."
                    );
                }
            }
        },
    },
    remediate: {
        validatingWebhookConfiguration(found) {
            if (isOperators(found)) return;
            const { webhooks = [] } = found.object;
            for (const webhook of webhooks) {
                if (webhook.name?.endsWith("validation.istio.io")) webhook.failurePolicy = "Fail";
            }
        },
    },
});
