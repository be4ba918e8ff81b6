import kinds from "../kinds/kinds.generated.json";
import { chartSource, type ChartPlace } from "../plan/chart-source";
import type { Release } from "./operator-releases";

/** A Kubernetes object as a chart renders it. */
export interface RenderedObject {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: {
        readonly name: string;
        readonly namespace?: string;
        readonly labels?: Readonly<Record<string, string>>;
        readonly annotations?: Readonly<Record<string, string>>;
    };
}

/** Token of the provider's function that renders a chart as Helm does and registers nothing. */
export const TEMPLATE = "kubernetes:helm:template";

/** Arguments of that function for one release. */
export function templateArguments(
    { chart, name, namespace, version, values }: Release,
    charts: ChartPlace,
): { readonly jsonOpts: string } {
    const { chart: reference, repositoryOpts } = chartSource(chart, {
        charts,
        istioVersion: version,
    });
    return {
        jsonOpts: JSON.stringify({
            ...(charts.directory === undefined
                ? { chart: reference, version, fetch_opts: repositoryOpts ?? {} }
                : { path: reference }),
            release_name: name,
            namespace,
            values: chart === "base" ? withoutCrds(values) : values,
        }),
    };
}

/** Istio's CRDs by name. */
const ISTIO_CRDS: readonly string[] = kinds
    .filter(({ group }) => group.endsWith("istio.io"))
    .map(({ group, kind }) => `${kind.toLowerCase().replace(/([^aeiou])y$/, "$1ie")}s.${group}`);

/**
 * The operator brings Istio's CRDs with its own, so its copy of the base chart has none. They are most of
 * what rendering this one costs. One that isn't known here is rendered, and dropped by `adopted`.
 */
function withoutCrds(values: Release["values"]): object {
    return { ...values, base: { ...(values["base"] as object), excludedCRDs: ISTIO_CRDS } };
}

/** What the operator makes of a rendered chart: of a tag only what is the tag's, all of it marked as its own. */
export function adopted(
    { tag }: Pick<Release, "tag">,
    objects: readonly RenderedObject[],
): readonly RenderedObject[] {
    return objects
        .filter(
            ({ kind, metadata }) =>
                kind !== "CustomResourceDefinition" && metadata.labels?.["istio.io/tag"] === tag,
        )
        .map((object) => ({
            ...object,
            metadata: {
                ...object.metadata,
                labels: { ...object.metadata.labels, "managed-by": "sail-operator" },
            },
        }));
}

/** The fields of a Deployment or DaemonSet that a reviewer asks for. */
interface Workload extends RenderedObject {
    readonly spec: {
        readonly replicas?: number;
        readonly template: {
            readonly spec: {
                readonly containers: readonly {
                    readonly image?: string;
                    readonly env?: readonly { readonly name: string; readonly value?: string }[];
                    readonly resources?: { readonly requests?: Readonly<Record<string, string>> };
                }[];
            };
        };
    };
}

interface Autoscaler extends RenderedObject {
    readonly spec: {
        readonly minReplicas?: number;
        readonly maxReplicas: number;
        readonly scaleTargetRef: { readonly kind: string; readonly name: string };
    };
}

/** What the operator will create, in a few lines: workloads one by one, the rest by kind. */
export function lookAheadText(objects: readonly RenderedObject[]): string {
    const workloads = objects.filter(isWorkload);
    const others = new Map<string, string[]>();
    for (const object of objects) {
        if (!isWorkload(object)) {
            others.set(object.kind, [...(others.get(object.kind) ?? []), fullName(object)]);
        }
    }
    return [
        `The Sail Operator will create ${objects.length} objects:`,
        ...workloads.map((workload) => `  ${workloadText(workload, objects)}`),
        ...[...others].map(([kind, names]) => `  ${kind} ${names.join(", ")}`),
    ].join("\n");
}

function workloadText(workload: Workload, objects: readonly RenderedObject[]): string {
    const [container] = workload.spec.template.spec.containers;
    const { cpu, memory } = container?.resources?.requests ?? {};
    const cluster = container?.env?.find(({ name }) =>
        ["CLUSTER_ID", "ISTIO_META_CLUSTER_ID"].includes(name),
    )?.value;
    return [
        `${workload.kind} ${fullName(workload)}: ${replicasText(workload, objects)}`,
        container?.image ?? "no image",
        ...(cpu === undefined && memory === undefined
            ? []
            : [`requests ${[cpu, memory].filter((one) => one !== undefined).join(" and ")}`]),
        ...(cluster === undefined ? [] : [`cluster ${cluster}`]),
    ].join(", ");
}

function replicasText(workload: Workload, objects: readonly RenderedObject[]): string {
    if (workload.kind === "DaemonSet") return "one per node";
    const scaler = objects.find(
        (object): object is Autoscaler =>
            object.kind === "HorizontalPodAutoscaler" &&
            object.metadata.namespace === workload.metadata.namespace &&
            (object as Autoscaler).spec.scaleTargetRef.name === workload.metadata.name,
    );
    if (scaler !== undefined) {
        return `${scaler.spec.minReplicas ?? 1} to ${scaler.spec.maxReplicas} replicas`;
    }
    const replicas = workload.spec.replicas ?? 1;
    return replicas === 1 ? "1 replica" : `${replicas} replicas`;
}

function isWorkload(object: RenderedObject): object is Workload {
    return object.kind === "Deployment" || object.kind === "DaemonSet";
}

function fullName({ metadata }: RenderedObject): string {
    return metadata.namespace === undefined
        ? metadata.name
        : `${metadata.namespace}/${metadata.name}`;
}
