/**
 * What runs the mesh and how many of it: istiod, gateways and waypoints of a stack, however they
 * are made. Helm's are Deployments; Sail's istiod is only values of an `Istio` object; those of the
 * Gateway API are Deployments that istiod makes from a Gateway and the ConfigMaps laid over it.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/#customizing-a-gateway
 */
import { hasOperatorsIstiod, isIstiod } from "./control-planes";
import { type Overlay, overlaysOf } from "./gateway-overlays";
import type { Found, Stack } from "./found";
import type { Gateway } from "./kinds/gateway-api";
import type { PodSpec } from "./kinds/kubernetes";
import { isGatewayPod } from "./mesh-pods";
import { around, type Setting, type Sizing } from "./sizing";

/** What a minimum is configured for. */
export type Role = "istiod" | "gateways" | "waypoints" | "operator";

type Spread = NonNullable<PodSpec["topologySpreadConstraints"]>;

export interface Workload {
    role: Role;
    urn: string;
    /** Kind and name, as messages say it. */
    subject: string;
    /** How to give it a budget. */
    budgetFix: string;
    /** What keeps its pods apart: its spread constraints and anti-affinity, and where they are set. */
    spread: () => { constraints: Spread; anti: boolean; field: string };
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

/** istiod, a gateway of the gateway chart, Sail's operator, or none of them. */
function roleOf(found: Found<"deployment">): Role | undefined {
    if (isIstiod(found)) return "istiod";
    const pod = found.object.spec?.template;
    if (pod?.metadata?.labels?.["control-plane"] === "sail-operator") return "operator";
    return pod && isGatewayPod(pod) ? "gateways" : undefined;
}

/** istiod or a gateway as charts make them; undefined for any other Deployment. */
export function ofDeployment(found: Found<"deployment">, stack: Stack): Workload | undefined {
    const { urn, object, subject, namespace, shortName, asked } = found;
    const role = roleOf(found);
    if (!role) return undefined;
    const podLabels = object.spec?.template?.metadata?.labels ?? {};
    return {
        role,
        urn,
        subject,
        budgetFix: "add one with minAvailable: 1",
        spread: () => spreadOf(object.spec?.template?.spec, "spec.template.spec"),
        sizing: () => {
            const found = around(stack, { namespace, name: shortName, podLabels });
            // The API server fills in spec.replicas, so with an autoscaler only inputs tell who set it.
            // `in` doesn't read the value, which may be unknown as yet: that it is set is known.
            const read =
                found.autoscalers.length === 0 ||
                (asked?.spec !== undefined && "replicas" in asked.spec);
            const replicas = read ? object.spec?.replicas : undefined;
            return {
                ...found,
                replicas: { field: "spec.replicas", value: replicas },
                problems: [],
            };
        },
    };
}

/**
 * istiod as Sail's operator makes it: the chart's values and the chart's defaults. Where the stack carries
 * the operator's objects, the Deployment among them is judged instead, as under Helm.
 */
export function ofIstio(
    { urn, object, subject }: Found<"istio">,
    stack: Stack,
): Workload | undefined {
    // A remote cluster has no istiod of its own.
    if (object.spec?.profile === "remote" || stack.view(hasOperatorsIstiod)) return undefined;
    return {
        role: "istiod",
        urn,
        subject,
        budgetFix: "set spec.values.global.defaultPodDisruptionBudget.enabled: true",
        spread: () => {
            const { topologySpreadConstraints, affinity } = object.spec?.values?.pilot ?? {};
            const field = "spec.values.pilot";
            return spreadOf(
                {
                    ...(topologySpreadConstraints && { topologySpreadConstraints }),
                    ...(affinity && { affinity }),
                },
                field,
            );
        },
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

/** A gateway or waypoint that istiod makes of a Gateway; undefined for one that something else makes. */
export function ofGateway(found: Found<"gateway">, stack: Stack): Workload | undefined {
    const { urn, object, subject, namespace, shortName: gateway } = found;
    const className = object.spec?.gatewayClassName ?? "";
    const made = gatewayClasses[className];
    if (!made || !isManaged(object)) return undefined;
    const deployment =
        object.metadata?.annotations?.["gateway.istio.io/name-override"] ??
        (made.suffixed ? `${gateway}-${className}` : gateway);
    return {
        role: made.role,
        urn,
        subject,
        budgetFix: 'add one, or key "podDisruptionBudget" to its ConfigMap, with minAvailable: 1',
        spread: () => {
            const { deployment: overlay } = overlaysOf(found, className, stack).overlays;
            const place = overlay?.subject ?? placeOf("deployment");
            return spreadOf(overlay?.spec.template?.spec, `spec.template.spec in ${place}`);
        },
        sizing: () => {
            const { overlays, problems } = overlaysOf(found, className, stack);
            const nearby = around(stack, {
                namespace,
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
                    ...nearby.autoscalers,
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
                    ...nearby.budgets,
                    ...(podDisruptionBudget ? [{ urn, ...podDisruptionBudget }] : []),
                ],
                problems,
            };
        },
    };
}

/** Where an overlay would be. */
function placeOf(key: string): string {
    return `key "${key}" of the ConfigMap that spec.infrastructure.parametersRef names`;
}

function spreadOf(pod: PodSpec | undefined, field: string): ReturnType<Workload["spread"]> {
    return {
        constraints: pod?.topologySpreadConstraints ?? [],
        anti: pod?.affinity?.podAntiAffinity !== undefined,
        field,
    };
}

/** A number of an overlay, or the place where it would be. */
function setting(
    overlay: Overlay | undefined,
    field: "replicas" | "minReplicas",
    key: string,
): Setting {
    const place = overlay?.subject ?? placeOf(key);
    return { field: `spec.${field} in ${place}`, value: overlay?.spec[field] };
}

/** Whether istiod makes the Deployment: not where the Gateway points to an existing Service. */
function isManaged({ spec }: Gateway): boolean {
    const [address, ...more] = spec?.addresses ?? [];
    return !address || (more.length === 0 && (address.type ?? "IPAddress") === "IPAddress");
}
