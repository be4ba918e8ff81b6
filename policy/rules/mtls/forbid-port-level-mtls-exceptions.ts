import { texts } from "../../config";
import { objectRule } from "../../rule";

export const forbidPortLevelMtlsExceptions = objectRule({
    name: "forbid-port-level-mtls-exceptions",
    displayName: "No port is left out of mutual TLS",
    description:
        "No PeerAuthentication lets plain text in on a single port, unless the team allows the port.",
    why:
        "portLevelMtls opens one port of an otherwise strict workload, where reviews of spec.mtls.mode don't " +
        "see it. Without a selector istiod refuses it altogether.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Remove the port from spec.portLevelMtls or set it to STRICT. Kubelet probes need no exception: " +
        "Istio rewrites them for sidecars, and ambient lets them through.",
    url: "https://istio.io/latest/docs/reference/config/security/peer_authentication/",
    tags: ["mtls", "security"],
    controls: { nist: ["SC-8"], pci: ["4.2.1"] },
    config: {
        ports: texts(
            "Ports that may take plain text, such as `9090` for a scraper outside the mesh.",
            [],
        ),
    },
    admission: ({ ports }) => ({
        peerAuthentication: [
            {
                expression:
                    "!has(object.spec) || !has(object.spec.portLevelMtls) || object.spec.portLevelMtls.all(port, " +
                    `port in ${JSON.stringify(ports)} || !has(object.spec.portLevelMtls[port].mode) || ` +
                    '!(object.spec.portLevelMtls[port].mode in ["PERMISSIVE", "DISABLE"]))',
                message: "no port lets plain text in.",
            },
            {
                expression:
                    "!has(object.spec) || !has(object.spec.portLevelMtls) || size(object.spec.portLevelMtls) == 0 || " +
                    "(has(object.spec.selector) && has(object.spec.selector.matchLabels) && size(object.spec.selector.matchLabels) > 0)",
                message: "ports are only set for the workloads of a selector.",
            },
        ],
    }),
    judge: {
        *peerAuthentication({ subject, object: { spec } }, { ports }) {
            const exceptions = Object.entries(spec?.portLevelMtls ?? {});
            if (
                exceptions.length > 0 &&
                Object.keys(spec?.selector?.matchLabels ?? {}).length === 0
            ) {
                yield (
                    `${subject} has spec.portLevelMtls but no selector, which istiod refuses; ` +
                    "add spec.selector.matchLabels or remove the ports (IST0106)."
                );
            }
            for (const [port, { mode }] of exceptions) {
                if ((mode === "PERMISSIVE" || mode === "DISABLE") && !ports.includes(port)) {
                    yield (
                        `${subject} has mode ${mode} on port ${port}, which lets plain text in; ` +
                        `set it to STRICT, or allow the port in this rule's "ports".`
                    );
                }
            }
        },
    },
});
