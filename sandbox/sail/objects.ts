import type {
    IstioCNISpec,
    IstioRevisionSpec,
    IstioRevisionTagSpec,
    IstioSpec,
    ZTunnelSpec,
} from "../../components/sail/crs.generated";

/** What the player of the operator reads of any object. */
export interface Metadata {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly generation?: number;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
    readonly deletionTimestamp?: string;
    readonly ownerReferences?: readonly { readonly uid: string }[];
}

/** A condition in the status of one of the operator's objects. */
export interface Condition {
    readonly type: string;
    readonly status: "True" | "False" | "Unknown";
    readonly reason: string;
    readonly message: string;
    readonly lastTransitionTime: string;
}

/** The statuses of all kinds; each kind has some of these fields. */
export interface Status {
    readonly observedGeneration?: number;
    readonly conditions?: readonly Condition[];
    readonly state?: string;
    readonly activeRevisionName?: string;
    readonly revisions?: { readonly total: number; readonly ready: number; readonly inUse: number };
    readonly istioRevision?: string;
    readonly istiodNamespace?: string;
}

/** One of the operator's objects. */
export interface Custom<Spec> {
    readonly metadata: Metadata;
    readonly spec: Spec;
    readonly status?: Status;
}

/** A Deployment or DaemonSet, as far as readiness goes. */
export interface Workload {
    readonly metadata: Metadata;
    readonly status?: {
        readonly replicas?: number;
        readonly readyReplicas?: number;
        readonly currentNumberScheduled?: number;
        readonly numberReady?: number;
    };
}

/** A pod, as far as it is somebody's user. */
export interface Pod {
    readonly metadata: Metadata;
    readonly status?: { readonly phase?: string };
}

/** All that the player looks at. */
export interface World {
    readonly istios: readonly Custom<IstioSpec>[];
    readonly revisions: readonly Custom<IstioRevisionSpec>[];
    readonly tags: readonly Custom<IstioRevisionTagSpec>[];
    readonly cnis: readonly Custom<IstioCNISpec>[];
    readonly ztunnels: readonly Custom<ZTunnelSpec>[];
    readonly namespaces: readonly { readonly metadata: Metadata }[];
    readonly pods: readonly Pod[];
    readonly deployments: readonly Workload[];
    readonly daemonSets: readonly Workload[];
}
