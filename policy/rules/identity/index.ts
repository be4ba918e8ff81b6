/** Who a cluster is in its mesh, said the same everywhere. */
import { matchSailObjects } from "./match-sail-objects";

export const identity = [matchSailObjects];
