import { integer } from "../../config";
import { objectRule } from "../../rule";

export const requireAutoscalerHeadroom = objectRule({
    name: "require-autoscaler-headroom",
    displayName: "An autoscaler has room to scale",
    description: "The maximum of an autoscaler is above its minimum.",
    why:
        "An autoscaler whose minimum is its maximum looks like protection from load and is a fixed count, " +
        "without the alarms that a fixed count would have.",
    severity: "low",
    enforcementLevel: "advisory",
    remediationSteps:
        "Raise the maximum (pilot.autoscaleMax, autoscaling.maxReplicas), or switch the autoscaler off and set a count.",
    url: "https://istio.io/latest/docs/ops/best-practices/deployment/",
    tags: ["availability", "istiod", "gateways"],
    controls: { nist: ["SC-5"] },
    config: {
        room: integer("Fewest replicas between minimum and maximum.", 1, { minimum: 1 }),
    },
    judge: {
        *horizontalPodAutoscaler({ object: { spec }, subject }, { room }) {
            const min = spec?.minReplicas ?? 1;
            const max = spec?.maxReplicas;
            // Below the minimum it can't work at all, which require-mesh-replicas says.
            if (max !== undefined && max >= min && max - min < room) {
                yield (
                    `${subject} can't scale: spec.minReplicas ${min} leaves ${max - min} up to ` +
                    `spec.maxReplicas ${max}; raise spec.maxReplicas to ${min + room} or more.`
                );
            }
        },
        *istio({ object: { spec }, subject }, { room }) {
            const {
                autoscaleEnabled,
                autoscaleMin = 1,
                autoscaleMax = 5,
            } = spec?.values?.pilot ?? {};
            if (autoscaleEnabled === false || spec?.profile === "demo") return;
            if (autoscaleMax >= autoscaleMin && autoscaleMax - autoscaleMin < room) {
                yield (
                    `${subject} can't scale: pilot.autoscaleMin ${autoscaleMin} leaves ` +
                    `${autoscaleMax - autoscaleMin} up to pilot.autoscaleMax ${autoscaleMax}; ` +
                    `raise pilot.autoscaleMax to ${autoscaleMin + room} or more.`
                );
            }
        },
    },
});
