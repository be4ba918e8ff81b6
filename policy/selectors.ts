/** Which labels a selector takes, as Kubernetes and Istio decide it. */
import type { LabelSelector } from "./kinds/kubernetes";

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

/** Whether labels hold every pair of a plain selector. One without pairs takes all, none takes all too. */
export function carries(
    labels: Readonly<Record<string, string>> | undefined,
    pairs: Readonly<Record<string, string>> | undefined,
): boolean {
    return Object.entries(pairs ?? {}).every(([key, value]) => labels?.[key] === value);
}
