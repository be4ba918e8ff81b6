import { texts } from "../../config";
import { objectRule } from "../../rule";

export const protectCaSecret = objectRule({
    name: "protect-ca-secret",
    displayName: "The mesh's certificate authority can't be lost",
    description: "The Secret that holds the mesh's own CA is protected.",
    why:
        "istiod takes its signing key from this Secret and makes itself a new root when it is gone. Workloads with " +
        "certificates of the old root and of the new one no longer trust each other, and a key that isn't " +
        "kept elsewhere can't be had again.",
    severity: "critical",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Set the resource option protect: true on the Secret, and keep the key elsewhere too.",
    url: "https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/",
    tags: ["lifecycle", "certificates"],
    controls: { nist: ["SC-12", "CP-9"], pci: ["3.7.5"] },
    config: {
        names: texts("Names of Secrets that hold a CA.", ["cacerts", "istio-ca-secret"]),
    },
    judge: {
        *secret({ shortName, subject, protect }, { names }) {
            if (names.includes(shortName) && !protect) {
                yield `${subject} holds the mesh's CA and goes with the stack; set protect: true.`;
            }
        },
    },
});
