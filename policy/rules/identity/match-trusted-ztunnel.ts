import { stackRule } from "../../rule";
import { sailZtunnelOf, type Ztunnel, ztunnelOf } from "../../ztunnels";

function* judge(ztunnel: Ztunnel | undefined) {
    if (!ztunnel) return;
    const { account, found, namespace, planes } = ztunnel;
    const trusts = ({ trustedZtunnel }: { trustedZtunnel: string }) =>
        trustedZtunnel.split(",").some((trusted) => trusted.trim() === account);
    if (planes.length === 0 || planes.some(trusts)) return;
    const others = planes
        .map((plane) => `${plane.found.subject} trusts "${plane.trustedZtunnel}"`)
        .join(" and ");
    yield (
        `${found.subject} runs as "${account}", but ${others}, so istiod gives it no certificate for any pod; ` +
        `set pilot.trustedZtunnelNamespace of istiod to "${namespace}".`
    );
}

export const matchTrustedZtunnel = stackRule({
    name: "match-trusted-ztunnel",
    displayName: "istiod trusts ztunnel where it runs",
    description:
        "The account that ztunnel runs as is one that istiod lets ask for the certificates of pods.",
    why:
        "ztunnel asks for the certificates of all pods of its node, and istiod allows that to one account " +
        "alone: `ztunnel` in its own namespace unless it is told. Sail puts ztunnel in a namespace of its " +
        "own, so without the setting ztunnel gets ready, gets config, and every connection fails.",
    severity: "critical",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Set pilot.trustedZtunnelNamespace of istiod (spec.values.pilot.trustedZtunnelNamespace of Sail's " +
        "Istio) to ztunnel's namespace; a chart with another resourceName needs pilot.trustedZtunnelName too.",
    url: "https://istio.io/latest/docs/ambient/install/helm/",
    tags: ["identity", "ztunnel", "sail"],
    controls: { nist: ["AC-6", "IA-3"] },
    reads: ["deployment", "istio", "configMap"],
    judge: {
        daemonSet: (found, _config, stack) => judge(ztunnelOf(found, stack)),
        ztunnel: (found, _config, stack) => judge(sailZtunnelOf(found, stack)),
    },
});
