/** The ConfigMaps that istiod lays over the Deployment, autoscaler and budget it makes of a Gateway. */
import type { PolicyResource } from "@pulumi/policy";
import { parse } from "yaml";
import { allOf, fullName, type Gateway, kinds, namespaceOf } from "./kinds";

/** The parts of a `spec` that say how many; keys as in Deployment, HPA and PDB. */
interface Sizes {
    replicas?: number;
    minReplicas?: number;
    maxReplicas?: number;
    minAvailable?: number | string;
    maxUnavailable?: number | string;
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
    gateway: Gateway,
    className: string,
    resources: PolicyResource[],
    problems: string[],
): Source[] {
    const configMaps = allOf(kinds.configMap, resources);
    const sources = allOf(kinds.istio, resources).flatMap(({ object }): Source[] => {
        const data = object.spec?.values?.gatewayClasses?.[className];
        const subject = `spec.values.gatewayClasses["${className}"] of Istio "${object.metadata?.name ?? ""}"`;
        return data ? [{ subject, data }] : [];
    });
    for (const { object } of configMaps) {
        if (object.metadata?.labels?.["gateway.istio.io/defaults-for-class"] === className) {
            sources.push({ subject: `ConfigMap "${fullName(object)}"`, data: object.data ?? {} });
        }
    }
    const ref = gateway.spec?.infrastructure?.parametersRef;
    if (ref) {
        const name = `${namespaceOf(gateway)}/${ref.name ?? ""}`;
        const own = configMaps.find(({ object }) => fullName(object) === name);
        if (own) {
            sources.push({ subject: `ConfigMap "${name}"`, data: own.object.data ?? {} });
        } else {
            problems.push(
                `Gateway "${fullName(gateway)}" takes its size from ConfigMap "${name}", which this stack ` +
                    "doesn't have, so nothing vouches for it; declare the ConfigMap beside the Gateway.",
            );
        }
    }
    return sources;
}

/** What all ConfigMaps together say about a Gateway's size, and what keeps them from being read. */
export function overlaysOf(
    gateway: Gateway,
    className: string,
    resources: PolicyResource[],
): { overlays: Overlays; problems: string[] } {
    const problems: string[] = [];
    const overlays: Overlays = {};
    for (const source of sourcesOf(gateway, className, resources, problems)) {
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
                    `Gateway "${fullName(gateway)}" can't be sized: ${subject} isn't YAML ` +
                        `(${error.message.split("\n")[0]?.replace(/:$/, "") ?? ""}); correct it.`,
                );
            }
        }
    }
    return { overlays, problems };
}
