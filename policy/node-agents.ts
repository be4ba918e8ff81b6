/** The DaemonSets that carry the mesh on every node: ztunnel and the CNI agent. */
import type { Found } from "./found";

const agents: readonly string[] = ["ztunnel", "istio-cni-node"];

/** Whether a DaemonSet is one of them: both charts say so in this label, however it is named. */
export function isNodeAgent({ object, shortName }: Found<"daemonSet">): boolean {
    const labels = object.spec?.template?.metadata?.labels;
    return (
        agents.includes(labels?.["k8s-app"] ?? "") ||
        agents.includes(labels?.["app"] ?? "") ||
        agents.includes(shortName)
    );
}

/** The same question in the Common Expression Language, of a DaemonSet that is named `object`. */
export const IS_NODE_AGENT =
    `object.metadata.name in ${JSON.stringify(agents)} || (has(object.spec.template.metadata.labels) && ` +
    `["k8s-app", "app"].exists(key, key in object.spec.template.metadata.labels && ` +
    `object.spec.template.metadata.labels[key] in ${JSON.stringify(agents)}))`;
