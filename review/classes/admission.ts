/** Webhooks, autoscalers and disruption budgets: what decides about pods that don't run yet. */
import { becomes, falls, updates, when } from "./rows";
import type { Row } from "./rows";

export const admission: readonly Row[] = [
    ...updates("MutatingWebhookConfiguration", [
        [
            "webhooks.*.failurePolicy",
            "security-weakened",
            "Pods start without a sidecar when istiod doesn't answer.",
            becomes("Ignore"),
        ],
        [
            "webhooks.*.failurePolicy",
            "data-plane-restart",
            "Pods don't start without istiod's answer.",
        ],
        [
            "webhooks.*.namespaceSelector.**",
            ["data-plane-restart", "security-weakened"],
            "Pods of other namespaces are injected from now on; those no longer selected start without a sidecar.",
        ],
        [
            "webhooks.*.objectSelector.**",
            ["data-plane-restart", "security-weakened"],
            "Other pods are injected from now on; those no longer selected start without a sidecar.",
        ],
        [
            "webhooks.*.reinvocationPolicy",
            "data-plane-restart",
            "New pods are injected in another order among webhooks.",
        ],
        ["webhooks.*.clientConfig.**", "data-plane-restart", "Another istiod injects new pods."],
        [
            "webhooks.**",
            "data-plane-restart",
            "New pods are injected in another way; running ones stay as they are.",
        ],
    ]),
    when(
        "create",
        "MutatingWebhookConfiguration",
        "nothing",
        "Pods made from now on may be injected; running ones stay as they are.",
    ),
    when(
        "delete",
        "MutatingWebhookConfiguration",
        ["data-plane-restart", "security-weakened"],
        "New pods start without a sidecar: without mTLS and policies.",
    ),
    when(
        "replace",
        "MutatingWebhookConfiguration",
        ["data-plane-restart", "security-weakened"],
        "While it is gone, pods start without a sidecar.",
    ),
    ...updates("ValidatingWebhookConfiguration", [
        [
            "webhooks.*.failurePolicy",
            "security-weakened",
            "Objects that istiod would refuse are let in when it doesn't answer.",
            becomes("Ignore"),
        ],
        [
            "webhooks.*.failurePolicy",
            "nothing",
            "Istio objects are refused while istiod doesn't answer.",
        ],
        [
            "webhooks.**",
            "nothing",
            "Istio objects are checked in another way; what is there stays.",
        ],
    ]),
    when(
        "create",
        "ValidatingWebhookConfiguration",
        "nothing",
        "Istio objects are checked from now on; what is there stays.",
    ),
    when(
        "delete",
        "ValidatingWebhookConfiguration",
        "security-weakened",
        "Nobody checks Istio objects any more before they reach proxies.",
    ),
    when(
        "replace",
        "ValidatingWebhookConfiguration",
        "security-weakened",
        "While it is gone nobody checks Istio objects.",
    ),
    ...updates("PodDisruptionBudget", [
        [
            "spec.**",
            "nothing",
            "Drains may take other numbers of pods at once; nothing restarts now.",
        ],
    ]),
    when("create", "PodDisruptionBudget", "nothing", "Drains leave some pods running."),
    when("delete", "PodDisruptionBudget", "nothing", "Drains may take all pods at once."),
    when(
        "replace",
        "PodDisruptionBudget",
        "nothing",
        "For a moment drains may take all pods at once.",
    ),
    ...updates("HorizontalPodAutoscaler", [
        [
            "spec.minReplicas",
            "connections-cut",
            "Pods end when there is little to do, and their open connections with them.",
            falls(1),
        ],
        [
            "spec.maxReplicas",
            "connections-cut",
            "Pods above the new maximum end, and their open connections with them.",
            falls(1),
        ],
        ["spec.**", "nothing", "Scales within other bounds; nothing restarts."],
    ]),
    when(
        "create",
        "HorizontalPodAutoscaler",
        "nothing",
        "The number of pods follows the load from now on.",
    ),
    when("delete", "HorizontalPodAutoscaler", "nothing", "The number of pods stays what it is."),
    when(
        "replace",
        "HorizontalPodAutoscaler",
        "nothing",
        "For a moment the number of pods doesn't follow the load.",
    ),
];
