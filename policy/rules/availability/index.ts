/** How many run: replicas, autoscalers, disruption budgets and spread of what the mesh consists of. */
import { forbidBlockingBudgets } from "./forbid-blocking-budgets";
import { limitNodeAgentRollout } from "./limit-node-agent-rollout";
import { requireAutoscalerHeadroom } from "./require-autoscaler-headroom";
import { requireMeshReplicas } from "./require-mesh-replicas";
import { requireMeshSpread } from "./require-mesh-spread";
import { requireNodeAgentPriority } from "./require-node-agent-priority";

export const availability = [
    forbidBlockingBudgets,
    limitNodeAgentRollout,
    requireAutoscalerHeadroom,
    requireMeshReplicas,
    requireMeshSpread,
    requireNodeAgentPriority,
];
