/**
 * What runs the mesh and how many of it: istiod, gateways and waypoints of a stack, however they
 * are made. Helm's are Deployments; Sail's istiod is only values of an `Istio` object; those of the
 * Gateway API are Deployments that istiod makes from a Gateway and the ConfigMaps laid over it.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/#customizing-a-gateway
 */
import type { PolicyResource } from "@pulumi/policy";
import {
    allOf,
    type Deployment,
    type Found,
    fullName,
    type Gateway,
    type Istio,
    kinds,
    namespaceOf,
} from "./kinds";
import { type Overlay, overlaysOf } from "./gateway-overlays";
import { around, type Setting, type Sizing } from "./sizing";

/** What a minimum is configured for. */
export type Role = "istiod" | "gateways" | "waypoints";

export interface Workload {
    role: Role;
    urn: string;
    /** Kind and name, as messages say it. */
    subject: string;
    /** As `exempt` names it. */
    name: string;
    /** How to give it a budget. */
    budgetFix: string;
    /** Reads the numbers. Apart from the rest, since any of them may be unknown in a preview. */
    sizing: () => Sizing;
}

/** Classes whose Deployments istiod makes; `suffixed` ones are named `<gateway>-<class>`. */
const gatewayClasses: Record<string, { role: Role; suffixed?: true }> = {
    istio: { role: "gateways", suffixed: true },
    "istio-east-west": { role: "gateways" },
    "istio-agentgateway": { role: "gateways" },
    "istio-waypoint": { role: "waypoints" },
    "istio-agentgateway-waypoint": { role: "waypoints" },
};

/** istiod, a gateway of the gateway chart, or neither. */
function roleOf({ spec }: Deployment): Role | undefined {
    const pod = spec?.template;
    if (pod?.metadata?.labels?.["app"] === "istiod") return "istiod";
    // An application may carry a container with image "auto" too, to adjust its sidecar; only the
    // template, or the proxy run as a router, makes it a gateway.
    const templates = pod?.metadata?.annotations?.["inject.istio.io/templates"] ?? "";
    const injected = templates.split(",").some((template) => template.trim() === "gateway");
    const router = pod?.spec?.containers?.some(
        ({ args = [] }) => args[0] === "proxy" && args[1] === "router",
    );
    return injected || router ? "gateways" : undefined;
}

function ofDeployment(
    { urn, object }: Found<Deployment>,
    role: Role,
    resources: PolicyResource[],
    asksReplicas: boolean,
): Workload {
    const name = fullName(object);
    const podLabels = object.spec?.template?.metadata?.labels ?? {};
    return {
        role,
        urn,
        name,
        subject: `Deployment "${name}"`,
        budgetFix: "add one with minAvailable: 1",
        sizing: () => {
            const found = around(resources, {
                namespace: namespaceOf(object),
                name: object.metadata?.name ?? "",
                podLabels,
            });
            // The API server fills in spec.replicas, so with an autoscaler only inputs tell who set it.
            const read = found.autoscalers.length === 0 || asksReplicas;
            const replicas = read ? object.spec?.replicas : undefined;
            return {
                ...found,
                replicas: { field: "spec.replicas", value: replicas },
                problems: [],
            };
        },
    };
}

/** istiod as Sail's operator makes it: the chart's values and the chart's defaults. */
function ofIstio({ urn, object }: Found<Istio>): Workload {
    const name = object.metadata?.name ?? "";
    const subject = `Istio "${name}"`;
    return {
        role: "istiod",
        urn,
        name,
        subject,
        budgetFix: "set spec.values.global.defaultPodDisruptionBudget.enabled: true",
        sizing: () => {
            const { pilot = {}, global = {} } = object.spec?.values ?? {};
            const scaled = pilot.autoscaleEnabled ?? object.spec?.profile !== "demo";
            const min = { field: "spec.values.pilot.autoscaleMin", value: pilot.autoscaleMin };
            const max = { field: "spec.values.pilot.autoscaleMax", value: pilot.autoscaleMax ?? 5 };
            const replicas = {
                field: "spec.values.pilot.replicaCount",
                // The chart leaves the count out where it scales.
                value: scaled ? undefined : pilot.replicaCount,
            };
            const budgeted =
                (global.defaultPodDisruptionBudget?.enabled ?? true) &&
                ((scaled ? min.value : replicas.value) ?? 1) > 1;
            return {
                replicas,
                autoscalers: scaled ? [{ subject, urn, min, max }] : [],
                // Sail's values have no `pdb`, so it is always the chart's default.
                budgets: budgeted ? [{ subject, urn, spec: { minAvailable: 1 } }] : [],
                problems: [],
            };
        },
    };
}

