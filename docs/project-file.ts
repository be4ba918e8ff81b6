import { stringify } from "yaml";
import { z } from "zod";
import { unwrap } from "../settings/problems";
import type { settingsSchema } from "../settings/schema";

/** What Pulumi lets a project say about one config key. */
interface Entry {
    readonly type: "string" | "object" | "array";
    readonly description: string;
    readonly items?: { readonly type: "object" | "string" };
    readonly default: unknown;
}

/**
 * Pulumi.yaml with a typed entry per setting. Pulumi asks for every entry without a default, one
 * at a time and before the program runs; so each has one, and the program reports what is missing.
 */
export function projectFile(schema: typeof settingsSchema): string {
    const config = Object.fromEntries(
        Object.entries(schema.shape).map(([key, setting]) => [key, entry(setting)]),
    );
    return [
        "# Generated from settings/schema.ts by `npm run docs`.",
        stringify({
            name: "istio-mesh",
            description: "Installs, governs and changes Istio",
            runtime: { name: "nodejs", options: { packagemanager: "npm" } },
            config,
        }),
    ].join("\n");
}

function entry(setting: z.ZodType): Entry {
    const { schema, meta } = unwrap(setting);
    const description = meta.description ?? "";
    if (schema instanceof z.ZodArray) {
        const type = schema.element instanceof z.ZodObject ? "object" : "string";
        return { type: "array", description, items: { type }, default: [] };
    }
    if (schema instanceof z.ZodObject) {
        return { type: "object", description, default: {} };
    }
    const parsed = setting.safeParse(undefined);
    return { type: "string", description, default: parsed.data ?? "" };
}
