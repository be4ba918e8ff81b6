/** The ConfigMaps that istiod lays over the Deployment, autoscaler and budget it makes of a Gateway. */
import { parse } from "yaml";
import type { Found, Stack } from "./found";
import type { PodTemplate } from "./kinds/kubernetes";

/** The parts of a `spec` that say how many and where; keys as in Deployment, HPA and PDB. */
interface Sizes {
    replicas?: number;
    minReplicas?: number;
    maxReplicas?: number;
    minAvailable?: number | string;
    maxUnavailable?: number | string;
    template?: PodTemplate;
}

export interface Overlay {
    /** The last ConfigMap and key that say something, as messages name them. */
    subject: string;
    spec: Sizes;
}

const keys = ["deployment", "horizontalPodAutoscaler", "podDisruptionBudget"] as const;
export type Overlays = Partial<Record<(typeof keys)[number], Overlay>>;

interface Source {
    subject: string;
    data: Record<string, unknown>;
}

/** Defaults of the Gateway's class first, its own ConfigMap last: the later wins. */
function sourcesOf(
    { object: gateway, namespace, subject: reader }: Found<"gateway">,
    className: string,
    stack: Stack,
    problems: string[],
): Source[] {
    const configMaps = stack.all("configMap");
    const sources = stack.all("istio").flatMap(({ object, subject: owner }): Source[] => {
        const data = object.spec?.values?.gatewayClasses?.[className];
        const subject = `spec.values.gatewayClasses["${className}"] of ${owner}`;
        return data ? [{ subject, data }] : [];
    });
    for (const { object, subject } of configMaps) {
        if (object.metadata?.labels?.["gateway.istio.io/defaults-for-class"] === className) {
            sources.push({ subject, data: object.data ?? {} });
        }
    }
    const ref = gateway.spec?.infrastructure?.parametersRef;
    if (ref) {
        const name = `${namespace}/${ref.name ?? ""}`;
        const own = configMaps.find((configMap) => configMap.name === name);
        if (own) {
            sources.push({ subject: own.subject, data: own.object.data ?? {} });
        } else {
            problems.push(
                `${reader} takes its size from ConfigMap "${name}", which this stack ` +
                    "doesn't have, so nothing vouches for it; declare the ConfigMap beside the Gateway.",
            );
        }
    }
    return sources;
}

/** What all ConfigMaps together say about a Gateway's size, and what keeps them from being read. */
export function overlaysOf(
    gateway: Found<"gateway">,
    className: string,
    stack: Stack,
): { overlays: Overlays; problems: string[] } {
    const problems: string[] = [];
    const overlays: Overlays = {};
    for (const source of sourcesOf(gateway, className, stack, problems)) {
        for (const key of keys) {
            const value = source.data[key];
            if (value === undefined) continue;
            const subject = `key "${key}" of ${source.subject}`;
            try {
                // Sail's values hold objects where a ConfigMap holds YAML.
                const object = (typeof value === "string" ? parse(value) : value) as {
                    spec?: Sizes;
                } | null;
                overlays[key] = { subject, spec: { ...overlays[key]?.spec, ...object?.spec } };
            } catch (error) {
                if (!(error instanceof Error) || error.name !== "YAMLParseError") throw error;
                problems.push(
                    `${gateway.subject} can't be sized: ${subject} isn't YAML ` +
                        `(${error.message.split("\n")[0]?.replace(/:$/, "") ?? ""}); correct it.`,
                );
            }
        }
    }
    return { overlays, problems };
}
