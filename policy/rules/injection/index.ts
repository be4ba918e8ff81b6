/** Who joins the mesh: labels of namespaces and pods, revisions and tags. */
import { forbidAutoImageWithoutInjection } from "./forbid-auto-image-without-injection";
import { forbidCaptureBypass } from "./forbid-capture-bypass";
import { forbidIneffectivePodLabels } from "./forbid-ineffective-pod-labels";
import { forbidMeshOptOut } from "./forbid-mesh-opt-out";
import { forbidOverlappingInjectionWebhooks } from "./forbid-overlapping-injection-webhooks";
import { forbidProxyUserId } from "./forbid-proxy-user-id";
import { matchInjectionLabelAndAnnotation } from "./match-injection-label-and-annotation";
import { requireDataPlaneLabel } from "./require-data-plane-label";
import { requireExistingRevision } from "./require-existing-revision";
import { requireExistingTagTarget } from "./require-existing-tag-target";

export const injection = [
    forbidAutoImageWithoutInjection,
    forbidCaptureBypass,
    forbidIneffectivePodLabels,
    forbidMeshOptOut,
    forbidOverlappingInjectionWebhooks,
    forbidProxyUserId,
    matchInjectionLabelAndAnnotation,
    requireDataPlaneLabel,
    requireExistingRevision,
    requireExistingTagTarget,
];
