import { flag, type Values } from "../../config";
import { type ControlPlane, controlPlaneOf, sailControlPlaneOf } from "../../control-planes";
import { stackRule } from "../../rule";

const DEFAULT = "cluster.local";

const config = {
    always: flag("Whether a mesh of one cluster must have a trust domain of its own, too.", false),
};

function* judge(plane: ControlPlane | undefined, { always }: Values<typeof config>) {
    const mesh = plane?.meshConfig;
    // A chart's mesh whose ConfigMap is elsewhere.
    if (!plane || !mesh) return;
    const { trustDomain = DEFAULT } = mesh;
    if (trustDomain !== DEFAULT) return;
    const { network = "", meshID = "" } = plane.global ?? {};
    const joined =
        network !== "" ? `network "${network}"` : meshID !== "" ? `mesh id "${meshID}"` : "";
    if (joined === "" && !always) return;
    const what = joined === "" ? "" : ` and ${joined}`;
    yield (
        `${plane.found.subject} has the default trust domain "${DEFAULT}"${what}, so its identities look like ` +
        "those of any other mesh; set meshConfig.trustDomain to a name of your own, such as prod.example.com."
    );
}

export const requireTrustDomain = stackRule({
    name: "require-trust-domain",
    displayName: "A mesh of several clusters has its own trust domain",
    description: "Every mesh that can be joined with others has a trust domain of its own.",
    why:
        "An identity is spiffe://<trust domain>/ns/<namespace>/sa/<account>. With the default, " +
        "production's and the test mesh's web are the same name, and where both trust one root " +
        "certificate, each is let in as the other. To change it later, all certificates are issued anew.",
    severity: "medium",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Set meshConfig.trustDomain to a name of your own before the mesh is used; list the old one in " +
        "trustDomainAliases if it is in use.",
    url: "https://istio.io/latest/docs/tasks/security/authorization/authz-td-migration/",
    tags: ["identity", "multi-cluster"],
    controls: { nist: ["IA-3", "SC-17"] },
    config,
    reads: ["configMap"],
    judge: {
        deployment: (found, values, stack) => judge(controlPlaneOf(found, stack), values),
        istio: (found, values) => judge(sailControlPlaneOf(found), values),
    },
});
