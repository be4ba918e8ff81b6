import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const agent = (app: string, updateStrategy?: object) =>
    object("daemonSet", `mesh/${app}`, {
        spec: {
            template: { metadata: { labels: { app } } },
            ...(updateStrategy && { updateStrategy }),
        },
    });
const rolling = (maxUnavailable: unknown) => ({
    type: "RollingUpdate",
    rollingUpdate: { maxUnavailable },
});
const many = (subject: string, nodes: string, least = 1) =>
    `DaemonSet "mesh/${subject}" may leave ${nodes} without their agent at once; set maxUnavailable to ${least} or less.`;

export const table: RuleTable = {
    allowed: {
        "ztunnel as its chart makes it": agent("ztunnel", {
            rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
        }),
        "the CNI agent as its chart makes it": agent("istio-cni-node", rolling(1)),
        "Kubernetes' default, which is one": agent("ztunnel"),
        "no node by percentage": agent("ztunnel", rolling("0%")),
        "another DaemonSet": agent("logs", rolling(10)),
    },
    denied: {
        "three nodes at once": [agent("ztunnel", rolling(3)), [many("ztunnel", "3 nodes")]],
        "a tenth of all nodes": [
            agent("istio-cni-node", rolling("10%")),
            [many("istio-cni-node", "10% of all nodes")],
        ],
        "no rollout at all": [
            agent("ztunnel", { type: "OnDelete" }),
            [
                'DaemonSet "mesh/ztunnel" has updateStrategy OnDelete, so a change waits on each node until ' +
                    "someone deletes its pod, and versions drift apart; use RollingUpdate.",
            ],
        ],
    },
    unknown: {
        "a number that isn't known yet": [
            agent("ztunnel", rolling(unknown.number)),
            [
                "number value at .spec.updateStrategy.rollingUpdate.maxUnavailable can't be known during preview",
            ],
        ],
    },
    config: {
        nodes: [
            { value: 3, objects: agent("ztunnel", rolling(3)), messages: [] },
            {
                value: 0,
                objects: agent("istio-cni-node", rolling(1)),
                messages: [many("istio-cni-node", "1 nodes", 0)],
            },
        ],
    },
};
