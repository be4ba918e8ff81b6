/** What the living agent reads of the API server's objects. */
export interface Metadata {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
}

/** One variable of a container. */
export interface EnvVar {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: {
        readonly fieldRef?: { readonly fieldPath: string };
        readonly resourceFieldRef?: { readonly resource: string; readonly divisor?: string };
        readonly configMapKeyRef?: KeyRef;
        readonly secretKeyRef?: KeyRef;
    };
}

/** A key of a ConfigMap or Secret. */
export interface KeyRef {
    readonly name: string;
    readonly key: string;
    readonly optional?: boolean;
}

/** A container of a pod. */
export interface Container {
    readonly name: string;
    readonly image: string;
    readonly args?: readonly string[];
    readonly env?: readonly EnvVar[];
    readonly ports?: readonly { readonly containerPort: number; readonly protocol?: string }[];
    readonly resources?: { readonly limits?: Readonly<Record<string, string>> };
    readonly readinessProbe?: {
        readonly httpGet?: { readonly path?: string; readonly port: number | string };
    };
    readonly restartPolicy?: string;
    readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

/** A key and the file that it becomes. */
export interface KeyItem {
    readonly key: string;
    readonly path: string;
}

/** A field of the pod and the file that it becomes. */
export interface FieldItem {
    readonly path: string;
    readonly fieldRef?: { readonly fieldPath: string };
}

/** One source of a projected volume. */
export interface VolumeSource {
    readonly configMap?: {
        readonly name?: string;
        readonly items?: readonly KeyItem[];
        readonly optional?: boolean;
    };
    readonly secret?: {
        readonly secretName?: string;
        readonly name?: string;
        readonly items?: readonly KeyItem[];
        readonly optional?: boolean;
    };
    readonly downwardAPI?: { readonly items?: readonly FieldItem[] };
    readonly serviceAccountToken?: {
        readonly audience?: string;
        readonly expirationSeconds?: number;
        readonly path: string;
    };
}

/** A volume of a pod. */
export interface Volume extends VolumeSource {
    readonly name: string;
    readonly projected?: { readonly sources?: readonly VolumeSource[] };
}

/** A condition of a pod. */
export interface PodCondition {
    readonly type: string;
    readonly status: string;
    readonly reason?: string;
    readonly message?: string;
    readonly lastTransitionTime?: string;
}

/** A pod. */
export interface Pod {
    readonly metadata: Metadata;
    readonly spec: {
        readonly nodeName?: string;
        readonly serviceAccountName?: string;
        readonly containers: readonly Container[];
        readonly initContainers?: readonly Container[];
        readonly volumes?: readonly Volume[];
    };
    readonly status?: {
        readonly phase?: string;
        readonly podIP?: string;
        readonly hostIP?: string;
        readonly startTime?: string;
        readonly conditions?: readonly PodCondition[];
    };
}

/** A Service. */
export interface Service {
    readonly metadata: Metadata;
    readonly spec: {
        readonly clusterIP?: string;
        readonly type?: string;
        readonly ports?: readonly {
            readonly name?: string;
            readonly port: number;
            readonly protocol?: string;
        }[];
    };
}

/** Addresses behind a Service. */
export interface EndpointSlice {
    readonly metadata: Metadata;
    readonly ports?: readonly { readonly name?: string; readonly port?: number }[];
    readonly endpoints?: readonly {
        readonly addresses: readonly string[];
        readonly conditions?: { readonly ready?: boolean };
    }[];
}

/** A namespace. */
export interface Namespace {
    readonly metadata: Metadata;
}

/** Everything the agent looks at, as it was at one moment. */
export interface World {
    readonly pods: readonly Pod[];
    readonly services: readonly Service[];
    readonly slices: readonly EndpointSlice[];
    readonly namespaces: readonly Namespace[];
}

/** `namespace/name`. */
export function keyOf({ metadata }: { readonly metadata: Metadata }): string {
    return `${metadata.namespace ?? ""}/${metadata.name}`;
}

/** The containers that run as long as the pod does: sidecars of the native kind come first. */
export function runningContainers(pod: Pod): readonly Container[] {
    const native = (pod.spec.initContainers ?? []).filter(
        ({ restartPolicy }) => restartPolicy === "Always",
    );
    return [...native, ...pod.spec.containers];
}
