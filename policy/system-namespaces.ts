/** Namespaces that run no workloads of the mesh: Kubernetes' own and those of the mesh's parts. */
import { texts } from "./config";

/** `default` isn't one: pods land there by accident. */
export const system = texts("Namespaces that no mesh serves: Kubernetes' own and the mesh's.", [
    "kube-system",
    "kube-public",
    "kube-node-lease",
    "istio-system",
    "istio-cni",
    "ztunnel",
    "sail-operator",
]);
