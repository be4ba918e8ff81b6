/** Changes of single objects that Kubernetes itself reads. */
import { add, mark, set, without } from "./scenario";
import type { Scenario } from "./scenario";

const crd = "CustomResourceDefinition widgets.example.com";

export const kubernetesScenarios: readonly Scenario[] = [
    {
        change: "autoscaler: one pod is enough",
        edit: set("HorizontalPodAutoscaler frontend", "spec.minReplicas", 1),
        expected: ["connections-cut"],
    },
    {
        change: "autoscaler: more at most",
        edit: set("HorizontalPodAutoscaler frontend", "spec.maxReplicas", 9),
        expected: [],
    },
    { change: "budget: given up", edit: without("PodDisruptionBudget frontend"), expected: [] },
    {
        change: "volume: given up",
        edit: without("PersistentVolumeClaim shop-data"),
        expected: ["irreversible"],
    },
    {
        change: "volume: a label",
        // A larger one is refused here: nothing mounts the claim, so it isn't bound.
        edit: mark("PersistentVolumeClaim shop-data", "labels", "team", "shop"),
        expected: [],
    },
    {
        change: "settings: another colour",
        edit: set("ConfigMap shop-settings", "data.colour", "green"),
        expected: [],
    },
    {
        change: "quota: fewer pods",
        edit: set("ResourceQuota shop", "spec.hard.pods", "20"),
        expected: [],
    },
    {
        change: "workload: another image",
        edit: set(
            "Deployment reviews",
            "spec.template.spec.containers[0].image",
            "ghcr.io/stefanprodan/podinfo:6.9.1",
        ),
        expected: ["data-plane-restart"],
    },
    {
        change: "workload: another selector",
        edit: (objects) =>
            set(
                "Deployment reviews",
                "spec.selector.matchLabels.app",
                "reviews-two",
            )(
                set(
                    "Deployment reviews",
                    "spec.template.metadata.labels.app",
                    "reviews-two",
                )(objects),
            ),
        expected: ["data-plane-restart", "connections-cut"],
    },
    {
        change: "workload: two pods less",
        edit: set("Deployment reviews", "spec.replicas", 1),
        expected: ["connections-cut"],
    },
    {
        change: "workload: an annotation",
        edit: mark("Deployment reviews", "annotations", "team", "shop"),
        expected: [],
    },
    {
        change: "service: another port",
        edit: set("Service reviews", "spec.ports[0].port", 8081),
        expected: ["traffic-shifted"],
    },
    {
        change: "service: other pods",
        edit: set("Service reviews", "spec.selector.app", "cart"),
        expected: ["traffic-shifted"],
    },
    {
        change: "service: on every node",
        edit: set("Service reviews", "spec.type", "NodePort"),
        expected: ["traffic-shifted"],
    },
    { change: "kind: given up", edit: without(crd), expected: ["irreversible"] },
    {
        change: "kind: a version less",
        edit: set(crd, "spec.versions[0].served", false),
        expected: ["irreversible"],
    },
    {
        change: "kind: an unknown one",
        edit: add({
            apiVersion: "example.com/v1",
            kind: "Widget",
            metadata: { name: "one", namespace: "boutique" },
        }),
        expected: ["unclassified"],
    },
];
