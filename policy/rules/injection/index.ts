/** Who joins the mesh: labels of namespaces and pods, revisions and tags. */
import { requireDataPlaneLabel } from "./require-data-plane-label";

export const injection = [requireDataPlaneLabel];
