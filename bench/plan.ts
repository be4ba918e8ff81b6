import { chartSource } from "../components/plan/chart-source";
import { gatewayApiFiles } from "../components/plan/gateway-api-source";
import { gatewayValues } from "../components/plan/gateway-plan";
import { helmPlan } from "../components/plan/helm-plan";
import { namespacePlan, WAYPOINT } from "../components/plan/namespaces";
import { sizingOf } from "../components/plan/sizing";
import { waypointOptions } from "../components/plan/waypoint-plan";
import type { Settings } from "../settings/schema";

/** What bare-program.cjs registers, as plain data: everything the real program would. */
export function barePlan(settings: Settings): unknown {
    const { own, others } = namespacePlan({ ...settings, network: settings.cluster.network });
    return {
        target: { kubeconfig: settings.kubeconfig, context: settings.kubeContext },
        namespaces: [...own, ...others],
        files: settings.gatewayApi.owner === "managed" ? gatewayApiFiles(settings.gatewayApi) : [],
        charts: [
            ...helmPlan(settings).map(({ chart, namespace, values }) => ({
                role: chart,
                ...chartSource(chart, settings),
                name: chart,
                namespace,
                values,
            })),
            ...settings.gateways.map((gateway) => ({
                role: gateway.name,
                ...chartSource("gateway", settings),
                name: gateway.name,
                namespace: gateway.namespace,
                values: gatewayValues(gateway, settings),
            })),
        ],
        objects: [...waypoints(settings), ...workloads(settings)],
    };
}

function waypoints({ namespaces, size, sizing }: Settings): unknown[] {
    return namespaces
        .filter(({ waypoint }) => waypoint)
        .flatMap(({ name: namespace }) => [
            {
                apiVersion: "v1",
                kind: "ConfigMap",
                metadata: { name: "waypoint-options", namespace },
                data: waypointOptions(sizingOf(size, sizing)),
            },
            {
                apiVersion: "gateway.networking.k8s.io/v1",
                kind: "Gateway",
                metadata: { name: WAYPOINT, namespace },
                spec: {
                    gatewayClassName: "istio-waypoint",
                    listeners: [{ name: "mesh", port: 15008, protocol: "HBONE" }],
                },
            },
        ]);
}

function workloads(settings: Settings): unknown[] {
    return settings.workloads.flatMap(({ name, namespace, image, port, replicas }) => {
        const metadata = { name, namespace };
        const labels = { app: name };
        const containers = [{ name, image, ports: [{ containerPort: port }] }];
        return [
            { kind: "ServiceAccount", metadata },
            {
                kind: "Deployment",
                metadata,
                spec: {
                    replicas,
                    selector: { matchLabels: labels },
                    template: { metadata: { labels }, spec: { containers } },
                },
            },
            { kind: "Service", metadata, spec: { selector: labels, ports: [{ port }] } },
        ];
    });
}
