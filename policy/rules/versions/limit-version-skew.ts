import { integer } from "../../config";
import { controlPlaneVersions, dataPlaneVersions } from "../../mesh-versions";
import type { Found, Stack } from "../../found";
import { stackRule } from "../../rule";
import { minorsApart } from "../../versions";

function* judge({ urn, subject }: Found, { minors }: { minors: number }, stack: Stack) {
    for (const { found, part, version } of stack.view(dataPlaneVersions)) {
        if (found.urn !== urn || version === undefined) continue;
        const planes = [...stack.view(controlPlaneVersions)];
        const near = planes.some(([own]) => minorsApart(own, version) <= minors);
        if (planes.length === 0 || near) continue;
        const others = planes.map(([own, plane]) => `${plane.subject} runs ${own}`).join(" and ");
        yield (
            `${subject} runs ${part} ${version}, but ${others}: more than ${minors} minor ` +
            `${minors === 1 ? "release" : "releases"} newer; upgrade ${part} first.`
        );
    }
}

export const limitVersionSkew = stackRule({
    name: "limit-version-skew",
    displayName: "The data plane isn't far behind istiod",
    description:
        "No part of the data plane is more minor releases behind istiod than Istio supports.",
    why:
        "istiod speaks to proxies of its own release and of the one before. What is older may refuse the " +
        "configuration, keep the last one it understood, and lose certificates after a day.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Upgrade the CNI agent, ztunnel, gateways and sidecars to istiod's release before istiod moves on.",
    url: "https://istio.io/latest/docs/releases/supported-releases/#control-planedata-plane-skew",
    tags: ["versions", "upgrades"],
    controls: { nist: ["CM-2"] },
    config: {
        minors: integer("Minor releases that istiod may be newer.", 1, { minimum: 0 }),
    },
    reads: ["deployment", "istio", "configMap"],
    judge: { daemonSet: judge, deployment: judge, istioCni: judge, ztunnel: judge },
});
