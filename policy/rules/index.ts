/** Every rule of the pack, by name. A new rule is a file here and a line below. */
import type { MeshRule } from "../rule";
import { requireDataPlaneLabel } from "./require-data-plane-label";
import { requireMeshReplicas } from "./require-mesh-replicas";

export const rules: MeshRule[] = [requireDataPlaneLabel, requireMeshReplicas];
