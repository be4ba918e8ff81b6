import { onWorkloads } from "../../pods";
import { quantity } from "../../quantities";
import { objectRule } from "../../rule";

const cpu = "sidecar.istio.io/proxyCPU";
const memory = "sidecar.istio.io/proxyMemory";
const cpuLimit = "sidecar.istio.io/proxyCPULimit";
const memoryLimit = "sidecar.istio.io/proxyMemoryLimit";
/** The first three are what a proxy should have; a CPU limit also sets its threads, so it stays free. */
const required = [cpu, memory, memoryLimit];
const pairs = [
    [cpu, cpuLimit],
    [memory, memoryLimit],
] as const;

export const matchProxyResourceAnnotations = objectRule({
    name: "match-proxy-resource-annotations",
    displayName: "A pod that sizes its sidecar sizes all of it",
    description:
        "A pod that sets one of the sidecar's resources sets its requests and its memory limit, as quantities that fit.",
    why:
        "The four annotations replace the mesh's defaults together: with proxyCPU alone the sidecar has no " +
        "memory request and no limit at all. A request above its limit, or a text that is no quantity, " +
        "makes the API server refuse the injected pod, so nothing starts.",
    severity: "medium",
    enforcementLevel: "mandatory",
    remediationSteps:
        `Set ${cpu}, ${memory} and ${memoryLimit} together on the pods, each as a quantity such as 100m ` +
        "or 128Mi, requests at most their limits; or remove all of them to get the mesh's defaults.",
    url: "https://istio.io/latest/docs/reference/config/annotations/",
    tags: ["resources", "sidecars"],
    controls: { nist: ["SC-6"] },
    judge: onWorkloads(function* ({ subject }, { metadata }) {
        const annotations = metadata?.annotations ?? {};
        const values: Record<string, number | undefined> = {};
        const given: string[] = [];
        for (const key of [...required, cpuLimit]) {
            const text = annotations[key];
            if (text === undefined) continue;
            given.push(key);
            values[key] = quantity(text);
            if (values[key] === undefined) {
                yield `${subject} has ${key}="${text}", which is no quantity; set it as 100m or 128Mi.`;
            }
        }
        const missing = required.filter((key) => !given.includes(key));
        if (given.length > 0 && missing.length > 0) {
            yield (
                `${subject} sets ${given.join(" and ")}, which drops all defaults of its sidecar; ` +
                `set ${missing.join(" and ")} too.`
            );
        }
        for (const [request, limit] of pairs) {
            const [low, high] = [values[request], values[limit]];
            if (low !== undefined && high !== undefined && low > high) {
                yield (
                    `${subject} has ${request}="${annotations[request] ?? ""}" above ${limit}=` +
                    `"${annotations[limit] ?? ""}", so its pods are refused; lower the one or raise the other.`
                );
            }
        }
    }),
});