function ofGateway(
    { urn, object }: Found<Gateway>,
    className: string,
    { role, suffixed }: { role: Role; suffixed?: true },
    resources: PolicyResource[],
): Workload {
    const name = fullName(object);
    const gateway = object.metadata?.name ?? "";
    const deployment =
        object.metadata?.annotations?.["gateway.istio.io/name-override"] ??
        (suffixed ? `${gateway}-${className}` : gateway);
    return {
        role,
        urn,
        name,
        subject: `Gateway "${name}"`,
        budgetFix: 'add one, or key "podDisruptionBudget" to its ConfigMap, with minAvailable: 1',
        sizing: () => {
            const { overlays, problems } = overlaysOf(object, className, resources);
            const found = around(resources, {
                namespace: namespaceOf(object),
                name: deployment,
                podLabels: {
                    "sidecar.istio.io/inject": "false",
                    "istio.io/dataplane-mode": "none",
                    ...object.spec?.infrastructure?.labels,
                    "gateway.networking.k8s.io/gateway-name": gateway,
                    "gateway.networking.k8s.io/gateway-class-name": className,
                },
            });
            const { deployment: size, horizontalPodAutoscaler, podDisruptionBudget } = overlays;
            return {
                replicas: setting(size, "replicas", "deployment"),
                autoscalers: [
                    ...found.autoscalers,
                    ...(horizontalPodAutoscaler
                        ? [
                              {
                                  urn,
                                  subject: horizontalPodAutoscaler.subject,
                                  min: setting(
                                      horizontalPodAutoscaler,
                                      "minReplicas",
                                      "horizontalPodAutoscaler",
                                  ),
                                  // istiod's own template starts from 1.
                                  max: {
                                      field: "spec.maxReplicas",
                                      value: horizontalPodAutoscaler.spec.maxReplicas ?? 1,
                                  },
                              },
                          ]
                        : []),
                ],
                budgets: [
                    ...found.budgets,
                    ...(podDisruptionBudget ? [{ urn, ...podDisruptionBudget }] : []),
                ],
                problems,
            };
        },
    };
}

/** A number of an overlay, or the place where it would be. */
function setting(
    overlay: Overlay | undefined,
    field: "replicas" | "minReplicas",
    key: string,
): Setting {
    const place =
        overlay?.subject ??
        `key "${key}" of the ConfigMap that spec.infrastructure.parametersRef names`;
    return { field: `spec.${field} in ${place}`, value: overlay?.spec[field] };
}

/** Whether istiod makes the Deployment: not where the Gateway points to an existing Service. */
function isManaged({ spec }: Gateway): boolean {
    const [address, ...more] = spec?.addresses ?? [];
    return !address || (more.length === 0 && (address.type ?? "IPAddress") === "IPAddress");
}

/**
 * One function per object that may be a workload of the mesh, which says whether it is. Functions,
 * because in a preview what tells may be unknown, and that must not keep the others from being judged.
 *
 * @param asksReplicas whether a Deployment's inputs, unlike its outputs, set `spec.replicas`
 */
export function candidates(
    resources: PolicyResource[],
    asksReplicas: (urn: string) => boolean,
): { urn: string; workload: () => Workload | undefined }[] {
    return [
        ...allOf(kinds.deployment, resources).map((found) => ({
            urn: found.urn,
            workload: () => {
                const role = roleOf(found.object);
                return role && ofDeployment(found, role, resources, asksReplicas(found.urn));
            },
        })),
        ...allOf(kinds.istio, resources).map((found) => ({
            urn: found.urn,
            // A remote cluster has no istiod of its own.
            workload: () => (found.object.spec?.profile === "remote" ? undefined : ofIstio(found)),
        })),
        ...allOf(kinds.gateway, resources).map((found) => ({
            urn: found.urn,
            workload: () => {
                const className = found.object.spec?.gatewayClassName ?? "";
                const made = gatewayClasses[className];
                return made && isManaged(found.object)
                    ? ofGateway(found, className, made, resources)
                    : undefined;
            },
        })),
    ];
}
