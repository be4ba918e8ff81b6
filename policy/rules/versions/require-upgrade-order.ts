import { cniAgentsOf, controlPlaneVersions, dataPlaneVersions } from "../../mesh-versions";
import type { Found, Stack } from "../../found";
import { stackRule } from "../../rule";
import { compareVersions } from "../../versions";

function* judge({ urn, subject }: Found, _config: object, stack: Stack) {
    for (const { found, part, version } of stack.view(dataPlaneVersions)) {
        if (found.urn !== urn || version === undefined) continue;
        const planes = [...stack.view(controlPlaneVersions)].map(
            ([own, plane]) => [own, plane.subject] as const,
        );
        const agents = stack
            .view(cniAgentsOf)
            .flatMap((agent) =>
                agent.version === undefined ? [] : [[agent.version, agent.found.subject] as const],
            );
        const earlier = [
            { before: "istiod", others: planes },
            ...(part === "ztunnel" ? [{ before: "istio-cni", others: agents }] : []),
        ];
        for (const { before, others } of earlier) {
            const ahead = others.every(([own]) => compareVersions(version, own) > 0);
            if (others.length === 0 || !ahead) continue;
            const runs = others.map(([own, other]) => `${other} runs ${own}`).join(" and ");
            yield `${subject} runs ${part} ${version}, but ${runs}, which is older; upgrade ${before} first.`;
        }
    }
}

export const requireUpgradeOrder = stackRule({
    name: "require-upgrade-order",
    displayName: "istiod is upgraded first, ztunnel last",
    description:
        "No part of the data plane is newer than istiod, and ztunnel isn't newer than the CNI agent.",
    why:
        "Istio tests an istiod with proxies of its own release and older ones, never with newer ones: they " +
        "may ask for what it doesn't know. Each chart, and each object of Sail, has a version of its own, " +
        "so nothing else keeps the order.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Raise versions in the order istiod (Istio), CNI agent (IstioCNI), ztunnel (ZTunnel), gateways; go " +
        "back in the reverse order.",
    url: "https://istio.io/latest/docs/ambient/upgrade/helm/",
    tags: ["versions", "upgrades", "sail"],
    controls: { nist: ["CM-3"] },
    reads: ["deployment", "istio", "configMap"],
    judge: { daemonSet: judge, deployment: judge, istioCni: judge, ztunnel: judge },
});
