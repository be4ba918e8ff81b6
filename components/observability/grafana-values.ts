import type { Settings } from "../../settings/schema";
import { resources } from "../plan/helm-plan";
import { dashboardUrls } from "./dashboards";
import { TOOL_NUMBERS } from "./numbers";
import { NAMES, toolsOf } from "./tools";

/** What the chart's values are planned from. */
export type GrafanaInput = Pick<Settings, "observability" | "size" | "istioVersion">;

/** Keys of the admin's Secret. */
export const ADMIN_KEYS = { user: "admin-user", password: "admin-password" } as const;

/** Name of the Secret that holds the admin's password. */
export function adminSecret({ observability }: Pick<Settings, "observability">): string {
    return observability.grafana.adminSecret ?? NAMES.grafanaAdmin;
}

/** Folder of the dashboards, and the chart's name for what fills it. */
const FOLDER = "istio";

/**
 * Values of Grafana's chart: Istio's dashboards, and the stack's Prometheus and Jaeger as their sources.
 * Nobody comes in without a password.
 * @see https://github.com/grafana-community/helm-charts/tree/main/charts/grafana
 */
export function grafanaValues(settings: GrafanaInput) {
    const { observability, size, istioVersion } = settings;
    const { prometheus, jaeger } = toolsOf(settings) ?? {};
    const { grafana } = TOOL_NUMBERS[size];
    const storage = observability.grafana.storage ?? grafana.storage;
    const source = (name: string, type: string, url: string, more: object) => ({
        ...{ name, type, uid: type, url, access: "proxy", editable: false },
        ...more,
    });
    return {
        fullnameOverride: NAMES.grafana,
        admin: {
            existingSecret: adminSecret(settings),
            userKey: ADMIN_KEYS.user,
            passwordKey: ADMIN_KEYS.password,
        },
        "grafana.ini": {
            "auth.anonymous": { enabled: false },
            users: { allow_sign_up: false },
            analytics: { check_for_updates: false, reporting_enabled: false },
        },
        datasources: {
            "datasources.yaml": {
                apiVersion: 1,
                datasources: [
                    ...(prometheus === undefined
                        ? []
                        : [
                              source("Prometheus", "prometheus", prometheus.url, {
                                  isDefault: true,
                                  jsonData: { timeInterval: "15s" },
                              }),
                          ]),
                    ...(jaeger === undefined ? [] : [source("Jaeger", "jaeger", jaeger.url, {})]),
                ],
            },
        },
        dashboardProviders: {
            "dashboardproviders.yaml": {
                apiVersion: 1,
                providers: [
                    {
                        name: FOLDER,
                        orgId: 1,
                        folder: "Istio",
                        type: "file",
                        disableDeletion: true,
                        editable: false,
                        options: { path: `/var/lib/grafana/dashboards/${FOLDER}` },
                    },
                ],
            },
        },
        ...dashboardsFrom(observability.grafana.dashboards, istioVersion),
        resources: resources(grafana),
        // It reads nothing from the cluster, and its volume needs no root to be its own.
        rbac: { create: false },
        automountServiceAccountToken: false,
        serviceAccount: { automountServiceAccountToken: false },
        initChownData: { enabled: false },
        testFramework: { enabled: false },
        ...(storage === undefined
            ? {}
            : {
                  persistence: { enabled: true, size: storage },
                  // Two pods can't hold one volume.
                  deploymentStrategy: { type: "Recreate" },
              }),
    };
}

/** Values that fill the folder: fetched by the chart, or out of a ConfigMap. */
interface DashboardValues {
    readonly dashboards?: Readonly<Record<string, ReturnType<typeof dashboardUrls>>>;
    readonly defaultCurlOptions?: string;
    readonly dashboardsConfigMaps?: Readonly<Record<string, string>>;
}

function dashboardsFrom(folder: string | undefined, istioVersion: string): DashboardValues {
    return folder === undefined
        ? {
              dashboards: { [FOLDER]: dashboardUrls(istioVersion) },
              // The chart's own options would take any certificate.
              defaultCurlOptions: "-sf",
          }
        : { dashboardsConfigMaps: { [FOLDER]: NAMES.dashboards } };
}
