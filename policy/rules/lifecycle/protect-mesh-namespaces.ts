import { texts } from "../../config";
import { dataPlaneOf } from "../../data-planes";
import { objectRule } from "../../rule";

export const protectMeshNamespaces = objectRule({
    name: "protect-mesh-namespaces",
    displayName: "Namespaces of the mesh can't be deleted by accident",
    description: "Namespaces of the control plane and those that the mesh serves are protected.",
    why:
        "Deleting a namespace deletes all that is in it, at once and for good: a rename in the program, which " +
        "is a replacement, is enough. A protected resource makes the preview fail instead.",
    severity: "high",
    // Where things come and go, as in a lab, it would only be in the way.
    enforcementLevel: "disabled",
    remediationSteps:
        "Set the resource option protect: true; to delete one on purpose, unprotect it first (pulumi state unprotect).",
    url: "https://www.pulumi.com/docs/iac/concepts/options/protect/",
    tags: ["lifecycle", "namespaces"],
    controls: { nist: ["CP-9", "CM-5"] },
    config: {
        system: texts("Namespaces of the mesh itself.", [
            "istio-system",
            "istio-cni",
            "ztunnel",
            "sail-operator",
        ]),
    },
    judge: {
        *namespace(found, { system }) {
            if (found.protect) return;
            const served = dataPlaneOf(found).mode;
            if (system.includes(found.shortName)) {
                yield `${found.subject} is of the mesh itself and not protected; set protect: true.`;
            } else if (served !== "none") {
                yield `${found.subject} is served by the mesh (${served}) and not protected; set protect: true.`;
            }
        },
    },
});
