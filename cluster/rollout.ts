import { setTimeout as sleep } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { SailStep, Workload } from "../components/sail/plan";
import { SAIL_API, SAIL_SCHEMAS } from "../components/sail/schema";
import type { ClusterReader } from "./reader";

/** How often the cluster is asked. Milliseconds. */
const INTERVAL = 1_000;

const observedSchema = z.object({
    metadata: z.object({ generation: z.number() }),
    status: z
        .object({
            observedGeneration: z.number().optional(),
            activeRevisionName: z.string().optional(),
        })
        .optional(),
});

const workloadSchema = z.object({
    metadata: z.object({ generation: z.number() }),
    spec: z.object({
        replicas: z.number().optional(),
        template: z.object({
            spec: z.object({ containers: z.array(z.object({ image: z.string() })) }),
        }),
    }),
    status: z.object({
        observedGeneration: z.number().optional(),
        replicas: z.number().default(0),
        updatedReplicas: z.number().default(0),
        readyReplicas: z.number().default(0),
        desiredNumberScheduled: z.number().default(0),
        updatedNumberScheduled: z.number().default(0),
        numberReady: z.number().default(0),
    }),
});

/**
 * Waits until what an object of the operator makes runs as the object says. Its condition Ready can't
 * tell: right after a change it is still that of the old pods, and a DaemonSet counts as ready halfway
 * through its rollout.
 * @param causes what to say beside what is missing, once the step's time is over
 * @throws RunError that says what runs instead
 */
export async function awaitRollout(
    reader: Pick<ClusterReader, "get">,
    step: SailStep,
    causes: string,
    interval = INTERVAL,
): Promise<void> {
    const deadline = Date.now() + step.timeoutSeconds * 1_000;
    for (;;) {
        // An API server that is away for a moment is asked again.
        const missing = await missingOf(reader, step).catch((error: unknown) =>
            error instanceof Error ? error.message : String(error),
        );
        if (missing === undefined) {
            return;
        }
        if (Date.now() >= deadline) {
            throw new pulumi.RunError(
                `${step.object.kind} "${step.object.name}" has not rolled out within ${step.timeoutSeconds} s: ${missing}.\n${causes}`,
            );
        }
        await sleep(interval);
    }
}

/** What a step's rollout still lacks, or nothing. */
async function missingOf(
    reader: Pick<ClusterReader, "get">,
    { object, workload }: SailStep,
): Promise<string | undefined> {
    const { plural } = SAIL_SCHEMAS.kinds[object.kind];
    const own = await reader.get(`/apis/${SAIL_API}/${plural}/${object.name}`);
    const unseen = unobserved(`${object.kind} "${object.name}"`, own);
    if (unseen !== undefined || workload === undefined) {
        return unseen;
    }
    if (object.kind === "Istio") {
        const revision = observedSchema.parse(own).status?.activeRevisionName;
        if (revision === undefined || revision === "") {
            return `the operator has made no revision of Istio "${object.name}"`;
        }
        const made = await reader.get(`/apis/${SAIL_API}/istiorevisions/${revision}`);
        const behind = unobserved(`IstioRevision "${revision}"`, made);
        if (behind !== undefined) {
            return behind;
        }
    }
    const { kind, namespace, name } = workload;
    const path = `/apis/apps/v1/namespaces/${namespace}/${kind.toLowerCase()}s/${name}`;
    return unfinished(workload, await reader.get(path));
}

/** Whether the operator has yet to look at what an object says now. */
function unobserved(what: string, found: unknown): string | undefined {
    if (found === undefined) {
        return `${what} isn't there`;
    }
    const { metadata, status } = observedSchema.parse(found);
    return status?.observedGeneration === metadata.generation
        ? undefined
        : `the operator hasn't looked at ${what} since it changed`;
}

/** What a Deployment or DaemonSet lacks until all its pods are those of the wanted image. */
export function unfinished(workload: Workload, found: unknown): string | undefined {
    const what = `${workload.kind} ${workload.namespace}/${workload.name}`;
    if (found === undefined) {
        return `${what} isn't there`;
    }
    const { metadata, spec, status } = workloadSchema.parse(found);
    const images = spec.template.spec.containers.map(({ image }) => image);
    if (
        !images.some((image) => image === workload.image || image.startsWith(`${workload.image}-`))
    ) {
        return `${what} runs ${images.join(", ")}, not ${workload.image}`;
    }
    if (status.observedGeneration !== metadata.generation) {
        return `${what} has only just changed`;
    }
    const [wanted, updated, ready] =
        workload.kind === "Deployment"
            ? [spec.replicas ?? 1, status.updatedReplicas, status.readyReplicas]
            : [status.desiredNumberScheduled, status.updatedNumberScheduled, status.numberReady];
    // Pods of the old template may still be among the ready ones.
    const old = workload.kind === "Deployment" ? status.replicas - status.updatedReplicas : 0;
    return wanted > 0 && updated >= wanted && ready >= wanted && old === 0
        ? undefined
        : `${what} has ${updated} of ${wanted} pods updated, ${ready} ready`;
}
