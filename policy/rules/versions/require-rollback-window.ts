import { integer } from "../../config";
import { objectRule } from "../../rule";

/** What the operator waits unless it is told. */
const DEFAULT_SECONDS = 30;

export const requireRollbackWindow = objectRule({
    name: "require-rollback-window",
    displayName: "An old revision stays long enough to go back",
    description: "Under RevisionBased, Sail keeps an unused revision long enough to go back to it.",
    why:
        "Sail deletes the old istiod 30 seconds after the last pod left it. A fault that shows a minute " +
        "later then has nothing to go back to. updateWorkloads, which promises to move workloads, isn't " +
        "implemented: they move when they restart.",
    severity: "medium",
    enforcementLevel: "advisory",
    remediationSteps:
        "Set spec.updateStrategy.inactiveRevisionDeletionGracePeriodSeconds to an hour or more, and leave " +
        "updateWorkloads unset.",
    url: "https://github.com/istio-ecosystem/sail-operator/blob/main/docs/update-strategy/update-strategy.adoc",
    tags: ["versions", "upgrades", "sail"],
    controls: { nist: ["CP-10"] },
    config: {
        seconds: integer("Shortest time that an unused revision stays, in seconds.", 3600, {
            minimum: 0,
        }),
    },
    judge: {
        *istio({ subject, object: { spec } }, { seconds }) {
            const strategy = spec?.updateStrategy;
            if (strategy?.type !== "RevisionBased") return;
            const given = strategy.inactiveRevisionDeletionGracePeriodSeconds;
            const field = "spec.updateStrategy.inactiveRevisionDeletionGracePeriodSeconds";
            if ((given ?? DEFAULT_SECONDS) < seconds) {
                const what =
                    given === undefined
                        ? `no ${field}, which means ${DEFAULT_SECONDS}`
                        : `${field} ${given}`;
                yield `${subject} has ${what}, so nothing is left to go back to; set it to ${seconds} or more.`;
            }
            if (strategy.updateWorkloads === true) {
                yield (
                    `${subject} has spec.updateStrategy.updateWorkloads, which the operator doesn't implement; ` +
                    "remove it, and restart workloads yourself."
                );
            }
        },
    },
});
