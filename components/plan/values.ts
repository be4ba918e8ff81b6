/**
 * The values this program gives to Istio's charts. Only the gateway chart has a schema of its own;
 * the others ignore a misspelt key in silence, so every key is a type here, with no index signature.
 *
 * `pilot.*` and `cni.*` stand under their prefix on purpose: the charts' profiles use the prefixed
 * form, which overrides a value given at the top level.
 * @see https://github.com/istio/istio/tree/master/manifests/charts
 */
import type { NOT_AWAITED } from "./awaiting";

/** CPU and memory requests of a container. */
export interface ResourceValues {
    readonly requests: { readonly cpu: string; readonly memory: string };
}

/** One rule for spreading pods. */
export interface SpreadConstraint {
    readonly maxSkew: number;
    readonly topologyKey: string;
    readonly whenUnsatisfiable: "ScheduleAnyway" | "DoNotSchedule";
    readonly labelSelector: { readonly matchLabels: Readonly<Record<string, string>> };
}

/** What every chart is told alike: images, platform and the cluster's identity. */
export interface SharedGlobal {
    readonly hub: string;
    readonly tag: string;
    readonly platform?: string;
    readonly meshID?: string;
    readonly network?: string;
    readonly multiCluster: { readonly clusterName: string };
}

/** Whether Istio's admission webhooks refuse objects while istiod is away. */
export interface WebhookValues {
    /**
     * Always Fail. istiod raises the chart's default of Ignore to Fail on the live object, so any
     * other value would be a difference that comes back at every update.
     */
    readonly validationFailurePolicy: "Fail";
}

export interface BaseValues {
    readonly global: SharedGlobal;
    readonly base: WebhookValues;
}

/** Somewhere that telemetry can be sent; a Telemetry object says which of them is used. */
export interface ExtensionProvider {
    readonly name: string;
    /** OTLP over gRPC. */
    readonly opentelemetry: { readonly service: string; readonly port: number };
}

export interface MeshConfigValues {
    readonly trustDomain: string;
    readonly accessLogFile?: "/dev/stdout";
    readonly outboundTrafficPolicy: { readonly mode: "ALLOW_ANY" | "REGISTRY_ONLY" };
    readonly extensionProviders?: readonly ExtensionProvider[];
}

export interface IstiodValues {
    readonly profile?: "ambient";
    readonly global: SharedGlobal & {
        readonly priorityClassName?: string;
        /** Where proxies have their certificates signed, if not by istiod. */
        readonly caAddress?: string;
        readonly proxy: { readonly resources: ResourceValues };
        readonly waypoint: { readonly resources: ResourceValues };
    };
    readonly base: WebhookValues;
    readonly meshConfig: MeshConfigValues;
    readonly pdb?: { readonly minAvailable: number };
    readonly pilot: {
        readonly autoscaleEnabled: boolean;
        readonly autoscaleMin?: number;
        readonly autoscaleMax?: number;
        readonly replicaCount?: number;
        readonly resources: ResourceValues;
        readonly topologySpreadConstraints?: readonly SpreadConstraint[];
        /** The only account whose node proxies istiod lets act for their pods. */
        readonly trustedZtunnelNamespace?: string;
        /** With the CNI agent there, sidecars need no privileged init container. */
        readonly cni?: { readonly enabled: true };
        /** Under istio-csr istiod signs nothing. */
        readonly env?: { readonly ENABLE_CA_SERVER: "false" };
    };
}

export interface CniValues {
    readonly profile: "ambient";
    readonly global: SharedGlobal;
    readonly cni: { readonly resources: ResourceValues };
}

/** The ztunnel chart has no prefix: its own values stand at the top level. */
export interface ZtunnelValues {
    readonly profile: "ambient";
    readonly global: SharedGlobal;
    readonly istioNamespace: string;
    readonly resources: ResourceValues;
    readonly terminationGracePeriodSeconds: number;
    /** Where it has its pods' certificates signed, if not by istiod. */
    readonly caAddress?: string;
    readonly updateStrategy: {
        readonly type: "RollingUpdate";
        readonly rollingUpdate: { readonly maxSurge: number; readonly maxUnavailable: number };
    };
}

export interface GatewayValues {
    readonly global: SharedGlobal;
    readonly service: {
        readonly type: "LoadBalancer" | "NodePort" | "ClusterIP";
        readonly annotations?: typeof NOT_AWAITED;
    };
    readonly resources: ResourceValues;
    readonly autoscaling: {
        readonly enabled: boolean;
        readonly minReplicas?: number;
        readonly maxReplicas?: number;
    };
    readonly replicaCount?: number;
    readonly podDisruptionBudget?: { readonly minAvailable: number };
    readonly topologySpreadConstraints?: readonly SpreadConstraint[];
}

/** The values of any chart the program installs. */
export type ChartValues = BaseValues | IstiodValues | CniValues | ZtunnelValues | GatewayValues;
