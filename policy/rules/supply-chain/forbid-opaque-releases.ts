import { chartName, isMeshRelease } from "../../helm-releases";
import { objectRule } from "../../rule";

export const forbidOpaqueReleases = objectRule({
    name: "forbid-opaque-releases",
    displayName: "Charts of the mesh show their objects",
    description: "No chart of the mesh is installed as a Helm release, which hides its objects.",
    why:
        "A Release is one resource: previews show no object of it, and no rule of this pack sees the " +
        "istiod, ztunnel or webhooks inside. It also never upgrades the CRDs in a chart's crds/ folder, " +
        "which is where Sail keeps all of its own.",
    severity: "medium",
    // Teams that need hooks or `helm rollback` have a reason to stay with releases.
    enforcementLevel: "advisory",
    remediationSteps:
        "Install the chart with kubernetes.helm.v4.Chart, whose objects are resources that previews and " +
        "policies see; or exempt the release, knowing that nothing in it is judged.",
    url: "https://www.pulumi.com/registry/packages/kubernetes/api-docs/helm/v4/chart/",
    tags: ["supply-chain", "helm"],
    controls: { nist: ["CM-6"] },
    judge: {
        *helmRelease({ subject, object }) {
            if (!isMeshRelease(object)) return;
            yield (
                `${subject} installs chart "${chartName(object)}" as one opaque resource, so no rule sees ` +
                "what it holds; use kubernetes.helm.v4.Chart."
            );
        },
    },
});
