import type { Found, Stack } from "../../found";
import type { LabelSelector, WebhookConfiguration } from "../../kinds/kubernetes";
import { stackRule } from "../../rule";

type Webhook = NonNullable<WebhookConfiguration["webhooks"]>[number];
type Configuration = Found<"mutatingWebhookConfiguration">;

function injectors({ object }: Configuration): Webhook[] {
    return (object.webhooks ?? []).filter(({ name = "" }) =>
        name.endsWith("sidecar-injector.istio.io"),
    );
}

/** Whether some labels satisfy both selectors. Without a selector, all do. */
function meet(a: LabelSelector | undefined, b: LabelSelector | undefined): boolean {
    const demands = [a, b].flatMap((selector) => [
        ...Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => ({
            key,
            operator: "In",
            values: [value],
        })),
        ...(selector?.matchExpressions ?? []),
    ]);
    return [...new Set(demands.map(({ key }) => key))].every((key) => {
        const own = demands.filter((demand) => demand.key === key);
        const of = (operator: string) => own.filter((demand) => demand.operator === operator);
        const excluded = of("NotIn").flatMap(({ values = [] }) => values);
        const allowed = of("In").map(({ values = [] }) => values);
        const absent = of("DoesNotExist").length > 0;
        if (allowed.length === 0) return !(absent && of("Exists").length > 0);
        const common = (allowed[0] ?? []).filter(
            (value) =>
                allowed.every((values) => values.includes(value)) && !excluded.includes(value),
        );
        return !absent && common.length > 0;
    });
}

function overlap(a: Webhook, b: Webhook): boolean {
    return (
        meet(a.namespaceSelector, b.namespaceSelector) && meet(a.objectSelector, b.objectSelector)
    );
}

/** Every configuration that injects, with what it asks for. For `stack.view`. */
function injecting(stack: Stack) {
    return stack
        .all("mutatingWebhookConfiguration")
        .map((found) => ({ found, webhooks: injectors(found) }))
        .filter(({ webhooks }) => webhooks.length > 0);
}

export const forbidOverlappingInjectionWebhooks = stackRule({
    name: "forbid-overlapping-injection-webhooks",
    displayName: "One injector per pod",
    description: "No pod is asked for by two injection webhooks.",
    why:
        "Two istiods without a revision, or a tag that two revisions claim, both inject the same pods: " +
        "proxies get config and certificates of whichever came last, and may change sides at every restart.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Give each control plane a revision of its own, each tag to one of them, and the tag `default` to " +
        "one alone.",
    url: "https://istio.io/latest/docs/setup/upgrade/canary/",
    tags: ["injection", "revisions"],
    reads: [],
    judge: {
        *mutatingWebhookConfiguration(found, _config, stack) {
            const all = stack.view(injecting);
            const index = all.findIndex((other) => other.found.urn === found.urn);
            // Each pair is reported once, by the later of the two.
            for (const earlier of all.slice(0, Math.max(index, 0))) {
                const pair = (all[index]?.webhooks ?? [])
                    .flatMap((a) => earlier.webhooks.map((b) => [a, b] as const))
                    .find(([a, b]) => overlap(a, b));
                if (pair) {
                    yield (
                        `${found.subject} and ${earlier.found.subject} inject the same pods (webhooks ` +
                        `"${pair[0].name ?? ""}" and "${pair[1].name ?? ""}"); give one of them another revision ` +
                        "or tag (IST0139)."
                    );
                }
            }
        },
    },
});
