import { flag } from "../../config";
import { DATAPLANE_MODE, INJECT, injectionOf } from "../../data-planes";
import { meshPodOf } from "../../mesh-pods";
import { onWorkloads } from "../../pods";
import { objectRule } from "../../rule";
import { system } from "../../system-namespaces";

export const forbidMeshOptOut = objectRule({
    name: "forbid-mesh-opt-out",
    displayName: "No pod leaves the mesh by itself",
    description: "No pod opts out of the mesh that its namespace joins.",
    why:
        "One label takes a pod out of mutual TLS, authorization and telemetry while its namespace still " +
        "looks served. Whoever may edit a Deployment could so step around every policy of the mesh.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        `Remove ${INJECT}="false" and ${DATAPLANE_MODE}=none from the pods; keep a namespace out as a ` +
        "whole, or exempt the workload with a reason.",
    url: "https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#controlling-the-injection-policy",
    tags: ["injection", "ambient", "sidecars"],
    controls: { nist: ["SC-8", "AC-4"], pci: ["4.2.1"] },
    config: {
        system,
        // Before native sidecars, a proxy kept a Job's pod running for ever.
        jobs: flag("Whether Jobs and CronJobs may opt out.", true),
    },
    judge: onWorkloads(function* (
        found,
        template,
        values: { system: readonly string[]; jobs: boolean },
    ) {
        const { kind, namespace, subject } = found;
        if (values.jobs && (kind === "job" || kind === "cronJob")) return;
        if (values.system.includes(namespace) || meshPodOf(template) !== undefined) return;
        if (injectionOf(template.metadata) === "false") {
            yield `${subject} opts out of sidecars by ${INJECT}="false"; remove it.`;
        }
        if (template.metadata?.labels?.[DATAPLANE_MODE] === "none") {
            yield `${subject} opts out of ambient by ${DATAPLANE_MODE}=none; remove it.`;
        }
    }),
});
