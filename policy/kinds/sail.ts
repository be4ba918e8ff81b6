/** The Sail Operator's kinds: the fields that rules read. All are optional, as an object may lack any. */
import type { LabelSelector, ObjectMeta, PodSpec } from "./kubernetes";

/** The istiod chart's values, as far as Sail's schema takes them. */
export interface MeshValues {
    revision?: string;
    defaultRevision?: string;
    global?: {
        hub?: string;
        tag?: string | number;
        meshID?: string;
        network?: string;
        platform?: string;
        variant?: string;
        multiCluster?: { clusterName?: string; enabled?: boolean };
        defaultPodDisruptionBudget?: { enabled?: boolean };
        proxy?: { resources?: ResourceValues; image?: string };
        waypoint?: { resources?: ResourceValues };
        networkPolicy?: { enabled?: boolean };
    };
    meshConfig?: MeshConfig;
    pilot?: {
        autoscaleEnabled?: boolean;
        autoscaleMin?: number;
        autoscaleMax?: number;
        replicaCount?: number;
        image?: string;
        hub?: string;
        tag?: string | number;
        resources?: ResourceValues;
        env?: Record<string, string>;
        cni?: { enabled?: boolean };
        trustedZtunnelNamespace?: string;
        affinity?: NonNullable<PodSpec["affinity"]>;
        topologySpreadConstraints?: NonNullable<PodSpec["topologySpreadConstraints"]>;
    };
    gatewayClasses?: Record<string, Record<string, unknown>>;
}

export interface ResourceValues {
    requests?: Record<string, string | number>;
    limits?: Record<string, string | number>;
}

/** Istio's MeshConfig, in Sail's values and in istiod's ConfigMap alike. */
export interface MeshConfig {
    trustDomain?: string;
    trustDomainAliases?: string[];
    rootNamespace?: string;
    accessLogFile?: string;
    enableAutoMtls?: boolean;
    enableTracing?: boolean;
    outboundTrafficPolicy?: { mode?: string };
    pathNormalization?: { normalization?: string };
    meshMTLS?: { minProtocolVersion?: string };
    discoverySelectors?: LabelSelector[];
    extensionProviders?: { name?: string }[];
    defaultConfig?: {
        meshId?: string;
        proxyMetadata?: Record<string, string>;
        holdApplicationUntilProxyStarts?: boolean;
        tracing?: { sampling?: number };
    };
}

export interface Istio {
    metadata?: ObjectMeta;
    spec?: {
        version?: string;
        namespace?: string;
        profile?: string;
        updateStrategy?: {
            type?: string;
            updateWorkloads?: boolean;
            inactiveRevisionDeletionGracePeriodSeconds?: number;
        };
        values?: MeshValues;
    };
}

export type IstioRevision = Istio;

export interface IstioRevisionTag {
    metadata?: ObjectMeta;
    spec?: { targetRef?: { kind?: string; name?: string } };
}

export interface IstioCNI {
    metadata?: ObjectMeta;
    spec?: {
        version?: string;
        namespace?: string;
        profile?: string;
        values?: {
            global?: { hub?: string; tag?: string | number; platform?: string };
            cni?: {
                hub?: string;
                tag?: string | number;
                image?: string;
                resources?: ResourceValues;
                ambient?: { enabled?: boolean };
            };
        };
    };
}

export interface ZTunnel {
    metadata?: ObjectMeta;
    spec?: {
        version?: string;
        namespace?: string;
        targetRef?: { kind?: string; name?: string };
        values?: {
            global?: { hub?: string; tag?: string | number; platform?: string };
            ztunnel?: {
                hub?: string;
                tag?: string | number;
                image?: string;
                network?: string;
                multiCluster?: { clusterName?: string };
                istioNamespace?: string;
                revision?: string;
                resources?: ResourceValues;
                env?: Record<string, string>;
            };
        };
    };
}
