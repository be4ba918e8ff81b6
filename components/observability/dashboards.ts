import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setCommand } from "../../settings/commands";
import type { Problem } from "../../settings/problems";
import type { Settings } from "../../settings/schema";
import { toolsOf } from "./tools";

/** Istio's dashboards in its source, by the name under which Grafana keeps each. */
const FILES = {
    "istio-mesh": "istio-mesh-dashboard.gen.json",
    "istio-service": "istio-service-dashboard.json",
    "istio-workload": "istio-workload-dashboard.json",
    "istio-performance": "istio-performance-dashboard.json",
    istiod: "pilot-dashboard.gen.json",
    ztunnel: "ztunnel-dashboard.gen.json",
} as const;

/** Istio's dashboards as its release has them: metrics and dashboards change together. */
export function dashboardUrls(
    istioVersion: string,
): Readonly<Record<string, { readonly url: string }>> {
    const folder = `https://raw.githubusercontent.com/istio/istio/${istioVersion}/manifests/addons/dashboards`;
    return Object.fromEntries(
        Object.entries(FILES).map(([name, file]) => [name, { url: `${folder}/${file}` }]),
    );
}

/** The most that a ConfigMap holds, with room for its own fields. */
const MOST_BYTES = 1_000_000;

/** Dashboards of a local folder, by file name, and what is wrong with them. */
export interface LocalDashboards {
    readonly files: Readonly<Record<string, string>>;
    readonly problems: readonly Problem[];
}

/** Reads a stack's own copies of the dashboards: each JSON file that has panels. */
export function localDashboards(settings: Pick<Settings, "observability">): LocalDashboards {
    const { dashboards } = settings.observability.grafana;
    if (dashboards === undefined || toolsOf(settings)?.grafana?.own !== true) {
        return { files: {}, problems: [] };
    }
    const path = ["observability", "grafana", "dashboards"];
    const fail = (given: string, allowed: string): LocalDashboards => ({
        files: {},
        problems: [
            {
                path,
                given: `${JSON.stringify(dashboards)}: ${given}`,
                allowed,
                fix: setCommand(path, "<path>"),
            },
        ],
    });
    const folder = resolve(dashboards);
    const wanted = "a folder with dashboards of Grafana as JSON files";
    const names = namesIn(folder);
    if (names === undefined) {
        return fail(`no folder ${folder}`, wanted);
    }
    const files: [name: string, text: string][] = [];
    for (const name of names) {
        const text = readFileSync(join(folder, name), "utf8");
        const { dashboard, broken } = parsed(text);
        if (broken !== undefined) {
            return fail(`${name}: ${broken}`, wanted);
        }
        if (dashboard) files.push([name, text]);
    }
    if (files.length === 0) {
        return fail(`no dashboard in ${folder}`, wanted);
    }
    const bytes = files.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
    return bytes > MOST_BYTES
        ? fail(`${bytes} bytes`, `at most ${MOST_BYTES} bytes in all, which one ConfigMap holds`)
        : { files: Object.fromEntries(files), problems: [] };
}

function namesIn(folder: string): readonly string[] | undefined {
    try {
        return readdirSync(folder)
            .filter((name) => name.endsWith(".json"))
            .sort();
    } catch {
        return undefined;
    }
}

function parsed(text: string): { readonly dashboard: boolean; readonly broken?: string } {
    try {
        const value: unknown = JSON.parse(text);
        return { dashboard: typeof value === "object" && value !== null && "panels" in value };
    } catch (error) {
        return { dashboard: false, broken: error instanceof Error ? error.message : String(error) };
    }
}
