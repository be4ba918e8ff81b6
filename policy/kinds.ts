/**
 * Kubernetes kinds as policies see them: Pulumi's type token, and the few fields that rules read.
 *
 * `validateResourceOfType` isn't used: it loads the whole SDK, and it never fires for custom
 * resources, whose token (`kubernetes:<apiVersion>:<kind>`) is made per object.
 */
import type {
    PolicyResource,
    ReportViolation,
    ResourceValidation,
    ResourceValidationArgs,
} from "@pulumi/policy";

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

export interface Container {
    name?: string;
    image?: string;
    args?: string[];
}

export interface Deployment {
    metadata?: ObjectMeta;
    spec?: {
        replicas?: number;
        template?: { metadata?: ObjectMeta; spec?: { containers?: Container[] } };
    };
}

export interface HorizontalPodAutoscaler {
    metadata?: ObjectMeta;
    spec?: {
        minReplicas?: number;
        maxReplicas?: number;
        scaleTargetRef?: { kind?: string; name?: string };
    };
}

export interface LabelSelector {
    matchLabels?: Record<string, string>;
    matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

export interface PodDisruptionBudget {
    metadata?: ObjectMeta;
    spec?: {
        minAvailable?: number | string;
        maxUnavailable?: number | string;
        selector?: LabelSelector;
    };
}

export interface Gateway {
    metadata?: ObjectMeta;
    spec?: {
        gatewayClassName?: string;
        addresses?: { type?: string; value?: string }[];
        infrastructure?: {
            labels?: Record<string, string>;
            parametersRef?: { group?: string; kind?: string; name?: string };
        };
    };
}

/** Sail's control plane; `values` are the istiod chart's. */
export interface Istio {
    metadata?: ObjectMeta;
    spec?: {
        profile?: string;
        values?: {
            global?: { defaultPodDisruptionBudget?: { enabled?: boolean } };
            pilot?: {
                autoscaleEnabled?: boolean;
                autoscaleMin?: number;
                autoscaleMax?: number;
                replicaCount?: number;
            };
            gatewayClasses?: Record<string, Record<string, unknown>>;
        };
    };
}

/** A kind in all served versions of its group; `T` is how its objects look. */
export interface Kind<T> {
    /** API group as Pulumi's tokens spell it: `core` for the unnamed one. */
    group: string;
    kind: string;
    /** Never set: carries `T`. */
    shape?: T;
}

export const kinds = {
    namespace: { group: "core", kind: "Namespace" } as Kind<Namespace>,
    configMap: { group: "core", kind: "ConfigMap" } as Kind<ConfigMap>,
    deployment: { group: "apps", kind: "Deployment" } as Kind<Deployment>,
    horizontalPodAutoscaler: {
        group: "autoscaling",
        kind: "HorizontalPodAutoscaler",
    } as Kind<HorizontalPodAutoscaler>,
    podDisruptionBudget: {
        group: "policy",
        kind: "PodDisruptionBudget",
    } as Kind<PodDisruptionBudget>,
    gateway: { group: "gateway.networking.k8s.io", kind: "Gateway" } as Kind<Gateway>,
    istio: { group: "sailoperator.io", kind: "Istio" } as Kind<Istio>,
};

/** Whether a Pulumi type token, such as `kubernetes:apps/v1:Deployment`, names this kind. */
export function isKind(type: string, { group, kind }: Kind<unknown>): boolean {
    const [provider, apiVersion = "", name] = type.split(":");
    const [tokenGroup, version = "", ...rest] = apiVersion.split("/");
    return (
        provider === "kubernetes" &&
        name === kind &&
        tokenGroup === group &&
        /^v\d/.test(version) &&
        rest.length === 0
    );
}

/** The one cast of objects: what the engine hands over under a token has the shape of its kind. */
function narrowed<T>({ type, props }: Pick<PolicyResource, "type" | "props">, kind: Kind<T>) {
    return isKind(type, kind) ? (props as T) : undefined;
}

/** A validation of one kind; on all other resources the policy reports "not applicable". */
export function onKind<T>(
    kind: Kind<T>,
    validate: (object: T, args: ResourceValidationArgs, report: ReportViolation) => void,
): ResourceValidation {
    return (args, report) => {
        const object = narrowed(args, kind);
        if (object === undefined) {
            return args.notApplicable(`The policy is about ${kind.kind} of ${kind.group}.`);
        }
        validate(object, args, report);
    };
}

/** An object of a stack, with the URN to report it by. */
export interface Found<T> {
    urn: string;
    object: T;
}

/** The stack's objects of one kind, in the stack's order. */
export function allOf<T>(kind: Kind<T>, resources: PolicyResource[]): Found<T>[] {
    return resources.flatMap((resource) => {
        const object = narrowed(resource, kind);
        return object === undefined ? [] : [{ urn: resource.urn, object }];
    });
}

/** The namespace an object lands in: Kubernetes' `default` where none is named. */
export function namespaceOf({ metadata }: { metadata?: ObjectMeta }): string {
    return metadata?.namespace ?? "default";
}

/** `namespace/name`, as messages and `exempt` spell a namespaced object. */
export function fullName(object: { metadata?: ObjectMeta }): string {
    return `${namespaceOf(object)}/${object.metadata?.name ?? ""}`;
}
