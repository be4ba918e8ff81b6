import { z } from "zod";
import { cpu, memory, quantityCount } from "./values";

/** A number of pods. */
export const replicas = (example: number) =>
    quantityCount(1, 100, "a whole number from 1 to 100", example);

/** Bounds of what may scale. */
export const autoscaled = {
    minReplicas: replicas(3)
        .optional()
        .meta({ description: "Least number of replicas. Default: of the size." }),
    maxReplicas: replicas(10)
        .optional()
        .meta({ description: "Most replicas the autoscaler may ask for. Default: of the size." }),
    minAvailable: quantityCount(1, 99, "a whole number from 1 to 99", 1).optional().meta({
        description:
            "Pods that a drain must leave running (PodDisruptionBudget); below minReplicas. Default: 1 when minReplicas is above 1.",
    }),
};

/** What a container asks for. */
export const requested = {
    cpu: cpu.optional().meta({ description: "CPU request. Default: of the size." }),
    memory: memory.optional().meta({ description: "Memory request. Default: of the size." }),
};

/** The section `sizing` of a stack's config. */
export const sizing = z.strictObject({
    istiod: z
        .strictObject({ ...autoscaled, ...requested })
        .optional()
        .meta({ description: "The control plane." }),
    waypoint: z
        .strictObject({ ...autoscaled, ...requested })
        .optional()
        .meta({ description: "Every waypoint." }),
    ztunnel: z
        .strictObject({
            ...requested,
            terminationGracePeriodSeconds: quantityCount(
                1,
                86400,
                "whole seconds from 1 to 86400",
                300,
            )
                .optional()
                .meta({
                    description:
                        "How long a ztunnel that is replaced keeps its connections. Default: of the size.",
                }),
        })
        .optional()
        .meta({ description: "The node proxy of ambient, one per node." }),
    cni: z
        .strictObject(requested)
        .optional()
        .meta({ description: "The node agent that redirects traffic, one per node." }),
    proxy: z.strictObject(requested).optional().meta({ description: "Every sidecar." }),
});
