import type { Container, Namespace, Pod } from "./objects";
import { runningContainers } from "./objects";

/** Label of a namespace whose pods shall be real processes. */
export const LIVING_LABEL = "sandbox.istio-mesh/living";
/** Annotation that Istio's injector leaves on every pod that it changed. */
export const INJECTED_ANNOTATION = "sidecar.istio.io/status";
/** Label, and its value, of istiod's pods in every revision. */
export const ISTIOD_LABEL = ["app", "istiod"] as const;

/**
 * Arguments with which kwok leaves the pods to the agent that it starts and reports on itself. All others
 * stay kwok's.
 */
export const KWOK_ARGUMENTS = {
    "disregard-status-with-label-selector": ISTIOD_LABEL.join("="),
    "disregard-status-with-annotation-selector": INJECTED_ANNOTATION,
} as const;

/** What a container's image stands for here. */
export type Role = "istiod" | "proxy" | "app";

/** What runs for a container: Istio's own programs for its images, a small HTTP server for any other. */
export function roleOf(container: Container): Role {
    const [name = ""] = (container.image.split("/").at(-1) ?? "").split(/[:@]/);
    if (name === "pilot") return "istiod";
    // "auto" is the image of a gateway's pod before injection.
    return name === "proxyv2" ? "proxy" : "app";
}

/** Whether the agent, not kwok, reports on a pod: the same rule as KWOK_ARGUMENTS. */
export function isOwn(pod: Pod): boolean {
    const { labels = {}, annotations = {} } = pod.metadata;
    return labels[ISTIOD_LABEL[0]] === ISTIOD_LABEL[1] || INJECTED_ANNOTATION in annotations;
}

/** Whether a pod is istiod's. */
export function isIstiod(pod: Pod): boolean {
    return (
        pod.metadata.labels?.[ISTIOD_LABEL[0]] === ISTIOD_LABEL[1] &&
        pod.spec.containers.some((container) => roleOf(container) === "istiod")
    );
}

/** The Envoy container of a pod, a sidecar's or a gateway's. */
export function proxyOf(pod: Pod): Container | undefined {
    return runningContainers(pod).find((container) => roleOf(container) === "proxy");
}

/** The containers of a pod that the small HTTP server stands for. */
export function appsOf(pod: Pod): readonly Container[] {
    return pod.spec.containers.filter((container) => roleOf(container) === "app");
}

/** Whether a namespace asks for real processes. */
export function asksToLive(namespace: Namespace): boolean {
    return namespace.metadata.labels?.[LIVING_LABEL] === "enabled";
}

/** Whether a namespace is part of the mesh: injected, of a revision, or ambient. */
export function isMeshed({ metadata: { labels = {} } }: Namespace): boolean {
    return (
        labels["istio-injection"] === "enabled" ||
        labels["istio.io/rev"] !== undefined ||
        labels["istio.io/dataplane-mode"] === "ambient"
    );
}
