import { chartName, isLocalChart, isMeshRelease } from "../../helm-releases";
import { objectRule } from "../../rule";

const EXACT = /^v?\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?$/;

export const pinChartVersions = objectRule({
    name: "pin-chart-versions",
    displayName: "Charts of the mesh have exact versions",
    description: "Every Helm release of the mesh names an exact version of its chart.",
    why:
        "Without a version, or with a range, an update installs whatever the repository holds that day: " +
        "the mesh is upgraded by a run that was about something else, and two stacks differ.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Set version to an exact version such as 1.31.3, and leave devel unset; or name the chart by digest.",
    url: "https://istio.io/latest/docs/setup/install/helm/",
    tags: ["supply-chain", "helm", "versions"],
    controls: { nist: ["CM-2", "SR-3"] },
    judge: {
        *helmRelease({ subject, object }) {
            if (!isMeshRelease(object) || isLocalChart(object)) return;
            const { chart = "", version, devel } = object;
            if (chart.includes("@sha256:")) return;
            const what = `${subject} installs chart "${chartName(object)}"`;
            if (version === undefined) {
                yield `${what} without a version, which means the newest; set version, such as 1.31.3.`;
            } else if (!EXACT.test(version)) {
                yield `${what} in version "${version}", which can mean several; set an exact one, such as 1.31.3.`;
            }
            if (devel === true) {
                yield `${what} with devel, which takes versions that aren't released; leave it unset.`;
            }
        },
    },
});
