import { texts } from "../../config";
import { gatewayDeploymentsOf, gatewayPodsOf, said, servicesBefore } from "../../gateway-workloads";
import { stackRule } from "../../rule";

export const requireGatewayWorkloads = stackRule({
    name: "require-gateway-workloads",
    displayName: "Every Gateway configures pods that are reached",
    description:
        "A Gateway's selector takes pods of the stack, and a Service before them has its ports.",
    why:
        "A Gateway whose labels select no pod does nothing, and one without labels configures every proxy of " +
        "the mesh. A port that no Service passes on is open in the pod, but nobody reaches it. Judged where " +
        "the stack makes gateways itself; others may select what another program runs.",
    severity: "medium",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Select the gateway's pods by their labels (the chart gives istio: <name without istio->), and add the " +
        "port to the gateway's Service.",
    url: "https://istio.io/latest/docs/reference/config/analysis/ist0162/",
    tags: ["gateways", "traffic"],
    config: {
        external: texts(
            "Labels of gateways that another program runs, such as `istio=ingressgateway`.",
            [],
        ),
    },
    reads: [
        "pod",
        "deployment",
        "statefulSet",
        "daemonSet",
        "replicaSet",
        "job",
        "cronJob",
        "service",
    ],
    judge: {
        *istioGateway(found, { external }, stack) {
            const { subject, object } = found;
            const selector = object.spec?.selector ?? {};
            if (Object.keys(selector).length === 0) {
                yield (
                    `${subject} has no spec.selector, so it configures every proxy; select the gateway's pods ` +
                    "by label."
                );
                return;
            }
            const name = said(selector);
            if (external.includes(name) || stack.view(gatewayDeploymentsOf).length === 0) return;
            const pods = stack.view(gatewayPodsOf).get(found) ?? [];
            if (pods.length === 0) {
                yield (
                    `${subject} selects ${name}, which no pod of the stack has, so it does nothing; correct the ` +
                    `label, or list it in this rule's "external" (IST0101, KIA0302).`
                );
                return;
            }
            const services = pods.flatMap((pod) => servicesBefore(pod, stack));
            if (services.length === 0) return;
            const ports = services.flatMap(({ object }) =>
                (object.spec?.ports ?? []).flatMap(({ port, targetPort }) => [port, targetPort]),
            );
            for (const [index, { port }] of (object.spec?.servers ?? []).entries()) {
                if (port?.number === undefined || ports.includes(port.number)) continue;
                const names = services.map((service) => service.subject).join(", ");
                yield (
                    `${subject} listens to port ${port.number} in spec.servers[${index}], which ${names} doesn't ` +
                    "have, so nobody reaches it; add the port to the Service (IST0162)."
                );
            }
        },
    },
});
