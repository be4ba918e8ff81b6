import { isOperators } from "../../control-planes";
import type { Found, Stack } from "../../found";
import { stackRule } from "../../rule";

type Configuration =
    Found<"mutatingWebhookConfiguration"> | Found<"validatingWebhookConfiguration">;

function* judge(found: Configuration, _config: object, stack: Stack) {
    // The operator writes them of its tags, whose targets require-existing-tag-target judges.
    if (isOperators(found)) return;
    const { subject, object } = found;
    const missing = new Set<string>();
    for (const { name = "", clientConfig } of object.webhooks ?? []) {
        const service = clientConfig?.service;
        if (!name.endsWith("istio.io") || service === undefined) continue;
        const services = stack
            .all("service")
            .filter(({ namespace }) => namespace === service.namespace);
        const there = services.some(({ shortName }) => shortName === service.name);
        // Where the stack has no istiod at all, another one makes the Service.
        if (there || !services.some(({ shortName }) => /^istiod(-|$)/.test(shortName))) continue;
        missing.add(`${service.namespace ?? ""}/${service.name ?? ""}`);
    }
    for (const service of missing) {
        yield (
            `${subject} asks Service "${service}", which this stack doesn't have, so what it guards is refused or ` +
            "passes unseen; point it to an istiod that is there, such as by defaultRevision of the base chart (IST0139)."
        );
    }
}

export const requireExistingWebhookService = stackRule({
    name: "require-existing-webhook-service",
    displayName: "Istio's webhooks ask an istiod that exists",
    description: "Every webhook of Istio names a Service of istiod that exists.",
    why:
        "Once the revision that defaultRevision names is deleted, the default validator asks a Service that " +
        "is gone, and the API server refuses every change of Istio's configuration, also the one that " +
        "would mend it. An injector without its istiod keeps pods from starting.",
    severity: "critical",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Set defaultRevision of the base chart to a revision that exists before its predecessor is deleted, " +
        "and remove the webhooks of a deleted revision.",
    url: "https://istio.io/latest/docs/setup/upgrade/helm/#canary-upgrade-recommended",
    tags: ["versions", "revisions", "upgrades"],
    reads: ["service"],
    judge: { mutatingWebhookConfiguration: judge, validatingWebhookConfiguration: judge },
});
