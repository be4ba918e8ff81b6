import { type ControlPlane, controlPlaneOf, sailControlPlaneOf } from "../../control-planes";
import { stackRule } from "../../rule";

function* judge(plane: ControlPlane | undefined) {
    const global = plane?.global;
    const network = global?.network ?? "";
    if (!plane || network === "" || (global?.meshID ?? "") !== "") return;
    yield (
        `${plane.found.subject} puts its proxies on network "${network}" without a mesh id; ` +
        "set global.meshID, the same in every cluster of the mesh."
    );
}

export const requireMeshId = stackRule({
    name: "require-mesh-id",
    displayName: "A mesh of several clusters has an id",
    description: "Every control plane with a network has a mesh id.",
    why:
        "A network is named where a mesh spans several clusters. Without an id of the mesh, proxies report " +
        "their trust domain as its id, telemetry of two meshes can't be told apart, and the name would " +
        "have to change in all clusters later.",
    severity: "low",
    enforcementLevel: "advisory",
    remediationSteps: "Set global.meshID of istiod, the same in every cluster of the mesh.",
    url: "https://istio.io/latest/docs/setup/install/multicluster/",
    tags: ["identity", "multi-cluster"],
    reads: ["configMap"],
    judge: {
        deployment: (found, _config, stack) => judge(controlPlaneOf(found, stack)),
        istio: (found) => judge(sailControlPlaneOf(found)),
    },
});
