import { text } from "../../config";
import { objectRule } from "../../rule";

/** The mode in the Common Expression Language; empty for none or UNSET. */
const MODE =
    "(has(object.spec) && has(object.spec.mtls) && has(object.spec.mtls.mode) && " +
    'object.spec.mtls.mode != "UNSET" ? object.spec.mtls.mode : "")';

export const requireStrictMtls = objectRule({
    name: "require-strict-mtls",
    displayName: "No policy lets plain text in",
    description: "Every PeerAuthentication demands mutual TLS.",
    why:
        "PERMISSIVE takes plain text from anyone who can reach the pod, without an identity that a policy " +
        "could judge; DISABLE takes nothing else, and ztunnel treats it like PERMISSIVE. A policy for the " +
        "whole mesh that leaves the mode out means PERMISSIVE; elsewhere it inherits the mesh's.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Set spec.mtls.mode: STRICT. While a namespace migrates, exempt its policy until a date.",
    url: "https://istio.io/latest/docs/reference/config/security/peer_authentication/",
    tags: ["mtls", "security"],
    controls: { nist: ["SC-8", "IA-3"], pci: ["4.2.1"] },
    config: {
        rootNamespace: text("Namespace whose policies hold for the whole mesh.", "istio-system"),
    },
    admission: ({ rootNamespace }) => ({
        peerAuthentication: [
            {
                expression: `!(${MODE} in ["PERMISSIVE", "DISABLE"])`,
                message: "mutual TLS is STRICT, or left to the policy above.",
            },
            {
                expression:
                    `object.metadata.namespace != ${JSON.stringify(rootNamespace)} || ` +
                    `(has(object.spec) && has(object.spec.selector)) || ${MODE} != ""`,
                message: "the policy of the whole mesh says STRICT.",
            },
        ],
    }),
    judge: {
        *peerAuthentication({ subject, namespace, object: { spec } }, { rootNamespace }) {
            const mode = spec?.mtls?.mode;
            if (mode === "PERMISSIVE" || mode === "DISABLE") {
                const effect = mode === "DISABLE" ? "turns mutual TLS off" : "lets plain text in";
                yield `${subject} has spec.mtls.mode ${mode}, which ${effect}; set it to STRICT.`;
            } else if (mode !== "STRICT" && namespace === rootNamespace && !spec?.selector) {
                const given = mode === undefined ? "leaves out spec.mtls.mode" : `has mode ${mode}`;
                yield (
                    `${subject} ${given} for the whole mesh, which means PERMISSIVE; ` +
                    "set it to STRICT."
                );
            }
        },
    },
});
