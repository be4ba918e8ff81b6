import { priorityClass, spread } from "../plan/helm-plan";
import { sizingOf } from "../plan/sizing";
import type { SpreadConstraint } from "../plan/values";
import type { Settings } from "../../settings/schema";

/** Values of the operator's chart. */
export interface OperatorValues {
    readonly image?: string;
    readonly priorityClassName?: string;
    readonly topologySpreadConstraints?: readonly SpreadConstraint[];
}

/** What the operator is planned from. */
export type OperatorInput = Pick<Settings, "charts" | "cluster" | "size" | "sizing">;

/** What the operator's chart is told. */
export function operatorValues({ charts, cluster, size, sizing }: OperatorInput): OperatorValues {
    const { image } = charts.operator;
    const { production } = sizingOf(size, sizing);
    const priority = priorityClass(cluster.platform);
    return {
        ...(image === undefined ? {} : { image }),
        ...(production && priority !== undefined ? { priorityClassName: priority } : {}),
        ...(production
            ? { topologySpreadConstraints: spread({ "control-plane": "sail-operator" }) }
            : {}),
    };
}

/**
 * How many operators run. One of them works, by a lease; a second one takes over in seconds where a
 * lost one would first have to be scheduled again. Meshes run on without any.
 */
export function operatorReplicas({ size, sizing }: Pick<Settings, "size" | "sizing">): 1 | 2 {
    return sizingOf(size, sizing).production ? 2 : 1;
}
