/** Whether the injector adds a sidecar to a pod, by its own labels and those of its namespace. */
import { type DataPlane, INJECT, injectionOf, INJECTION, REVISION } from "./data-planes";
import type { PodTemplate } from "./kinds/kubernetes";

/**
 * Why a pod isn't injected, as a message says it; undefined if it is, as far as labels tell.
 *
 * @param plane of the pod's namespace; undefined where the stack doesn't have the namespace
 * @see https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#controlling-the-injection-policy
 */
export function whyNotInjected(
    template: PodTemplate,
    plane: DataPlane | undefined,
): string | undefined {
    if (template.spec?.hostNetwork === true) return "it runs in the node's network";
    const choice = injectionOf(template.metadata);
    if (choice === "false") return `it has ${INJECT}="false"`;
    if (!plane || plane.mode === "sidecar") return undefined;
    const name = plane.found.shortName;
    const labels = plane.found.object.metadata?.labels;
    if (labels?.[INJECTION] !== undefined) {
        return `namespace "${name}" has ${INJECTION}=${labels[INJECTION]}`;
    }
    const asks =
        template.metadata?.labels?.[INJECT] === "true" ||
        template.metadata?.labels?.[REVISION] !== undefined;
    return asks ? undefined : `neither it nor namespace "${name}" asks for a sidecar`;
}
