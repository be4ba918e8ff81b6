import { meshPodOf } from "../../mesh-pods";
import { onWorkloads } from "../../pods";
import { objectRule } from "../../rule";
import { texts } from "../../config";

/** What a pod's annotations leave out of the mesh, as a message says it. */
const exclusions: Readonly<Record<string, string>> = {
    "traffic.sidecar.istio.io/excludeInboundPorts":
        "requests to these ports reach it in plain text",
    "traffic.sidecar.istio.io/excludeOutboundPorts":
        "requests to these ports leave it in plain text",
    "traffic.sidecar.istio.io/excludeOutboundIPRanges":
        "requests to these addresses leave it in plain text",
    "traffic.sidecar.istio.io/excludeInterfaces":
        "traffic of these interfaces goes past the sidecar",
};
/** Those that leave out everything they don't name. */
const inclusions: Readonly<Record<string, string>> = {
    "traffic.sidecar.istio.io/includeInboundPorts":
        "requests to all other ports reach it in plain text",
    "traffic.sidecar.istio.io/includeOutboundIPRanges":
        "requests to all other addresses leave it in plain text",
};
const BYPASS = "ambient.istio.io/bypass-inbound-capture";

export const forbidCaptureBypass = objectRule({
    name: "forbid-capture-bypass",
    displayName: "The mesh captures all traffic of its pods",
    description: "No pod excludes ports, addresses or interfaces from the mesh.",
    why:
        "Excluded traffic is plain text that no authorization policy sees, also under STRICT mutual TLS: " +
        "the sidecar never gets it. It is a common cure for a database or a probe that fails, and stays " +
        "long after that is solved.",
    severity: "medium",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Remove the annotation. Declare what the mesh doesn't know by a ServiceEntry, let a port be plain " +
        "by a PeerAuthentication with portLevelMtls that reviewers see, or allow the port in `ports`.",
    url: "https://istio.io/latest/docs/reference/config/annotations/",
    tags: ["injection", "sidecars", "ambient"],
    controls: { nist: ["SC-8", "AC-4"], pci: ["4.2.1"] },
    config: {
        ports: texts("Ports that pods may exclude.", []),
    },
    judge: onWorkloads(function* ({ subject }, template, { ports }: { ports: readonly string[] }) {
        if (meshPodOf(template) !== undefined) return;
        const annotations = template.metadata?.annotations ?? {};
        for (const [key, effect] of Object.entries(exclusions)) {
            const value = annotations[key];
            const left = (value ?? "")
                .split(",")
                .map((one) => one.trim())
                .filter((one) => one !== "" && !(key.endsWith("Ports") && ports.includes(one)));
            if (left.length > 0) {
                yield `${subject} has ${key}="${value ?? ""}", so ${effect}; remove ${left.join(", ")}.`;
            }
        }
        for (const [key, effect] of Object.entries(inclusions)) {
            const value = annotations[key];
            if (value !== undefined && value !== "*") {
                yield `${subject} has ${key}="${value}", so ${effect}; remove the annotation.`;
            }
        }
        if (annotations[BYPASS] === "true") {
            yield (
                `${subject} has ${BYPASS}="true", so all requests reach it in plain text, past ztunnel; ` +
                "remove the annotation."
            );
        }
    }),
});
