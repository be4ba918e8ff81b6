import type { GatewaySettings } from "../../settings/schema";

/** The part of a Service's status that names its load balancer. */
export interface LoadBalancerStatus {
    readonly loadBalancer?: {
        readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string }[];
    };
}

/** Where a gateway answers: its load balancer once it has one, else its name in the cluster. */
export function gatewayAddress(
    { name, namespace }: Pick<GatewaySettings, "name" | "namespace">,
    status: LoadBalancerStatus | undefined,
): string {
    const ingress = status?.loadBalancer?.ingress?.[0];
    return ingress?.hostname ?? ingress?.ip ?? `${name}.${namespace}.svc.cluster.local`;
}
