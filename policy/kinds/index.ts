/**
 * The kinds that rules judge: API group, newest version, scope and shape of each. A rule sees a kind
 * in any version of its group, since Pulumi's token tells them apart and rules don't.
 */
import type * as gatewayApi from "./gateway-api";
import type * as istio from "./istio-networking";
import type * as mesh from "./istio-security";
import type * as kubernetes from "./kubernetes";
import type * as observability from "./observability";
import type * as sail from "./sail";

/** A kind in all versions of its group; `T` is how its objects look. */
export interface Kind<T> {
    /** API group as Pulumi's tokens spell it: `core` for the unnamed one. */
    readonly group: string;
    readonly version: string;
    readonly kind: string;
    /** Whether its objects live in a namespace. */
    readonly namespaced: boolean;
    /** Never set: carries `T`. */
    readonly shape?: T;
}

function of<T>(group: string, version: string, kind: string): Kind<T> {
    return { group, version, kind, namespaced: true };
}

function clusterWide<T>(group: string, version: string, kind: string): Kind<T> {
    return { group, version, kind, namespaced: false };
}

const admission = "admissionregistration.k8s.io";
const gateways = "gateway.networking.k8s.io";
const networking = "networking.istio.io";
const security = "security.istio.io";
const operator = "sailoperator.io";

export const kinds = {
    namespace: clusterWide<kubernetes.Namespace>("core", "v1", "Namespace"),
    configMap: of<kubernetes.ConfigMap>("core", "v1", "ConfigMap"),
    secret: of<kubernetes.Secret>("core", "v1", "Secret"),
    certificate: of<kubernetes.Certificate>("cert-manager.io", "v1", "Certificate"),
    service: of<kubernetes.Service>("core", "v1", "Service"),
    serviceAccount: of<kubernetes.ServiceAccount>("core", "v1", "ServiceAccount"),
    pod: of<kubernetes.Pod>("core", "v1", "Pod"),
    deployment: of<kubernetes.Deployment>("apps", "v1", "Deployment"),
    statefulSet: of<kubernetes.StatefulSet>("apps", "v1", "StatefulSet"),
    daemonSet: of<kubernetes.DaemonSet>("apps", "v1", "DaemonSet"),
    replicaSet: of<kubernetes.ReplicaSet>("apps", "v1", "ReplicaSet"),
    job: of<kubernetes.Job>("batch", "v1", "Job"),
    cronJob: of<kubernetes.CronJob>("batch", "v1", "CronJob"),
    horizontalPodAutoscaler: of<kubernetes.HorizontalPodAutoscaler>(
        "autoscaling",
        "v2",
        "HorizontalPodAutoscaler",
    ),
    podDisruptionBudget: of<kubernetes.PodDisruptionBudget>("policy", "v1", "PodDisruptionBudget"),
    customResourceDefinition: clusterWide<kubernetes.CustomResourceDefinition>(
        "apiextensions.k8s.io",
        "v1",
        "CustomResourceDefinition",
    ),
    mutatingWebhookConfiguration: clusterWide<kubernetes.WebhookConfiguration>(
        admission,
        "v1",
        "MutatingWebhookConfiguration",
    ),
    validatingWebhookConfiguration: clusterWide<kubernetes.WebhookConfiguration>(
        admission,
        "v1",
        "ValidatingWebhookConfiguration",
    ),
    networkPolicy: of<kubernetes.NetworkPolicy>("networking.k8s.io", "v1", "NetworkPolicy"),
    helmRelease: clusterWide<kubernetes.HelmRelease>("helm.sh", "v3", "Release"),
    virtualService: of<istio.VirtualService>(networking, "v1", "VirtualService"),
    destinationRule: of<istio.DestinationRule>(networking, "v1", "DestinationRule"),
    serviceEntry: of<istio.ServiceEntry>(networking, "v1", "ServiceEntry"),
    istioGateway: of<istio.IstioGateway>(networking, "v1", "Gateway"),
    sidecar: of<istio.Sidecar>(networking, "v1", "Sidecar"),
    envoyFilter: of<istio.EnvoyFilter>(networking, "v1alpha3", "EnvoyFilter"),
    workloadEntry: of<istio.WorkloadEntry>(networking, "v1", "WorkloadEntry"),
    proxyConfig: of<istio.ProxyConfig>(networking, "v1beta1", "ProxyConfig"),
    peerAuthentication: of<mesh.PeerAuthentication>(security, "v1", "PeerAuthentication"),
    authorizationPolicy: of<mesh.AuthorizationPolicy>(security, "v1", "AuthorizationPolicy"),
    requestAuthentication: of<mesh.RequestAuthentication>(security, "v1", "RequestAuthentication"),
    telemetry: of<mesh.Telemetry>("telemetry.istio.io", "v1", "Telemetry"),
    wasmPlugin: of<mesh.WasmPlugin>("extensions.istio.io", "v1alpha1", "WasmPlugin"),
    gateway: of<gatewayApi.Gateway>(gateways, "v1", "Gateway"),
    httpRoute: of<gatewayApi.Route>(gateways, "v1", "HTTPRoute"),
    grpcRoute: of<gatewayApi.Route>(gateways, "v1", "GRPCRoute"),
    tlsRoute: of<gatewayApi.StreamRoute>(gateways, "v1", "TLSRoute"),
    tcpRoute: of<gatewayApi.StreamRoute>(gateways, "v1alpha2", "TCPRoute"),
    referenceGrant: of<gatewayApi.ReferenceGrant>(gateways, "v1", "ReferenceGrant"),
    kiali: of<observability.Kiali>("kiali.io", "v1alpha1", "Kiali"),
    istio: clusterWide<sail.Istio>(operator, "v1", "Istio"),
    istioRevision: clusterWide<sail.IstioRevision>(operator, "v1", "IstioRevision"),
    istioRevisionTag: clusterWide<sail.IstioRevisionTag>(operator, "v1", "IstioRevisionTag"),
    istioCni: clusterWide<sail.IstioCNI>(operator, "v1", "IstioCNI"),
    ztunnel: clusterWide<sail.ZTunnel>(operator, "v1", "ZTunnel"),
};

export type Kinds = typeof kinds;
export type KindName = keyof Kinds;
/** How the objects of a kind look. */
export type Shape<K extends KindName> = Kinds[K] extends Kind<infer T> ? T : never;

const names = new Map(
    Object.entries(kinds).map(([name, { group, kind }]) => [`${group}/${kind}`, name as KindName]),
);

/** Which kind a group and a kind name, in `kinds`' spelling; undefined for one that no rule judges. */
export function kindNamed(group: string, kind: string): KindName | undefined {
    return names.get(`${group}/${kind}`);
}

/** The plural that API servers use in paths: `authorizationpolicies`. */
export function pluralOf({ kind }: Kind<unknown>): string {
    const name = kind.toLowerCase();
    return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}
