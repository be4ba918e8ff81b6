import { meshPodOf } from "../../mesh-pods";
import { containersOf, onWorkloads } from "../../pods";
import { objectRule } from "../../rule";
import type { SecurityContext } from "../../kinds/kubernetes";

/** The user and group that sidecars run as, whose traffic is never captured. */
const PROXY = 1337;
/** Containers of the mesh, in a pod that was injected by hand. */
const own = ["istio-proxy", "istio-init", "istio-validation"];

const fields = ["runAsUser", "runAsGroup"] as const;

function* judge(subject: string, where: string, context: SecurityContext | undefined) {
    for (const field of fields) {
        if (context?.[field] === PROXY) {
            yield (
                `${subject} sets ${where}.${field} to ${PROXY}, which is the sidecar's own, so what it ` +
                "sends isn't captured; set another number (IST0144)."
            );
        }
    }
}

export const forbidProxyUserId = objectRule({
    name: "forbid-proxy-user-id",
    displayName: "No application runs as the sidecar's user",
    description: "No application container runs as user or group 1337.",
    why:
        "The sidecar knows its own traffic by user and group 1337 and doesn't capture it again. An " +
        "application with that id sends everything past the mesh: in plain text, without policy.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps: "Run the application as any other user and group.",
    url: "https://istio.io/latest/docs/ops/deployment/application-requirements/#pod-requirements",
    tags: ["injection", "sidecars"],
    controls: { nist: ["SC-8", "AC-4"] },
    judge: onWorkloads(function* ({ subject }, template) {
        if (meshPodOf(template) !== undefined) return;
        yield* judge(subject, "securityContext", template.spec?.securityContext);
        for (const { name = "", securityContext } of containersOf(template)) {
            if (own.includes(name)) continue;
            yield* judge(subject, `securityContext of container "${name}"`, securityContext);
        }
    }),
});
