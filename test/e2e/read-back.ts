/** What the API server holds of a mesh, reduced to the facts that must be right. */
import { parse } from "yaml";
import { list, type KubeObject } from "./sandbox";

interface Container {
    readonly name: string;
    readonly image: string;
    readonly env?: readonly { readonly name: string; readonly value?: string }[];
    readonly resources?: { readonly requests?: Readonly<Record<string, string>> };
}

interface PodSpec {
    readonly containers: readonly Container[];
    readonly priorityClassName?: string;
    readonly topologySpreadConstraints?: readonly { readonly topologyKey: string }[];
    readonly terminationGracePeriodSeconds?: number;
}

interface Spec {
    readonly replicas?: number;
    readonly minReplicas?: number;
    readonly maxReplicas?: number;
    readonly minAvailable?: number;
    readonly template?: { readonly spec: PodSpec };
    readonly gatewayClassName?: string;
    readonly infrastructure?: { readonly parametersRef?: { readonly name: string } };
}

/** A Deployment or DaemonSet, in short. */
export interface Running {
    readonly ready: number;
    readonly image: string;
    readonly requests: Readonly<Record<string, string>>;
    readonly env: Readonly<Record<string, string>>;
    readonly priorityClass?: string;
    readonly spread: readonly string[];
    readonly graceSeconds?: number;
}

/** The whole mesh, in short; every map is keyed by `<namespace>/<name>`. */
export interface MeshFacts {
    readonly namespaces: Readonly<Record<string, Readonly<Record<string, string>>>>;
    readonly running: Readonly<Record<string, Running>>;
    readonly autoscalers: Readonly<Record<string, readonly [number, number]>>;
    readonly budgets: Readonly<Record<string, number>>;
    readonly failurePolicies: Readonly<Record<string, readonly string[]>>;
    readonly waypoints: Readonly<Record<string, string>>;
    readonly trustDomain: string;
}

/** Labels that mean something to the mesh; Kubernetes adds others of its own. */
const MESH_LABEL = /istio|pod-security/;

/** Namespaces that every cluster has. */
const OF_KUBERNETES = /^(default|kube-.*)$/;

function keyed<T>(
    objects: readonly KubeObject[],
    kind: string | readonly string[],
    value: (spec: Spec, object: KubeObject) => T,
): Record<string, T> {
    return Object.fromEntries(
        objects
            .filter((object) => kind.includes(object.kind))
            .map((object) => {
                const { name, namespace } = object.metadata;
                const key = namespace === undefined ? name : `${namespace}/${name}`;
                return [key, value(object["spec"] ?? {}, object)];
            }),
    );
}

function running({ template }: Spec, { status }: KubeObject): Running {
    const pod = template?.spec;
    const container = pod?.containers[0];
    const { readyReplicas, numberReady } = (status ?? {}) as Record<string, number | undefined>;
    return {
        ready: readyReplicas ?? numberReady ?? 0,
        image: container?.image ?? "",
        requests: container?.resources?.requests ?? {},
        env: Object.fromEntries(
            (container?.env ?? []).flatMap(({ name, value }) =>
                value === undefined ? [] : [[name, value]],
            ),
        ),
        ...(pod?.priorityClassName === undefined ? {} : { priorityClass: pod.priorityClassName }),
        spread: (pod?.topologySpreadConstraints ?? []).map(({ topologyKey }) => topologyKey),
        ...(pod?.terminationGracePeriodSeconds === undefined
            ? {}
            : { graceSeconds: pod.terminationGracePeriodSeconds }),
    };
}

/** Reads the mesh from the API server. */
export async function readMesh(): Promise<MeshFacts> {
    const objects = [
        ...(await list(
            "namespaces,deployments,daemonsets,hpa,pdb,validatingwebhookconfigurations,configmaps",
        )),
        ...(await list("gateways.gateway.networking.k8s.io")),
    ];
    const meshConfig = objects.find(
        ({ kind, metadata }) =>
            kind === "ConfigMap" &&
            metadata.name === "istio" &&
            metadata.namespace === "istio-system",
    );
    const data = (meshConfig?.["data"] ?? {}) as { mesh?: string };
    return {
        namespaces: keyed(
            objects.filter(({ metadata }) => !OF_KUBERNETES.test(metadata.name)),
            "Namespace",
            (_, { metadata }) =>
                Object.fromEntries(
                    Object.entries(metadata.labels ?? {}).filter(
                        ([label]) => MESH_LABEL.test(label) && !label.startsWith("kubernetes.io/"),
                    ),
                ),
        ),
        running: keyed(objects, ["Deployment", "DaemonSet"], running),
        autoscalers: keyed(objects, "HorizontalPodAutoscaler", (spec) => [
            spec.minReplicas ?? 1,
            spec.maxReplicas ?? 0,
        ]),
        budgets: keyed(objects, "PodDisruptionBudget", ({ minAvailable }) => minAvailable ?? -1),
        failurePolicies: keyed(objects, "ValidatingWebhookConfiguration", (_, object) =>
            (object["webhooks"] as { failurePolicy: string }[]).map(
                ({ failurePolicy }) => failurePolicy,
            ),
        ),
        waypoints: keyed(objects, "Gateway", ({ gatewayClassName }) => gatewayClassName ?? ""),
        trustDomain: (parse(data.mesh ?? "{}") as { trustDomain?: string }).trustDomain ?? "",
    };
}
