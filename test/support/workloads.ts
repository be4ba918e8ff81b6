/** Workloads with the pods they run, as tables state them. */
import type { WorkloadKind } from "../../policy/pods";
import { type Manifest, object } from "./policy";

interface Pod {
    readonly labels?: object;
    readonly annotations?: object;
    readonly containers?: readonly object[];
    readonly [field: string]: unknown;
}

/** A workload of any kind: `workload("deployment", "shop/web", { containers: [{ image }] })`. */
export function workload(
    kind: WorkloadKind,
    name: string,
    { labels, annotations, ...spec }: Pod,
): Manifest {
    const metadata = { ...(labels && { labels }), ...(annotations && { annotations }) };
    if (kind === "pod") return object(kind, name, { metadata, spec });
    const template = { metadata, spec };
    return object(kind, name, {
        spec: kind === "cronJob" ? { jobTemplate: { spec: { template } } } : { template },
    });
}

/** A workload whose only container runs an image. */
export function runs(
    image: unknown,
    kind: WorkloadKind = "deployment",
    name = "istio-system/istiod",
) {
    return workload(kind, name, { containers: [{ name: "discovery", image }] });
}

/** A gateway as the gateway chart makes it: the injector fills in the image. */
export const chartGateway = workload("deployment", "ingress/edge", {
    labels: { "sidecar.istio.io/inject": "true", "istio.io/dataplane-mode": "none" },
    annotations: { "inject.istio.io/templates": "gateway" },
    containers: [
        {
            name: "istio-proxy",
            image: "auto",
            resources: {
                requests: { cpu: "100m", memory: "128Mi" },
                limits: { cpu: "2", memory: "1Gi" },
            },
        },
    ],
});

/** A Helm release; Pulumi's, so without metadata. */
export function release(name: string, props: object) {
    return { type: "kubernetes:helm.sh/v3:Release", name, props };
}

export const officialCharts = { repo: "https://blob.istio.io/istio-release/charts" };
