/** Settings for tests: the least a stack must say, and what checking makes of it. */
import { checkSettings } from "../../settings/check";
import type { z } from "zod";
import { problemText } from "../../settings/problems";
import { settingsSchema, type Settings } from "../../settings/schema";

/** Raw config as a stack's file may hold it. */
export type Raw = Readonly<Record<string, unknown>>;

/** The least a stack must say. */
export const LEAST: Raw = {
    istioVersion: "1.31.3",
    cluster: { name: "cluster1" },
    kubeContext: "context1",
};

/** Settings that hold: the least, with some of them said otherwise. */
export function settingsWith(raw: Raw = {}): Settings {
    const { settings, problems } = checkSettings({ ...LEAST, ...raw });
    if (settings === undefined) {
        throw new Error(problems.map(problemText).join("\n"));
    }
    return settings;
}

/** The problems of the least with some of it said otherwise, as they are shown. */
export function problemsWith(raw: Raw): string {
    return (checkSettings({ ...LEAST, ...raw }).problems ?? []).map(problemText).join("\n\n");
}

/** A problem as it is shown, from its four parts. */
export function block(path: string, given: string, allowed: string, fix: string): string {
    return [
        `  istio-mesh:${path}`,
        `    given:   ${given}`,
        `    allowed: ${allowed}`,
        `    fix:     ${fix}`,
    ].join("\n");
}

/** The keys at the top of the settings, as messages list them. */
export const TOP_KEYS = Object.keys(settingsSchema.shape).join(", ");

/** The keys of each element of a list in the settings, as messages list them. */
export function elementKeys(list: "namespaces" | "workloads" | "gateways"): string {
    const { element } = settingsSchema.shape[list].unwrap() as z.ZodArray<z.ZodObject>;
    return Object.keys(element.shape).join(", ");
}
