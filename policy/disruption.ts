/** What a PodDisruptionBudget allows, computed as the disruption controller does. */
import type { LabelSelector, PodDisruptionBudget } from "./kinds/kubernetes";

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

/** Whether a selector takes pods with these labels. As in policy/v1: `{}` takes all, none takes none. */
export function selects(
    selector: LabelSelector | undefined,
    labels: Record<string, string>,
): boolean {
    if (!selector) return false;
    const { matchLabels = {}, matchExpressions = [] } = selector;
    return (
        Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
        matchExpressions.every(({ key, operator, values = [] }) => {
            const value = labels[key];
            switch (operator) {
                case "In":
                    return value !== undefined && values.includes(value);
                case "NotIn":
                    return value === undefined || !values.includes(value);
                case "Exists":
                    return value !== undefined;
                case "DoesNotExist":
                    return value === undefined;
                default:
                    // The API server refuses the object; to count it as a budget would hide that.
                    return false;
            }
        })
    );
}
