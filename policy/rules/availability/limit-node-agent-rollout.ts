import { integer } from "../../config";
import { IS_NODE_AGENT, isNodeAgent } from "../../node-agents";
import { objectRule } from "../../rule";

export const limitNodeAgentRollout = objectRule({
    name: "limit-node-agent-rollout",
    displayName: "ztunnel and the CNI agent are replaced node by node",
    description: "ztunnel and the CNI agent are updated on few nodes at a time.",
    why:
        "While ztunnel is away from a node, no pod of the ambient mesh there can connect; while the CNI agent is " +
        "away, no pod can start. A change that goes wrong on one node is an incident, on all at once it " +
        "is an outage.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Leave updateStrategy of the ztunnel chart alone (one surge pod, none unavailable), set " +
        "cni.rollingMaxUnavailable to 1, and never use OnDelete without a rollout of your own.",
    url: "https://istio.io/latest/docs/ambient/upgrade/helm/",
    tags: ["availability", "ambient", "ztunnel", "cni"],
    controls: { nist: ["CP-10", "CM-3"] },
    config: {
        nodes: integer("Most nodes that may be without their agent at once.", 1, { minimum: 0 }),
    },
    admission: ({ nodes }) => ({
        daemonSet: [
            {
                // The API server has filled in the defaults by now.
                expression: `!(${IS_NODE_AGENT}) || object.spec.updateStrategy.type == "RollingUpdate"`,
                message: "a node agent is updated by RollingUpdate.",
            },
            {
                expression:
                    `!(${IS_NODE_AGENT}) || object.spec.updateStrategy.type != "RollingUpdate" || ` +
                    "(type(object.spec.updateStrategy.rollingUpdate.maxUnavailable) == int " +
                    `? object.spec.updateStrategy.rollingUpdate.maxUnavailable <= ${nodes} ` +
                    ': object.spec.updateStrategy.rollingUpdate.maxUnavailable == "0%")',
                message: `a node agent is away from at most ${nodes} nodes at once.`,
            },
        ],
    }),
    judge: {
        *daemonSet(found, { nodes }) {
            if (!isNodeAgent(found)) return;
            const { subject, object } = found;
            const { type = "RollingUpdate", rollingUpdate = {} } =
                object.spec?.updateStrategy ?? {};
            if (type !== "RollingUpdate") {
                yield (
                    `${subject} has updateStrategy ${type}, so a change waits on each node until someone ` +
                    "deletes its pod, and versions drift apart; use RollingUpdate."
                );
                return;
            }
            const { maxUnavailable = 1 } = rollingUpdate;
            // A percentage is of nodes that nobody counts here; a cluster grows, and it grows along.
            if (typeof maxUnavailable === "string" && maxUnavailable.endsWith("%")) {
                if (Number(maxUnavailable.slice(0, -1)) > 0) {
                    yield (
                        `${subject} may leave ${maxUnavailable} of all nodes without their agent at once; ` +
                        `set maxUnavailable to ${nodes} or less.`
                    );
                }
            } else if (Number(maxUnavailable) > nodes) {
                yield (
                    `${subject} may leave ${maxUnavailable} nodes without their agent at once; ` +
                    `set maxUnavailable to ${nodes} or less.`
                );
            }
        },
    },
});
