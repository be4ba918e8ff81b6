/** What istiod makes of Gateways and the operator of its values; the table is in require-mesh-replicas.ts. */
import {
    hpa,
    pdb,
    gateway,
    sized,
    configMap,
    budgetYaml,
    istio,
    few,
    bare,
    blocked,
    waypointName,
    waypointFix,
} from "../../support/mesh-workloads";
import { OPERATOR_OBJECTS } from "../../../policy/found";
import type { Fixture } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

/** istiod as the operator will make it of its values, with its autoscaler and budget. */
function ahead(replicas: number): Fixture {
    const metadata = {
        ...{ namespace: "istio-system", name: "istiod" },
        labels: { "managed-by": "sail-operator" },
    };
    const labels = { app: "istiod", istio: "pilot" };
    return {
        type: OPERATOR_OBJECTS,
        name: "ahead",
        props: {
            objects: [
                {
                    ...{ apiVersion: "apps/v1", kind: "Deployment", metadata },
                    spec: { template: { metadata: { labels }, spec: { containers: [] } } },
                },
                {
                    ...{ apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", metadata },
                    spec: {
                        ...{ minReplicas: replicas, maxReplicas: 10 },
                        scaleTargetRef: { kind: "Deployment", name: "istiod" },
                    },
                },
                {
                    ...{ apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata },
                    spec: { minAvailable: 1, selector: { matchLabels: labels } },
                },
            ],
        },
    };
}

export const allowed: RuleTable["allowed"] = {
    "Sail's istiod as the operator will make it": [istio({}), ahead(3)],
    "a waypoint sized by its ConfigMap": [
        gateway(sized),
        configMap({ deployment: "spec: {replicas: 2}", podDisruptionBudget: budgetYaml }),
    ],
    "a waypoint that an autoscaler of its ConfigMap sizes": [
        gateway(sized),
        configMap({
            horizontalPodAutoscaler: "spec: {minReplicas: 2, maxReplicas: 4}",
            podDisruptionBudget: budgetYaml,
        }),
    ],
    "a waypoint sized by its class": [
        gateway({}),
        configMap(
            { deployment: "spec: {replicas: 2}", podDisruptionBudget: budgetYaml },
            { "gateway.istio.io/defaults-for-class": "istio-waypoint" },
        ),
    ],
    "a waypoint sized by Sail's values": [
        gateway({}),
        istio({
            pilot: { autoscaleMin: 3 },
            gatewayClasses: {
                "istio-waypoint": {
                    deployment: { spec: { replicas: 2 } },
                    podDisruptionBudget: { spec: { maxUnavailable: 1 } },
                },
            },
        }),
    ],
    "a Gateway with an autoscaler and a budget of the stack": [
        gateway({ gatewayClassName: "istio" }),
        {
            ...hpa(["shop", "waypoint-istio"], 2),
        },
        pdb(
            ["shop", "waypoint"],
            { matchLabels: { "gateway.networking.k8s.io/gateway-name": "waypoint" } },
            { minAvailable: 1 },
        ),
    ],
    "a Gateway that points to an existing Service": [
        gateway({ addresses: [{ type: "Hostname", value: "edge.ingress.svc.cluster.local" }] }),
    ],
    "a Gateway of a remote cluster": [gateway({ gatewayClassName: "istio-remote" })],
    "Sail's istiod": [istio({ pilot: { autoscaleMin: 3 } })],
    "Sail's istiod without autoscaler": [
        istio({ pilot: { autoscaleEnabled: false, replicaCount: 3 } }),
    ],
    "a remote cluster of Sail": [istio({}, "remote")],
};

export const denied: RuleTable["denied"] = {
    "Sail's istiod as the operator will make it, once, in Helm's words": [
        [istio({ pilot: { autoscaleMin: 2 } }), ahead(2)],
        [
            few(
                'Deployment "istio-system/istiod"',
                2,
                'spec.minReplicas of HorizontalPodAutoscaler "istio-system/istiod" is 2',
                "istiod",
                3,
            ),
        ],
    ],
    "a waypoint without a size": [
        [gateway({})],
        [
            few(
                waypointName,
                1,
                'spec.replicas in key "deployment" of the ConfigMap that ' +
                    "spec.infrastructure.parametersRef names is not set, which means 1",
                "waypoints",
                2,
            ),
        ],
    ],
    "a waypoint whose ConfigMap makes it small again": [
        [
            gateway(sized),
            configMap({ deployment: "spec: {replicas: 1}" }),
            configMap(
                { deployment: "spec: {replicas: 2}" },
                { "gateway.istio.io/defaults-for-class": "istio-waypoint" },
                "defaults",
            ),
        ],
        [
            few(
                waypointName,
                1,
                'spec.replicas in key "deployment" of ConfigMap "shop/opts" is 1',
                "waypoints",
                2,
            ),
        ],
    ],
    "a waypoint without a budget": [
        [gateway(sized), configMap({ deployment: "spec: {replicas: 2}" })],
        [bare(waypointName, 2, waypointFix)],
    ],
    "a waypoint whose autoscaler keeps istiod's maximum": [
        [
            gateway(sized),
            configMap({
                horizontalPodAutoscaler: "spec: {minReplicas: 2}",
                podDisruptionBudget: budgetYaml,
            }),
        ],
        [
            'key "horizontalPodAutoscaler" of ConfigMap "shop/opts" can\'t work: spec.minReplicas in ' +
                'key "horizontalPodAutoscaler" of ConfigMap "shop/opts" is 2, above spec.maxReplicas 1; ' +
                "raise spec.maxReplicas to 2 or more.",
        ],
    ],
    "a waypoint whose budget blocks": [
        [
            gateway(sized),
            configMap({
                deployment: "spec: {replicas: 2}",
                podDisruptionBudget: "spec: {minAvailable: 2}",
            }),
        ],
        [blocked("minAvailable 2", 'key "podDisruptionBudget" of ConfigMap "shop/opts"', 2)],
    ],
    "a waypoint whose ConfigMap is elsewhere": [
        [gateway(sized)],
        [
            'Gateway "shop/waypoint" takes its size from ConfigMap "shop/opts", which this stack doesn\'t have, ' +
                "so nothing vouches for it; declare the ConfigMap beside the Gateway.",
        ],
    ],
    "a waypoint whose ConfigMap isn't YAML": [
        [gateway(sized), configMap({ deployment: "spec: {replicas: 2" })],
        [
            'Gateway "shop/waypoint" can\'t be sized: key "deployment" of ConfigMap "shop/opts" isn\'t YAML ' +
                "(Flow map in block collection must be sufficiently indented and end with a } at line 1, column 19); " +
                "correct it.",
        ],
    ],
    "Sail's default": [
        [istio({})],
        [
            few(
                'Istio "default"',
                1,
                "spec.values.pilot.autoscaleMin is not set, which means 1",
                "istiod",
                3,
            ),
        ],
    ],
    "Sail's demo profile, which doesn't scale": [
        [istio({}, "demo")],
        [
            few(
                'Istio "default"',
                1,
                "spec.values.pilot.replicaCount is not set, which means 1",
                "istiod",
                3,
            ),
        ],
    ],
    "Sail's istiod without its budget": [
        [
            istio({
                pilot: { autoscaleMin: 3 },
                global: { defaultPodDisruptionBudget: { enabled: false } },
            }),
        ],
        [
            bare(
                'Istio "default"',
                3,
                "set spec.values.global.defaultPodDisruptionBudget.enabled: true",
            ),
        ],
    ],
};
