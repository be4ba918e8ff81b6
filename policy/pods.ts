/** The pods that a workload runs, whatever kind it is of. */
import type { Found, Stack } from "./found";
import { grouped } from "./grouped";
import type { KindName } from "./kinds";
import type { Container, PodTemplate } from "./kinds/kubernetes";

/** Kinds that run pods. */
export const workloadKinds = [
    "pod",
    "deployment",
    "statefulSet",
    "daemonSet",
    "replicaSet",
    "job",
    "cronJob",
] as const satisfies readonly KindName[];

export type WorkloadKind = (typeof workloadKinds)[number];

/** A workload with the template of its pods. */
export interface Pods {
    readonly found: Found<WorkloadKind>;
    readonly template: PodTemplate;
}

/** The template of a workload's pods; a Pod is its own. */
export function templateOf(found: Found<WorkloadKind>): PodTemplate {
    if (found.kind === "pod") return (found as Found<"pod">).object;
    if (found.kind === "cronJob") {
        return (found as Found<"cronJob">).object.spec?.jobTemplate?.spec?.template ?? {};
    }
    return (found as Found<"deployment">).object.spec?.template ?? {};
}

/** The same judgement for every kind that runs pods: `judge: onWorkloads((found, template) => ...)`. */
export function onWorkloads<Rest extends unknown[], R>(
    judge: (found: Found<WorkloadKind>, template: PodTemplate, ...rest: Rest) => R,
): Record<WorkloadKind, (found: Found<WorkloadKind>, ...rest: Rest) => R> {
    const each = (found: Found<WorkloadKind>, ...rest: Rest) =>
        judge(found, templateOf(found), ...rest);
    return {
        pod: each,
        deployment: each,
        statefulSet: each,
        daemonSet: each,
        replicaSet: each,
        job: each,
        cronJob: each,
    };
}

/** Every workload of the stack with its template. For `stack.view`. */
export function podsOf(stack: Stack): Pods[] {
    return workloadKinds.flatMap((kind) =>
        stack.all<WorkloadKind>(kind).map((found) => ({
            found,
            template: templateOf(found),
        })),
    );
}

/** Every workload of the stack with its template, by namespace. For `stack.view`. */
export function podsByNamespace(stack: Stack): ReadonlyMap<string, readonly Pods[]> {
    return grouped(stack.view(podsOf), ({ found }) => [found.namespace]);
}

/** All containers of a template, those that run first included. */
export function containersOf({ spec }: PodTemplate): Container[] {
    return [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])];
}

/** The value of a container's environment variable; undefined if it isn't set or comes from elsewhere. */
export function envOf(template: PodTemplate, name: string): string | undefined {
    for (const { env = [] } of containersOf(template)) {
        const variable = env.find((candidate) => candidate.name === name);
        if (variable) return variable.value;
    }
    return undefined;
}
