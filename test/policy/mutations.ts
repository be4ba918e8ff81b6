/** Our own stacks with one mistake each, by the rule that finds it. */
import type {
    CustomResourceDefinition,
    DaemonSet,
    Deployment,
    HorizontalPodAutoscaler,
    Namespace,
    PodDisruptionBudget,
    Service,
    WebhookConfiguration,
} from "../../policy/kinds/kubernetes";
import type { Fixture } from "../support/policy";
import { changed, recorded } from "../support/recorded";

interface Mutation {
    readonly objects: () => Fixture[];
    readonly messages: readonly string[];
    readonly config?: object;
}

export const mutations: Readonly<Record<string, Readonly<Record<string, Mutation>>>> = {
    "require-data-plane-label": {
        "a misspelt value": {
            objects: () =>
                changed("prod", "namespace", "boutique", ({ metadata }: Namespace) => {
                    metadata!.labels = { "istio-injection": "true" };
                }),
            messages: [
                'Namespace "boutique" has istio-injection="true", which Istio doesn\'t know; set it to "enabled" or "disabled".',
            ],
        },
        "no label": {
            objects: () =>
                changed("dev", "namespace", "boutique-dev", ({ metadata }: Namespace) => {
                    delete metadata!.labels!["istio.io/dataplane-mode"];
                }),
            messages: [
                'Namespace "boutique-dev" has no data plane label; set one of istio-injection=enabled, ' +
                    "istio.io/rev=<revision or tag>, istio.io/dataplane-mode=ambient, or opt out with " +
                    "istio-injection=disabled or istio.io/dataplane-mode=none.",
            ],
        },
    },
    "require-mesh-replicas": {
        "an autoscaler that goes down to one": {
            objects: () =>
                changed(
                    "prod",
                    "horizontalPodAutoscaler",
                    "istio-system/istiod",
                    ({ spec }: HorizontalPodAutoscaler) => {
                        spec!.minReplicas = 1;
                    },
                ),
            messages: [
                'Deployment "istio-system/istiod" may run with 1 replica: spec.minReplicas of ' +
                    'HorizontalPodAutoscaler "istio-system/istiod" is 1; set it to 3 or more, the minimum for istiod.',
                'PodDisruptionBudget "istio-system/istiod" blocks every drain: minAvailable 1 of 1 replica leaves none ' +
                    "to evict; set maxUnavailable: 1, or run more replicas.",
            ],
        },
        "a budget that keeps all": {
            objects: () =>
                changed(
                    "prod",
                    "podDisruptionBudget",
                    "istio-system/istiod",
                    ({ spec }: PodDisruptionBudget) => {
                        delete spec!.maxUnavailable;
                        spec!.minAvailable = "100%";
                    },
                ),
            messages: [
                'PodDisruptionBudget "istio-system/istiod" blocks every drain: minAvailable "100%" of 3 replicas ' +
                    "leaves none to evict; set maxUnavailable: 1.",
            ],
        },
    },
    "require-mesh-spread": {
        "istiod without its constraints": {
            objects: () =>
                changed("prod", "deployment", "istio-system/istiod", ({ spec }: Deployment) => {
                    delete spec!.template!.spec!.topologySpreadConstraints;
                }),
            messages: [
                'Deployment "istio-system/istiod" may run all its pods in one place: spec.template.spec spreads them ' +
                    "over nothing, not kubernetes.io/hostname; add topologySpreadConstraints for it.",
            ],
        },
    },
    "require-autoscaler-headroom": {
        "an autoscaler without room": {
            objects: () =>
                changed(
                    "prod",
                    "horizontalPodAutoscaler",
                    "istio-system/istiod",
                    ({ spec }: HorizontalPodAutoscaler) => {
                        spec!.maxReplicas = 3;
                    },
                ),
            messages: [
                'HorizontalPodAutoscaler "istio-system/istiod" can\'t scale: spec.minReplicas 3 leaves 0 up to ' +
                    "spec.maxReplicas 3; raise spec.maxReplicas to 4 or more.",
            ],
        },
    },
    "limit-node-agent-rollout": {
        "ztunnel on half of the nodes": {
            objects: () =>
                changed("ambient", "daemonSet", "ztunnel/ztunnel", ({ spec }: DaemonSet) => {
                    spec!.updateStrategy = {
                        type: "RollingUpdate",
                        rollingUpdate: { maxUnavailable: "50%" },
                    };
                }),
            messages: [
                'DaemonSet "ztunnel/ztunnel" may leave 50% of all nodes without their agent at once; set ' +
                    "maxUnavailable to 1 or less.",
            ],
        },
    },
    "require-node-agent-priority": {
        "a CNI agent like any pod": {
            objects: () =>
                changed("dev", "daemonSet", "istio-cni/istio-cni-node", ({ spec }: DaemonSet) => {
                    delete spec!.template!.spec!.priorityClassName;
                }),
            messages: [
                'DaemonSet "istio-cni/istio-cni-node" has no priorityClassName, so it may be evicted before what it ' +
                    "carries; set system-node-critical.",
            ],
        },
    },
    "protect-crds": {
        "a CRD that isn't kept": {
            objects: () =>
                changed(
                    "dev",
                    "customResourceDefinition",
                    "virtualservices.networking.istio.io",
                    ({ metadata }: CustomResourceDefinition) => {
                        delete metadata!.annotations!["helm.sh/resource-policy"];
                    },
                ),
            messages: [
                'CustomResourceDefinition "virtualservices.networking.istio.io" goes with the stack, and every object ' +
                    "of its kind with it; keep it (retainOnDelete and annotation helm.sh/resource-policy: keep, or protect).",
            ],
        },
    },
    "protect-mesh-namespaces": {
        "as it is, where a level asks": {
            objects: () => recorded("prod").filter(({ name }) => name.endsWith("boutique")),
            messages: [
                'Namespace "boutique" is served by the mesh (sidecar) and not protected; set protect: true.',
            ],
        },
    },
    "require-validation-failure-policy": {
        "the chart's default": {
            objects: () =>
                changed(
                    "prod",
                    "validatingWebhookConfiguration",
                    "istiod-default-validator",
                    ({ webhooks }: WebhookConfiguration) => {
                        webhooks![0]!.failurePolicy = "Ignore";
                    },
                ),
            messages: [
                'ValidatingWebhookConfiguration "istiod-default-validator" has failurePolicy Ignore for ' +
                    "validation.istio.io, which istiod will raise to Fail behind the program's back; set " +
                    "base.validationFailurePolicy: Fail.",
            ],
        },
    },
    "require-mesh-wide-mtls": {
        "as it is, which leaves the policy to others": {
            objects: () => recorded("prod"),
            messages: [
                'Deployment "istio-system/istiod" runs a mesh that takes plain text: no PeerAuthentication without a ' +
                    'selector in namespace "istio-system" has spec.mtls.mode STRICT; add one, named default (KIA0205).',
            ],
        },
    },
    "require-default-deny": {
        "as it is, which leaves the policy to others": {
            objects: () => recorded("prod").filter(({ name }) => name.endsWith("boutique")),
            messages: [
                'Namespace "boutique" takes every request that no policy speaks of: no AuthorizationPolicy that ' +
                    'allows nothing is in it or in root namespace "istio-system"; add one named allow-nothing with an ' +
                    "empty spec.",
            ],
        },
    },
    "forbid-exposed-services": {
        "a gateway by node port": {
            objects: () =>
                changed("prod", "service", "istio-ingress/istio-ingress", ({ spec }: Service) => {
                    spec!.type = "NodePort";
                }),
            messages: [
                'Service "istio-ingress/istio-ingress" is of type NodePort, which opens its ports on every node; make ' +
                    'it ClusterIP behind a gateway, or list "istio-ingress/istio-ingress" in this rule\'s "allowed".',
            ],
        },
        "an application by load balancer": {
            objects: () =>
                changed("dev", "service", "boutique-dev/cart", ({ spec }: Service) => {
                    spec!.type = "LoadBalancer";
                }),
            messages: [
                'Service "boutique-dev/cart" is of type LoadBalancer but leads to no gateway of the stack; make it ' +
                    'ClusterIP behind a gateway, or list "boutique-dev/cart" in this rule\'s "allowed".',
            ],
        },
    },
};
