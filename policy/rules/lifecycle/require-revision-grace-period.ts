import { integer } from "../../config";
import { objectRule } from "../../rule";

export const requireRevisionGracePeriod = objectRule({
    name: "require-revision-grace-period",
    displayName: "An old revision stays long enough to go back to it",
    description: "Sail keeps an unused revision for a while after an upgrade.",
    why:
        "With RevisionBased updates the operator deletes the old istiod soon after the last workload has left it " +
        "(after 30 seconds unless told otherwise). Going back then means to install it again, while " +
        "the new one misbehaves.",
    severity: "low",
    enforcementLevel: "advisory",
    remediationSteps: "Set spec.updateStrategy.inactiveRevisionDeletionGracePeriodSeconds.",
    url: "https://github.com/istio-ecosystem/sail-operator/blob/main/docs/README.adoc",
    tags: ["lifecycle", "sail", "upgrades"],
    config: {
        seconds: integer("Fewest seconds that an unused revision stays.", 300, { minimum: 0 }),
    },
    judge: {
        *istio({ object: { spec }, subject }, { seconds }) {
            const { type, inactiveRevisionDeletionGracePeriodSeconds: given } =
                spec?.updateStrategy ?? {};
            if (type === "RevisionBased" && (given ?? 30) < seconds) {
                yield (
                    `${subject} deletes an unused revision after ` +
                    `${given === undefined ? "30 seconds, the operator's default" : `${given} seconds`}; set ` +
                    `inactiveRevisionDeletionGracePeriodSeconds to ${seconds} or more.`
                );
            }
        },
    },
});
