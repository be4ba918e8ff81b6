import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const istio = (type: string, seconds?: number) =>
    object("istio", "default", {
        spec: {
            updateStrategy: {
                type,
                ...(seconds !== undefined && {
                    inactiveRevisionDeletionGracePeriodSeconds: seconds,
                }),
            },
        },
    });
const soon = (after: string, least = 300) =>
    `Istio "default" deletes an unused revision after ${after}; set inactiveRevisionDeletionGracePeriodSeconds ` +
    `to ${least} or more.`;

export const table: RuleTable = {
    allowed: {
        "five minutes": istio("RevisionBased", 300),
        "an update in place, which has no second revision": istio("InPlace"),
    },
    denied: {
        "the operator's default": [
            istio("RevisionBased"),
            [soon("30 seconds, the operator's default")],
        ],
        "at once": [istio("RevisionBased", 0), [soon("0 seconds")]],
    },
    unknown: {
        "a time that isn't known yet": [
            istio("RevisionBased", unknown.number),
            [
                "number value at .spec.updateStrategy.inactiveRevisionDeletionGracePeriodSeconds can't be known during preview",
            ],
        ],
    },
    config: {
        seconds: [
            { value: 30, objects: istio("RevisionBased"), messages: [] },
            {
                value: 3600,
                objects: istio("RevisionBased", 300),
                messages: [soon("300 seconds", 3600)],
            },
        ],
    },
};
