import { integer } from "../../config";
import type { HttpRoute, L4Route } from "../../kinds/istio-networking";
import { type Finding, objectRule } from "../../rule";

function* judge(
    subject: string,
    key: string,
    routes: readonly (HttpRoute | L4Route)[],
    total: number,
): Generator<Finding> {
    for (const [index, { route = [] }] of routes.entries()) {
        const weights = route.map(({ weight }) => weight ?? 0);
        const sum = weights.reduce((one, other) => one + other, 0);
        // One destination takes all, whatever its weight; no weight at all means equal parts.
        if (route.length < 2 || sum === total || sum === 0) continue;
        yield (
            `${subject} has weights ${weights.join(" + ")} = ${sum} in spec.${key}[${index}], not ${total}; Istio takes ` +
            `them in proportion, but this team reads them as parts of ${total}.`
        );
    }
}

export const warnUnbalancedWeights = objectRule({
    name: "warn-unbalanced-weights",
    displayName: "Weights add up to the team's total",
    description:
        "Weights of a VirtualService's route add up to the total that the team reads them by.",
    why:
        "Istio takes weights in proportion: 1 and 3 are right, and nothing breaks. A team that reads them as " +
        "per cent may still want to be told, so the rule is off until it is asked for.",
    severity: "low",
    enforcementLevel: "disabled",
    remediationSteps: "Change the weights so that they add up.",
    url: "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination",
    tags: ["traffic", "virtual-services"],
    config: {
        total: integer("What weights add up to.", 100, { minimum: 1 }),
    },
    judge: {
        *virtualService({ subject, object: { spec } }, { total }) {
            yield* judge(subject, "http", spec?.http ?? [], total);
            yield* judge(subject, "tls", spec?.tls ?? [], total);
            yield* judge(subject, "tcp", spec?.tcp ?? [], total);
        },
    },
});
