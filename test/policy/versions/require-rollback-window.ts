import { sailIstio } from "../../support/mesh";
import { unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const istio = (strategy: object) =>
    sailIstio({}, { updateStrategy: { type: "RevisionBased", ...strategy } });
const field = "spec.updateStrategy.inactiveRevisionDeletionGracePeriodSeconds";
const short = (what: string, least = 3600) =>
    `Istio "default" has ${what}, so nothing is left to go back to; set it to ${least} or more.`;

export const table: RuleTable = {
    allowed: {
        "an hour": istio({ inactiveRevisionDeletionGracePeriodSeconds: 3600 }),
        "in place, where nothing is kept": sailIstio({}, { updateStrategy: { type: "InPlace" } }),
        "no strategy": sailIstio({}),
    },
    denied: {
        "the default": [istio({}), [short(`no ${field}, which means 30`)]],
        "five minutes": [
            istio({ inactiveRevisionDeletionGracePeriodSeconds: 300 }),
            [short(`${field} 300`)],
        ],
        "a promise that the operator doesn't keep": [
            istio({ inactiveRevisionDeletionGracePeriodSeconds: 7200, updateWorkloads: true }),
            [
                'Istio "default" has spec.updateStrategy.updateWorkloads, which the operator doesn\'t implement; ' +
                    "remove it, and restart workloads yourself.",
            ],
        ],
    },
    unknown: {
        "a time that isn't known yet": [
            istio({ inactiveRevisionDeletionGracePeriodSeconds: unknown.number }),
            [`number value at .${field} can't be known during preview`],
        ],
    },
    config: {
        seconds: [
            {
                value: 60,
                objects: [
                    istio({ inactiveRevisionDeletionGracePeriodSeconds: 60 }),
                    istio({ inactiveRevisionDeletionGracePeriodSeconds: 59 }),
                ],
                messages: [short(`${field} 59`, 60)],
            },
        ],
    },
};
