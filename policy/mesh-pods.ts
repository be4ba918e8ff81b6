/** Which pods run the mesh itself. */
import { AUTO, type Component, componentOf } from "./images";
import type { PodTemplate } from "./kinds/kubernetes";
import { containersOf } from "./pods";

/** A part of the mesh, gateways among them, which a chart makes with an injected image. */
export type MeshPod = Component | "gateway";

/**
 * What of the mesh a template runs, by its images; undefined for an application. Gateways of the
 * gateway chart have no image of their own yet, but ask for the template.
 */
export function meshPodOf(template: PodTemplate): MeshPod | undefined {
    if (isGatewayPod(template)) return "gateway";
    return containersOf(template)
        .map(({ image }) =>
            image === undefined || image === AUTO ? undefined : componentOf(image),
        )
        .find((component) => component !== undefined && component !== "proxy");
}

/**
 * Whether it is a gateway: made by the injector from the template of that name, or the proxy run as a
 * router. An application may carry a container with image "auto" too, to adjust its sidecar.
 */
export function isGatewayPod(template: PodTemplate): boolean {
    const templates = template.metadata?.annotations?.["inject.istio.io/templates"] ?? "";
    return (
        templates.split(",").some((name) => name.trim() === "gateway") ||
        containersOf(template).some(({ args = [] }) => args[0] === "proxy" && args[1] === "router")
    );
}
