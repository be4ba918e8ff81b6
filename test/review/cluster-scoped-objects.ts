/** Objects outside any namespace that the recordings deploy. Their webhooks select nothing that exists. */
import type { Manifest } from "./extra-objects";

const webhook = (name: string, resources: readonly string[], group: string) => ({
    name,
    clientConfig: { service: { name: "istiod", namespace: "istio-system", path: "/inject" } },
    namespaceSelector: { matchLabels: { "example.com/nowhere": "true" } },
    rules: [{ operations: ["CREATE"], apiGroups: [group], apiVersions: ["v1"], resources }],
    sideEffects: "None",
    admissionReviewVersions: ["v1"],
    failurePolicy: "Fail",
});

const version = (name: string, storage: boolean) => ({
    name,
    served: true,
    storage,
    schema: { openAPIV3Schema: { type: "object" } },
});

export const clusterScopedObjects: readonly Manifest[] = [
    {
        apiVersion: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinition",
        metadata: { name: "widgets.example.com" },
        spec: {
            group: "example.com",
            scope: "Namespaced",
            names: { kind: "Widget", plural: "widgets", singular: "widget" },
            versions: [version("v1alpha1", false), version("v1", true)],
        },
    },
    {
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: "MutatingWebhookConfiguration",
        metadata: { name: "canary-injector" },
        webhooks: [webhook("canary.sidecar-injector.istio.io", ["pods"], "")],
    },
    {
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: "ValidatingWebhookConfiguration",
        metadata: { name: "canary-validator" },
        webhooks: [
            webhook("canary.validation.istio.io", ["virtualservices"], "networking.istio.io"),
        ],
    },
];
