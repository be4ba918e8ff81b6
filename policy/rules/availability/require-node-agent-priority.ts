import { texts } from "../../config";
import { IS_NODE_AGENT, isNodeAgent } from "../../node-agents";
import { objectRule } from "../../rule";

export const requireNodeAgentPriority = objectRule({
    name: "require-node-agent-priority",
    displayName: "ztunnel and the CNI agent are evicted last",
    description:
        "ztunnel and the CNI agent run with a priority class that keeps them on a full node.",
    why:
        "On a node under pressure the kubelet evicts by priority. Without ztunnel every ambient pod of the node " +
        "is cut off; without the CNI agent none can start.",
    severity: "medium",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Leave the charts' priorityClassName system-node-critical; on GKE give the namespace a ResourceQuota " +
        "for it (global.platform: gke makes one).",
    url: "https://istio.io/latest/docs/ambient/install/platform-prerequisites/",
    tags: ["availability", "ambient", "ztunnel", "cni"],
    config: {
        classes: texts("Priority classes that will do.", ["system-node-critical"]),
    },
    admission: ({ classes }) => ({
        daemonSet: [
            {
                expression:
                    `!(${IS_NODE_AGENT}) || (has(object.spec.template.spec.priorityClassName) && ` +
                    `object.spec.template.spec.priorityClassName in ${JSON.stringify(classes)})`,
                message: `a node agent has priorityClassName ${classes.join(" or ")}.`,
            },
        ],
    }),
    judge: {
        *daemonSet(found, { classes }) {
            if (!isNodeAgent(found)) return;
            const given = found.object.spec?.template?.spec?.priorityClassName;
            if (given === undefined || !classes.includes(given)) {
                yield (
                    `${found.subject} has ${given === undefined ? "no priorityClassName" : `priorityClassName ${given}`}, ` +
                    `so it may be evicted before what it carries; set ${classes.join(" or ")}.`
                );
            }
        },
    },
});
