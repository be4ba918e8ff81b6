/** How many run: replicas, autoscalers, disruption budgets and spread of what the mesh consists of. */
import { requireMeshReplicas } from "./require-mesh-replicas";

export const availability = [requireMeshReplicas];
