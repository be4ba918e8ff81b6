import type { Settings } from "../../settings/schema";
import { resources, spread } from "../plan/helm-plan";
import { ADMIN_KEYS, adminSecret } from "./grafana-values";
import { TOOL_NUMBERS } from "./numbers";
import { JAEGER_PORTS, NAMES, toolsOf } from "./tools";

/** What Kiali is planned from. */
export type KialiInput = Pick<Settings, "observability" | "size" | "cluster">;

/** Values of the operator's chart. */
export function kialiOperatorValues({ size }: Pick<Settings, "size">) {
    return {
        fullnameOverride: NAMES.kialiOperator,
        resources: resources(TOOL_NUMBERS[size].kialiOperator),
        // It gives Kiali no more than to look, so it needs no right to more itself.
        onlyViewOnlyMode: true,
        cr: { create: false },
    };
}

/**
 * What the Kiali object says. Kiali finds istiod, its revisions and its ConfigMaps by itself; the cluster's
 * name it is told, as every part of the mesh is.
 * @see https://kiali.io/docs/configuration/kialis.kiali.io/
 */
export function kialiSpec(settings: KialiInput) {
    const { observability, size, cluster } = settings;
    const { prometheus, grafana, jaeger } = toolsOf(settings) ?? {};
    const { auth, openid } = observability.kiali;
    const { kiali } = TOOL_NUMBERS[size];
    const { namespace } = observability;
    return {
        auth: {
            strategy: auth,
            ...(openid === undefined
                ? {}
                : { openid: { issuer_uri: openid.issuer, client_id: openid.clientId } }),
        },
        deployment: {
            cluster_wide_access: true,
            // The mesh is changed by its stack: a change made here would be taken back.
            view_only_mode: true,
            replicas: kiali.replicas,
            resources: resources(kiali),
            ...(kiali.replicas > 1
                ? {
                      pod_disruption_budget: { spec: { minAvailable: 1 } },
                      topology_spread_constraints: spread({ app: NAMES.kiali }),
                  }
                : {}),
        },
        external_services: {
            prometheus: prometheus === undefined ? { enabled: false } : { url: prometheus.url },
            grafana: {
                enabled: grafana !== undefined,
                ...(grafana === undefined ? {} : { internal_url: grafana.url }),
                // It asks which dashboards there are. How an existing Grafana is asked, nobody has said.
                ...(grafana?.own === true
                    ? { auth: { type: "basic", ...credentials(adminSecret(settings)) } }
                    : {}),
            },
            tracing: {
                enabled: jaeger !== undefined,
                ...(jaeger === undefined
                    ? {}
                    : {
                          provider: "jaeger",
                          use_grpc: jaeger.own,
                          internal_url: jaeger.own
                              ? `http://${NAMES.jaegerQuery}.${namespace}:${JAEGER_PORTS.queries}`
                              : jaeger.url,
                      }),
            },
        },
        kubernetes_config: { cluster_name: cluster.name },
    };
}

/** A Secret's keys, as Kiali refers to them. */
function credentials(secret: string) {
    return {
        username: `secret:${secret}:${ADMIN_KEYS.user}`,
        password: `secret:${secret}:${ADMIN_KEYS.password}`,
    };
}
