import {
    type ControlPlane,
    controlPlaneOf,
    hasOperatorsIstiod,
    sailControlPlaneOf,
} from "../../control-planes";
import type { Stack } from "../../found";
import { isWide } from "../../policy-scope";
import { type Finding, stackRule } from "../../rule";

function* judge(plane: ControlPlane | undefined, stack: Stack): Generator<Finding> {
    if (!plane) return;
    const root = plane.rootNamespace;
    const wide = stack
        .all("peerAuthentication")
        .filter(({ namespace, object }) => namespace === root && isWide(object.spec));
    if (wide.some(({ object }) => object.spec?.mtls?.mode === "STRICT")) return;
    yield (
        `${plane.found.subject} runs a mesh that takes plain text: no PeerAuthentication without a selector ` +
        `in namespace "${root}" has spec.mtls.mode STRICT; add one, named default (KIA0205).`
    );
}

export const requireMeshWideMtls = stackRule({
    name: "require-mesh-wide-mtls",
    displayName: "The mesh demands mutual TLS",
    description:
        "Who installs istiod also installs a PeerAuthentication that demands mutual TLS of the whole mesh.",
    why:
        "Istio's default is PERMISSIVE: whatever no policy names takes plain text, also in namespaces that " +
        "are made later. Strict mutual TLS isn't a value of a chart, but an object of the root namespace. " +
        "Where another program makes that object, exempt the control plane.",
    severity: "high",
    enforcementLevel: "advisory",
    remediationSteps:
        "Add PeerAuthentication default in the root namespace (istio-system) with spec.mtls.mode: STRICT.",
    url: "https://istio.io/latest/docs/tasks/security/authentication/authn-policy/#globally-enabling-istio-mutual-tls-in-strict-mode",
    tags: ["mtls", "security"],
    controls: { nist: ["SC-8", "IA-3"], pci: ["4.2.1"] },
    reads: ["peerAuthentication", "configMap"],
    judge: {
        deployment: (found, _, stack) => judge(controlPlaneOf(found, stack), stack),
        // Where its istiod is there, too, that one is judged.
        istio: (found, _, stack) =>
            stack.view(hasOperatorsIstiod) ? [] : judge(sailControlPlaneOf(found), stack),
    },
});
