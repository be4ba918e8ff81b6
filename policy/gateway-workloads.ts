/** The pods that Istio's Gateway objects configure, and the Services before them. */
import type { Found, Stack } from "./found";
import { ofDeployment } from "./mesh-workloads";
import { type Pods, podsOf } from "./pods";
import { carries } from "./selectors";

/** Every Gateway of networking.istio.io with the pods of the stack that it selects. For `stack.view`. */
export function gatewayPodsOf(stack: Stack): ReadonlyMap<Found<"istioGateway">, readonly Pods[]> {
    const pods = stack.view(podsOf);
    // Many Gateways select the same few pods.
    const bySelector = new Map<string, readonly Pods[]>();
    return new Map(
        stack.all("istioGateway").map((found) => {
            const selector = found.object.spec?.selector ?? {};
            const key = said(selector);
            const selected =
                bySelector.get(key) ??
                pods.filter(({ template }) => carries(template.metadata?.labels, selector));
            bySelector.set(key, selected);
            return [found, selected];
        }),
    );
}

/** Services of the stack that lead to a workload's pods. */
export function servicesBefore({ found, template }: Pods, stack: Stack): Found<"service">[] {
    return stack.in("service", found.namespace).filter(({ object }) => {
        const selector = object.spec?.selector;
        return selector !== undefined && carries(template.metadata?.labels, selector);
    });
}

/** Deployments of the stack that are gateways, whatever they are named. For `stack.view`. */
export function gatewayDeploymentsOf(stack: Stack): readonly Found<"deployment">[] {
    return stack
        .all("deployment")
        .filter((found) => ofDeployment(found, stack)?.role === "gateways");
}

/** Whether two Gateways configure the same pods: the same labels, or pods of the stack that both select. */
export function shareWorkloads(
    a: Found<"istioGateway">,
    b: Found<"istioGateway">,
    stack: Stack,
): boolean {
    const [one, other] = [a, b].map(({ object }) => object.spec?.selector ?? {});
    const same =
        carries(one, other) &&
        carries(other, one) &&
        Object.keys(one ?? {}).length === Object.keys(other ?? {}).length;
    const pods = stack.view(gatewayPodsOf);
    return same || (pods.get(a) ?? []).some((pod) => pods.get(b)?.includes(pod));
}

/** How messages say a selector: `istio=ingressgateway`. */
export function said(selector: Readonly<Record<string, string>> | undefined): string {
    return Object.entries(selector ?? {})
        .map(([key, value]) => `${key}=${value}`)
        .join(",");
}
