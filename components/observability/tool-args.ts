import type { z } from "zod";
import { checkedArgs } from "../../settings/component-args";
import { OBSERVABILITY_RULES } from "../../settings/observability-rules";
import { settingsSchema } from "../../settings/schema";
import type { ObservabilityInput } from "./tools";

const schema = settingsSchema.pick({
    ...{ observability: true, size: true, cluster: true, istioVersion: true },
    ...{ dataPlane: true, namespaces: true },
});

/**
 * Arguments for each tool that watches a mesh: the mesh's own settings that it is planned from, of which only
 * `cluster` and `istioVersion` have no default. A tool that is made is switched on.
 */
export type ToolArgs = z.input<typeof schema>;

/** What of a mesh's settings its tools are planned from. */
export function toolArgs({
    observability,
    size,
    cluster,
    istioVersion,
    dataPlane,
    namespaces,
}: ObservabilityInput): ObservabilityInput {
    return { observability, size, cluster, istioVersion, dataPlane, namespaces };
}

/**
 * Arguments of a tool, checked, with every default filled in.
 * @throws RunError that lists everything that is wrong.
 */
export function checkedTool(what: string, args: ToolArgs): ObservabilityInput {
    const on = { ...args, observability: { ...args.observability, enabled: true } };
    return checkedArgs(what, schema, on, (checked) =>
        OBSERVABILITY_RULES.flatMap((rule) => rule(checked)).map((problem) => ({
            ...problem,
            // Its fix is a command for a stack's config.
            fix: "mend it in the arguments",
        })),
    );
}
