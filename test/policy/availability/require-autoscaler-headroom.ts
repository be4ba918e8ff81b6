import { hpa, istio } from "../../support/mesh-workloads";
import { unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const scaler = (min?: number, max?: number) => hpa(["shop", "web"], min, max);
const fixed = (min: number, room: number, max: number, to: number) =>
    `HorizontalPodAutoscaler "shop/web" can't scale: spec.minReplicas ${min} leaves ${room} up to ` +
    `spec.maxReplicas ${max}; raise spec.maxReplicas to ${to} or more.`;

export const table: RuleTable = {
    allowed: {
        "room for three": scaler(2, 5),
        "no minimum, which is one": scaler(undefined, 2),
        "a minimum above the maximum, which another rule judges": scaler(5, 3),
        "Sail's defaults": istio({}),
        "Sail without autoscaler": istio({
            pilot: { autoscaleEnabled: false, autoscaleMin: 3, autoscaleMax: 3 },
        }),
    },
    denied: {
        "a fixed count": [scaler(3, 3), [fixed(3, 0, 3, 4)]],
        "a single one": [scaler(undefined, 1), [fixed(1, 0, 1, 2)]],
        "Sail's istiod": [
            istio({ pilot: { autoscaleMin: 5 } }),
            [
                'Istio "default" can\'t scale: pilot.autoscaleMin 5 leaves 0 up to pilot.autoscaleMax 5; ' +
                    "raise pilot.autoscaleMax to 6 or more.",
            ],
        ],
    },
    unknown: {
        "a maximum that isn't known yet": [
            scaler(2, unknown.number),
            ["number value at .spec.maxReplicas can't be known during preview"],
        ],
    },
    config: {
        room: [{ value: 3, objects: scaler(2, 4), messages: [fixed(2, 2, 4, 5)] }],
    },
};
