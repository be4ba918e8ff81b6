import { objectRule } from "../../rule";

export const limitSidecarScope = objectRule({
    name: "limit-sidecar-scope",
    displayName: "A Sidecar says what its workloads call",
    description: "Every Sidecar's egress names namespaces and hosts, and not all of them.",
    why:
        "A Sidecar is there to keep a proxy's configuration small and to say whom a workload may call. One " +
        'with "*/*" does neither; one with a host in another form is refused by istiod.',
    severity: "low",
    enforcementLevel: "advisory",
    remediationSteps:
        'List namespaces as "./*" (its own), "istio-system/*" and "<namespace>/<host in full>".',
    url: "https://istio.io/latest/docs/reference/config/networking/sidecar/#IstioEgressListener",
    tags: ["traffic", "sidecars"],
    judge: {
        *sidecar({ subject, object: { spec } }) {
            for (const [index, { hosts = [] }] of (spec?.egress ?? []).entries()) {
                const place = `spec.egress[${index}].hosts`;
                for (const host of hosts) {
                    if (host === "*/*") {
                        yield (
                            `${subject} has "*/*" in ${place}, which limits nothing; list the namespaces and hosts ` +
                            "that its workloads call."
                        );
                    } else if (!/^[^/]+\/[^/]+$/.test(host)) {
                        yield (
                            `${subject} has "${host}" in ${place}, which istiod refuses; write <namespace>/<host>, ` +
                            "such as ./* for its own namespace (IST0106, KIA1004)."
                        );
                    }
                }
            }
        },
    },
});
