import { flag, texts } from "../../config";
import { gatewayDeploymentsOf } from "../../gateway-workloads";
import { stackRule } from "../../rule";
import { carries } from "../../selectors";

const SERVICE_TYPE = "networking.istio.io/service-type";

export const forbidExposedServices = stackRule({
    name: "forbid-exposed-services",
    displayName: "Only gateways are reached from outside",
    description:
        "A Service of type LoadBalancer leads to a gateway of the mesh, and none is of type NodePort.",
    why:
        "A Service that is exposed by itself goes around the gateway, and with it TLS, tokens, limits and the " +
        "log of who came; in the mesh a strict workload refuses such callers, a permissive one believes them. " +
        "A NodePort opens the port on every node.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Make the Service ClusterIP and route to it through a gateway. Where a Service must be exposed by " +
        "itself, list it in allowed.",
    url: "https://istio.io/latest/docs/tasks/traffic-management/ingress/ingress-control/",
    tags: ["gateways", "exposure", "security"],
    controls: { nist: ["SC-7", "AC-4"], pci: ["1.4.1"] },
    config: {
        allowed: texts("Services that may be exposed, as `namespace/name`.", []),
        nodePorts: flag(
            "Whether gateways may be exposed by NodePort, as without a load balancer.",
            false,
        ),
    },
    reads: ["deployment"],
    judge: {
        *service({ subject, name, namespace, object: { spec } }, { allowed, nodePorts }, stack) {
            const type = spec?.type ?? "ClusterIP";
            if ((type !== "LoadBalancer" && type !== "NodePort") || allowed.includes(name)) return;
            if (type === "NodePort" && !nodePorts) {
                yield (
                    `${subject} is of type NodePort, which opens its ports on every node; make it ClusterIP ` +
                    `behind a gateway, or list "${name}" in this rule's "allowed".`
                );
                return;
            }
            const selector = spec?.selector;
            const leads =
                selector !== undefined &&
                (selector["gateway.networking.k8s.io/gateway-name"] !== undefined ||
                    stack
                        .view(gatewayDeploymentsOf)
                        .some(
                            (gateway) =>
                                gateway.namespace === namespace &&
                                carries(gateway.object.spec?.template?.metadata?.labels, selector),
                        ));
            if (!leads) {
                yield (
                    `${subject} is of type ${type} but leads to no gateway of the stack; make it ClusterIP ` +
                    `behind a gateway, or list "${name}" in this rule's "allowed".`
                );
            }
        },
        *gateway({ subject, name, object: { metadata, spec } }, { allowed, nodePorts }) {
            const type =
                spec?.infrastructure?.annotations?.[SERVICE_TYPE] ??
                metadata?.annotations?.[SERVICE_TYPE];
            if (type === "NodePort" && !nodePorts && !allowed.includes(name)) {
                yield (
                    `${subject} is of type NodePort by ${SERVICE_TYPE}, which opens its ports on every node; set ` +
                    `LoadBalancer or ClusterIP, or list "${name}" in this rule's "allowed".`
                );
            }
        },
    },
});
