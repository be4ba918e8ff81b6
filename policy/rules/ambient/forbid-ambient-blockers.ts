import { texts, type Values } from "../../config";
import { dataPlanesOf } from "../../data-planes";
import type { Found, Stack } from "../../found";
import { targetsOf } from "../../policy-scope";
import { stackRule } from "../../rule";

const config = {
    planned: texts("Namespaces that are to move to ambient, judged as if they were there.", []),
};

function isAmbient(
    { namespace }: Pick<Found, "namespace">,
    { planned }: Values<typeof config>,
    stack: Stack,
): boolean {
    return (
        planned.includes(namespace) || stack.view(dataPlanesOf).get(namespace)?.mode === "ambient"
    );
}

export const forbidAmbientBlockers = stackRule({
    name: "forbid-ambient-blockers",
    displayName: "Ambient namespaces have nothing that only sidecars apply",
    description:
        "No namespace in ambient, or about to move there, has objects that only a sidecar applies.",
    why:
        "EnvoyFilter, Sidecar and ProxyConfig configure sidecars: in ambient they stay in the cluster and do " +
        "nothing, so what they limited is open again. A PeerAuthentication with DISABLE counts as " +
        "PERMISSIVE, and a WorkloadEntry's machine has no ztunnel. They are what stops a migration.",
    severity: "medium",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Say it in a way that ambient knows: a waypoint's routes and policies instead of EnvoyFilter, " +
        "AuthorizationPolicy instead of Sidecar's egress, PERMISSIVE instead of DISABLE; or keep the " +
        "namespace on sidecars.",
    url: "https://istio.io/latest/docs/ambient/migrate/before-you-begin/",
    tags: ["ambient", "migration"],
    config,
    reads: ["namespace"],
    judge: {
        *envoyFilter(found, values, stack) {
            if (!isAmbient(found, values, stack) || targetsOf(found.object.spec).length > 0) return;
            yield (
                `${found.subject} patches sidecars, but namespace "${found.namespace}" is ambient, so it does ` +
                "nothing; use a waypoint's routes and policies."
            );
        },
        *sidecar(found, values, stack) {
            if (!isAmbient(found, values, stack)) return;
            yield (
                `${found.subject} limits sidecars, but namespace "${found.namespace}" is ambient, so it does ` +
                "nothing; limit by AuthorizationPolicy."
            );
        },
        *proxyConfig(found, values, stack) {
            if (!isAmbient(found, values, stack)) return;
            yield (
                `${found.subject} configures sidecars, but namespace "${found.namespace}" is ambient, so it does ` +
                "nothing; remove it."
            );
        },
        *peerAuthentication(found, values, stack) {
            if (!isAmbient(found, values, stack)) return;
            const { mtls, portLevelMtls = {} } = found.object.spec ?? {};
            const fields = [
                ["mtls.mode", mtls?.mode] as const,
                ...Object.entries(portLevelMtls).map(
                    ([port, { mode }]) => [`portLevelMtls["${port}"].mode`, mode] as const,
                ),
            ];
            for (const [field, mode] of fields) {
                if (mode === "DISABLE") {
                    yield (
                        `${found.subject} has spec.${field} DISABLE, which ambient takes for PERMISSIVE; ` +
                        "say PERMISSIVE or STRICT."
                    );
                }
            }
        },
        *workloadEntry(found, values, stack) {
            if (!isAmbient(found, values, stack)) return;
            yield (
                `${found.subject} is a machine without ztunnel, but namespace "${found.namespace}" is ambient; ` +
                "keep its namespace on sidecars."
            );
        },
    },
});
