/** Kubernetes' own kinds: the fields that rules read. All are optional, as an object may lack any. */

export interface ObjectMeta {
    name?: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
}

export interface Namespace {
    metadata?: ObjectMeta;
}

export interface ConfigMap {
    metadata?: ObjectMeta;
    data?: Record<string, string>;
}

export interface Secret {
    metadata?: ObjectMeta;
    type?: string;
    data?: Record<string, string>;
    stringData?: Record<string, string>;
}

/** cert-manager's Certificate, which becomes a Secret. */
export interface Certificate {
    metadata?: ObjectMeta;
    spec?: { secretName?: string; dnsNames?: string[] };
}

export interface ServiceAccount {
    metadata?: ObjectMeta;
}

export interface ServicePort {
    name?: string;
    port?: number;
    targetPort?: number | string;
    nodePort?: number;
    protocol?: string;
    appProtocol?: string;
}

export interface Service {
    metadata?: ObjectMeta;
    spec?: {
        type?: string;
        clusterIP?: string;
        externalName?: string;
        selector?: Record<string, string>;
        ports?: ServicePort[];
        loadBalancerSourceRanges?: string[];
    };
}

export interface SecurityContext {
    runAsUser?: number;
    runAsGroup?: number;
    runAsNonRoot?: boolean;
    privileged?: boolean;
    capabilities?: { add?: string[]; drop?: string[] };
}

export interface EnvVar {
    name?: string;
    value?: string;
    valueFrom?: object;
}

export interface Container {
    name?: string;
    image?: string;
    args?: string[];
    env?: EnvVar[];
    ports?: { name?: string; containerPort?: number; protocol?: string }[];
    resources?: {
        requests?: Record<string, string | number>;
        limits?: Record<string, string | number>;
    };
    securityContext?: SecurityContext;
}

export interface PodSpec {
    containers?: Container[];
    initContainers?: Container[];
    hostNetwork?: boolean;
    serviceAccountName?: string;
    priorityClassName?: string;
    securityContext?: SecurityContext;
    affinity?: { podAntiAffinity?: object; nodeAffinity?: object; podAffinity?: object };
    topologySpreadConstraints?: {
        maxSkew?: number;
        topologyKey?: string;
        whenUnsatisfiable?: string;
        labelSelector?: LabelSelector;
    }[];
}

export interface PodTemplate {
    metadata?: ObjectMeta;
    spec?: PodSpec;
}

export interface Pod {
    metadata?: ObjectMeta;
    spec?: PodSpec;
}

export interface LabelSelector {
    matchLabels?: Record<string, string>;
    matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

export interface Deployment {
    metadata?: ObjectMeta;
    spec?: { replicas?: number; selector?: LabelSelector; template?: PodTemplate };
}

export type StatefulSet = Deployment;
export type ReplicaSet = Deployment;

export interface DaemonSet {
    metadata?: ObjectMeta;
    spec?: {
        selector?: LabelSelector;
        template?: PodTemplate;
        updateStrategy?: {
            type?: string;
            rollingUpdate?: { maxUnavailable?: number | string; maxSurge?: number | string };
        };
    };
}

export interface Job {
    metadata?: ObjectMeta;
    spec?: { template?: PodTemplate };
}

export interface CronJob {
    metadata?: ObjectMeta;
    spec?: { jobTemplate?: { spec?: { template?: PodTemplate } } };
}

export interface HorizontalPodAutoscaler {
    metadata?: ObjectMeta;
    spec?: {
        minReplicas?: number;
        maxReplicas?: number;
        scaleTargetRef?: { kind?: string; name?: string };
    };
}

export interface PodDisruptionBudget {
    metadata?: ObjectMeta;
    spec?: {
        minAvailable?: number | string;
        maxUnavailable?: number | string;
        selector?: LabelSelector;
    };
}

export interface CustomResourceDefinition {
    metadata?: ObjectMeta;
    spec?: {
        group?: string;
        names?: { kind?: string; plural?: string };
        versions?: { name?: string; served?: boolean; storage?: boolean }[];
    };
}

export interface WebhookConfiguration {
    metadata?: ObjectMeta;
    webhooks?: {
        name?: string;
        failurePolicy?: string;
        namespaceSelector?: LabelSelector;
        objectSelector?: LabelSelector;
        clientConfig?: { url?: string; service?: { name?: string; namespace?: string } };
    }[];
}

/** A Helm release, whose objects aren't resources of their own. It is Pulumi's, so it has no metadata. */
export interface HelmRelease {
    metadata?: ObjectMeta;
    chart?: string;
    version?: string;
    devel?: boolean;
    repositoryOpts?: { repo?: string };
}

export interface NetworkPolicy {
    metadata?: ObjectMeta;
    spec?: {
        podSelector?: LabelSelector;
        policyTypes?: string[];
        ingress?: {
            from?: object[];
            ports?: { port?: number | string; endPort?: number; protocol?: string }[];
        }[];
    };
}
