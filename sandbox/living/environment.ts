import type { Container, KeyRef, Pod } from "./objects";

/** Values that a container's environment may name. */
export interface Lookup {
    /** A key of a ConfigMap or Secret in the pod's namespace. */
    readonly key: (kind: "configmaps" | "secrets", ref: KeyRef) => Promise<string | undefined>;
    /** What a resource limit means when the container sets none: this machine's processors and bytes. */
    readonly machine: { readonly cpus: number; readonly memory: number };
}

/**
 * The variables of a container as kubelet would set them.
 * @throws Error for a reference that does not exist and is not optional.
 */
export async function environmentOf(
    pod: Pod,
    container: Container,
    lookup: Lookup,
): Promise<Readonly<Record<string, string>>> {
    const env: Record<string, string> = {};
    for (const { name, value, valueFrom } of container.env ?? []) {
        if (valueFrom === undefined) {
            env[name] = expanded(value ?? "", env);
            continue;
        }
        const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = valueFrom;
        if (fieldRef) env[name] = fieldOf(pod, fieldRef.fieldPath);
        if (resourceFieldRef)
            env[name] = resourceOf(container, resourceFieldRef.resource, lookup.machine);
        const ref = configMapKeyRef ?? secretKeyRef;
        if (ref === undefined) continue;
        const found = await lookup.key(configMapKeyRef ? "configmaps" : "secrets", ref);
        if (found !== undefined) env[name] = found;
        else if (ref.optional !== true)
            throw new Error(
                `container ${container.name} needs ${name} from ${ref.name}, which has no key ${ref.key}`,
            );
    }
    return env;
}

/** Replaces `$(NAME)` by earlier variables, as Kubernetes does; unknown ones stay as they are. */
export function expanded(text: string, env: Readonly<Record<string, string>>): string {
    return text.replace(/\$\(([A-Za-z_][\w.-]*)\)/g, (whole, name: string) => env[name] ?? whole);
}

/** A field of the pod by its path, such as `metadata.labels['app']`; empty when it is not set. */
export function fieldOf(pod: Pod, path: string): string {
    const [, kind, key] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path) ?? [];
    if (key !== undefined)
        return pod.metadata[kind === "labels" ? "labels" : "annotations"]?.[key] ?? "";
    switch (path) {
        case "metadata.name":
            return pod.metadata.name;
        case "metadata.namespace":
            return pod.metadata.namespace ?? "";
        case "metadata.uid":
            return pod.metadata.uid ?? "";
        case "metadata.labels":
            return lines(pod.metadata.labels);
        case "metadata.annotations":
            return lines(pod.metadata.annotations);
        case "spec.nodeName":
            return pod.spec.nodeName ?? "";
        case "spec.serviceAccountName":
            return pod.spec.serviceAccountName ?? "default";
        case "status.podIP":
        case "status.podIPs":
            return pod.status?.podIP ?? "";
        case "status.hostIP":
        case "status.hostIPs":
            return pod.status?.hostIP ?? "";
        default:
            return "";
    }
}

/** A map as the downward API writes it: one `key="value"` a line. */
export function lines(map: Readonly<Record<string, string>> = {}): string {
    return Object.entries(map)
        .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
        .join("\n");
}

function resourceOf(container: Container, resource: string, machine: Lookup["machine"]): string {
    const [, name = ""] = resource.split(".");
    const limit = container.resources?.limits?.[name];
    if (name === "cpu")
        // Go programs take it for their number of threads: more than the machine has only costs.
        return String(
            Math.min(machine.cpus, limit === undefined ? machine.cpus : Math.ceil(cpus(limit))),
        );
    return String(limit === undefined ? machine.memory : bytes(limit));
}

function cpus(quantity: string): number {
    return quantity.endsWith("m") ? Number(quantity.slice(0, -1)) / 1_000 : Number(quantity);
}

const UNITS: Readonly<Record<string, number>> = {
    k: 1e3,
    M: 1e6,
    G: 1e9,
    T: 1e12,
    Ki: 2 ** 10,
    Mi: 2 ** 20,
    Gi: 2 ** 30,
    Ti: 2 ** 40,
};

/** Bytes of a quantity such as `1Gi`. */
export function bytes(quantity: string): number {
    const [, number = "0", unit = ""] = /^([\d.]+)([A-Za-z]*)$/.exec(quantity) ?? [];
    return Math.round(Number(number) * (UNITS[unit] ?? 1));
}
