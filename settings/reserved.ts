import { CONTROL_PLANE_NAMESPACES } from "../components/plan/namespaces";

/** Namespaces that exist before any stack, that Kubernetes keeps for itself, or that the mesh itself is in. */
export function isReserved(name: string): boolean {
    return (
        name === "default" || name.startsWith("kube-") || CONTROL_PLANE_NAMESPACES.includes(name)
    );
}

/** The same, in words. */
export const RESERVED = `default, kube-*, ${CONTROL_PLANE_NAMESPACES.join(", ")}`;
