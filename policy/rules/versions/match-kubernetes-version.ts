import { text } from "../../config";
import { type ControlPlane, controlPlaneOf, sailControlPlaneOf } from "../../control-planes";
import { ISTIO_RELEASES } from "../../istio-releases.generated";
import { stackRule } from "../../rule";
import { compareVersions, minorOf } from "../../versions";

function* judge(plane: ControlPlane | undefined, { cluster }: { cluster: string }) {
    if (!plane) return;
    const { version, found } = plane;
    const release = version === undefined ? undefined : ISTIO_RELEASES[minorOf(version)];
    if (version === undefined || !release) return;
    const [lowest, highest] = release.kubernetes;
    if (compareVersions(cluster, lowest) >= 0 && compareVersions(cluster, highest) <= 0) return;
    yield (
        `${found.subject} runs Istio ${version}, which is for Kubernetes ${lowest} to ${highest}, but the cluster ` +
        `has ${cluster}; choose a release for it, or move the cluster first (IST0142).`
    );
}

export const matchKubernetesVersion = stackRule({
    name: "match-kubernetes-version",
    displayName: "Istio's release fits the cluster's",
    description:
        "Every control plane runs a release of Istio that is tested with the cluster's Kubernetes.",
    why:
        "Outside its range istiod may miss an API that it needs, or meet one that has changed. Which " +
        "Kubernetes a cluster runs isn't in a program's objects, so a level turns the rule on and says it.",
    severity: "medium",
    // Nothing in a program's objects says which Kubernetes runs them: a level that knows turns it on.
    enforcementLevel: "disabled",
    remediationSteps:
        "Choose a release of Istio whose range has the cluster's version, or move the cluster first.",
    url: "https://istio.io/latest/docs/releases/supported-releases/#support-status-of-istio-releases",
    tags: ["versions"],
    config: {
        cluster: text("The cluster's Kubernetes, such as 1.34.", "1.34"),
    },
    reads: ["configMap"],
    judge: {
        deployment: (found, config, stack) => judge(controlPlaneOf(found, stack), config),
        istio: (found, config) => judge(sailControlPlaneOf(found), config),
    },
});
