/** What a PodDisruptionBudget allows, computed as the disruption controller does. */
import type { PodDisruptionBudget } from "./kinds/kubernetes";

type Budget = NonNullable<PodDisruptionBudget["spec"]>;

/** `"30%"` of `pods`, rounded up, or the number itself. A number as text counts as the number. */
function scaled(value: number | string, pods: number): number {
    if (typeof value === "string" && value.endsWith("%")) {
        return Math.ceil((Number(value.slice(0, -1)) * pods) / 100);
    }
    return Number(value);
}

/**
 * How many of `pods` healthy pods may be evicted at once.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/#rounding-logic-when-specifying-percentages
 */
export function evictable({ minAvailable, maxUnavailable }: Budget, pods: number): number {
    if (maxUnavailable !== undefined) {
        return Math.min(scaled(maxUnavailable, pods), pods);
    }
    return Math.max(pods - scaled(minAvailable ?? 0, pods), 0);
}

/** The field that decides, as a message names it: `minAvailable "100%"`. */
export function limit({ minAvailable, maxUnavailable }: Budget): string {
    const [field, value] =
        maxUnavailable !== undefined
            ? ["maxUnavailable", maxUnavailable]
            : ["minAvailable", minAvailable];
    return value === undefined
        ? "neither minAvailable nor maxUnavailable"
        : `${field} ${JSON.stringify(value)}`;
}
