import { z } from "zod";
import { controlPlaneName, dnsLabel, istioVersion, quantityCount } from "./values";

/** How a new release of Istio takes the old one's place. */
export const UPDATE_STRATEGIES = ["InPlace", "RevisionBased"] as const;

const release = (description: string) => istioVersion.optional().meta({ description });

/** How the control plane is named and changed. */
export const update = z.strictObject({
    strategy: z.enum(UPDATE_STRATEGIES).default("InPlace").meta({
        description:
            "`InPlace`: one control plane, changed where it is; `RevisionBased`: one per release, so that workloads move to the new one and back.",
    }),
    name: controlPlaneName.default("default").meta({
        description:
            "Name of the control plane; its revisions are named after it. Another one than `default` needs a tag `default` for namespaces without a choice of their own, which the stack makes.",
    }),
    canary: release(
        "A newer release that runs beside `istioVersion`, for namespaces whose tag follows it; RevisionBased only.",
    ),
    previous: release(
        "An older release that keeps running beside `istioVersion`, to go back to; RevisionBased only.",
    ),
    tags: z
        .array(
            z.strictObject({
                name: dnsLabel.meta({ description: "Name that namespaces give as `revision`." }),
                revision: z.enum(["stable", "canary", "previous"]).default("stable").meta({
                    description:
                        "What it points to: `istioVersion`, `canary` or `previous`. Without a canary, its tags point to `istioVersion`.",
                }),
            }),
        )
        .default([])
        .meta({
            description:
                "Stable names for revisions. RevisionBased always has a tag `default`, which `istio-injection=enabled` follows; `canary` and `previous` get a tag of that name where none is listed for them.",
        }),
    gracePeriodSeconds: quantityCount(
        0,
        2_592_000,
        "whole seconds from 0 to 2592000 (30 days)",
        3600,
    )
        .optional()
        .meta({
            description:
                "How long the Sail Operator keeps a revision that nothing uses any more: the time to go back. Default: 3600; its own 30 would leave none.",
        }),
});
