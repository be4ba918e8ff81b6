import {
    istiodLabels,
    deployment,
    istiod,
    edge,
    hpa,
    pdb,
    istiodHpa,
    istiodPdb,
    edgePdb,
    gateway,
    few,
    bare,
    blocked,
    useless,
    istiodName,
    istiodScaler,
    edgeName,
    waypointName,
} from "../../support/mesh-workloads";
import { unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";
import * as made from "./require-mesh-replicas.gateway-api-and-sail";

const operator = (replicas: number) =>
    deployment(
        ["sail-operator", "sail-operator"],
        { labels: { "control-plane": "sail-operator" } },
        replicas,
    );

const allowed: RuleTable["allowed"] = {
    "istiod with an autoscaler and the chart's budget": [
        istiod(),
        istiodHpa(3),
        istiodPdb({ minAvailable: 1 }),
    ],
    "istiod that its autoscaler has scaled up since": [
        istiod(undefined, 4),
        istiodHpa(3),
        istiodPdb({ minAvailable: 1 }),
    ],
    "istiod with a fixed count": [istiod(3), istiodPdb({ maxUnavailable: 1 })],
    "a budget in percent that rounds up to one pod less": [
        istiod(3),
        istiodPdb({ minAvailable: "66%" }),
    ],
    "a small percentage unavailable, which rounds up to one": [
        istiod(3),
        istiodPdb({ maxUnavailable: "1%" }),
    ],
    "a budget that selects by expressions": [
        istiod(3),
        istiodPdb(
            { minAvailable: 1 },
            {
                matchExpressions: [
                    { key: "app", operator: "In", values: ["istiod"] },
                    { key: "istio", operator: "NotIn", values: ["edge"] },
                    { key: "istio", operator: "Exists" },
                    { key: "legacy", operator: "DoesNotExist" },
                ],
            },
        ),
    ],
    "an older autoscaler version": [
        istiod(),
        hpa(["istio-system", "istiod"], 3, 5, "v1"),
        istiodPdb({ minAvailable: 1 }),
    ],
    "a gateway with two replicas": [edge(2), edgePdb({ minAvailable: 1 })],
    "Sail's operator alone": operator(1),
    "Sail's operator twice, without a budget": operator(2),
    "an application with one replica that adjusts its sidecar": [
        deployment(["shop", "cart"], { labels: { app: "cart" } }),
    ],
};

const denied: RuleTable["denied"] = {
    "the chart's default autoscaler": [
        [istiod(), istiodHpa(1)],
        [few(istiodName, 1, `spec.minReplicas of ${istiodScaler} is 1`, "istiod", 3)],
    ],
    "an autoscaler without a minimum": [
        [istiod(), istiodHpa()],
        [
            few(
                istiodName,
                1,
                `spec.minReplicas of ${istiodScaler} is not set, which means 1`,
                "istiod",
                3,
            ),
        ],
    ],
    "no count and no autoscaler": [
        [istiod()],
        [few(istiodName, 1, "spec.replicas is 1", "istiod", 3)],
    ],
    "two replicas of istiod": [
        [istiod(2), istiodPdb({ minAvailable: 1 })],
        [few(istiodName, 2, "spec.replicas is 2", "istiod", 3)],
    ],
    "istiod scaled to nothing": [
        [istiod(0)],
        [
            `${istiodName} may run with 0 replicas: spec.replicas is 0; set it to 3 or more, the minimum for istiod.`,
        ],
    ],
    "one gateway": [[edge(1)], [few(edgeName, 1, "spec.replicas is 1", "gateways", 2)]],
    "a gateway that runs the proxy itself": [
        [
            {
                type: "kubernetes:apps/v1:Deployment",
                name: "router",
                props: {
                    metadata: { name: "router" },
                    spec: {
                        replicas: 1,
                        template: { spec: { containers: [{ args: ["proxy", "router"] }] } },
                    },
                },
            },
        ],
        [few('Deployment "default/router"', 1, "spec.replicas is 1", "gateways", 2)],
    ],
    "replicas without a budget": [[edge(2)], [bare(edgeName, 2)]],
    "a budget for other pods": [
        [istiod(3), istiodPdb({ minAvailable: 1 }, { matchLabels: { app: "other" } })],
        [bare(istiodName, 3)],
    ],
    "a budget in another namespace": [
        [istiod(3), pdb(["default", "istiod"], { matchLabels: istiodLabels }, { minAvailable: 1 })],
        [bare(istiodName, 3)],
    ],
    "a budget that keeps all": [
        [istiod(3), istiodPdb({ minAvailable: 3 })],
        [blocked("minAvailable 3")],
    ],
    "a budget that keeps 100%": [
        [istiod(3), istiodPdb({ minAvailable: "100%" })],
        [blocked('minAvailable "100%"')],
    ],
    "a budget whose percentage rounds up to all": [
        [istiod(3), istiodPdb({ minAvailable: "67%" })],
        [blocked('minAvailable "67%"')],
    ],
    "a budget with nothing unavailable": [
        [istiod(3), istiodPdb({ maxUnavailable: 0 })],
        [blocked("maxUnavailable 0")],
    ],
    "a budget with 0% unavailable": [
        [istiod(3), istiodPdb({ maxUnavailable: "0%" })],
        [blocked('maxUnavailable "0%"')],
    ],
    "a budget over a single pod": [
        [edge(1), edgePdb({ minAvailable: 1 })],
        [
            few(edgeName, 1, "spec.replicas is 1", "gateways", 2),
            'PodDisruptionBudget "ingress/edge" blocks every drain: minAvailable 1 of 1 replica leaves none ' +
                "to evict; set maxUnavailable: 1, or run more replicas.",
        ],
    ],
    "a budget that keeps none": [
        [istiod(3), istiodPdb({ minAvailable: 0 })],
        [useless("minAvailable 0")],
    ],
    "a budget that sets no limit": [
        [istiod(3), istiodPdb({})],
        [useless("neither minAvailable nor maxUnavailable")],
    ],
    "two budgets": [
        [
            istiod(3),
            istiodPdb({ minAvailable: 1 }),
            pdb(["istio-system", "all"], {}, { maxUnavailable: 1 }),
        ],
        [
            `${istiodName} is selected by PodDisruptionBudget "istio-system/istiod" and ` +
                'PodDisruptionBudget "istio-system/all": Kubernetes evicts no pod that has two budgets, ' +
                "so every drain hangs; keep one.",
        ],
    ],
    "a count beside an autoscaler": [
        [istiod(3), istiodHpa(3), istiodPdb({ minAvailable: 1 })],
        [
            `${istiodName} sets its replicas twice: spec.replicas is 3, and ${istiodScaler} scales it, ` +
                "so every update undoes the scaling; leave the number to the autoscaler.",
        ],
    ],
    "a minimum above the maximum": [
        [istiod(), istiodHpa(5, 3), istiodPdb({ minAvailable: 1 })],
        [
            `${istiodScaler} can't work: spec.minReplicas of ${istiodScaler} is 5, above spec.maxReplicas 3; ` +
                "raise spec.maxReplicas to 5 or more.",
        ],
    ],
};

const single = [istiod(1), edge(1), gateway({})];
const tooFew = (istiods: number, gateways: number, waypoints: number) => [
    ...(istiods > 1 ? [few(istiodName, 1, "spec.replicas is 1", "istiod", istiods)] : []),
    ...(gateways > 1 ? [few(edgeName, 1, "spec.replicas is 1", "gateways", gateways)] : []),
    ...(waypoints > 1
        ? [
              few(
                  waypointName,
                  1,
                  'spec.replicas in key "deployment" of the ConfigMap that ' +
                      "spec.infrastructure.parametersRef names is not set, which means 1",
                  "waypoints",
                  waypoints,
              ),
          ]
        : []),
];

export const table: RuleTable = {
    allowed: { ...allowed, ...made.allowed },
    denied: { ...denied, ...made.denied },
    unknown: {
        "workloads with an unknown number, and judges the others": [
            [istiod(), istiodHpa(unknown.number), edge(unknown.number), gateway({})],
            [
                '"istiod": number value at .spec.minReplicas can\'t be known during preview; ' +
                    '"edge": number value at .spec.replicas can\'t be known during preview',
            ],
            tooFew(0, 0, 2),
        ],
        "a count that is known to be set": [
            [istiod(unknown.number), istiodHpa(3), istiodPdb({ minAvailable: 1 })],
            ['"istiod": number value at .spec.replicas can\'t be known during preview'],
        ],
    },
    config: {
        istiod: [
            { value: 1, objects: single, messages: tooFew(1, 2, 2) },
            { value: 4, objects: single, messages: tooFew(4, 2, 2) },
        ],
        gateways: [
            { value: 1, objects: single, messages: tooFew(3, 1, 2) },
            { value: 4, objects: single, messages: tooFew(3, 4, 2) },
        ],
        operator: [
            {
                value: 2,
                objects: operator(1),
                messages: [
                    few(
                        'Deployment "sail-operator/sail-operator"',
                        1,
                        "spec.replicas is 1",
                        "operator",
                        2,
                    ),
                ],
            },
        ],
        waypoints: [
            { value: 1, objects: single, messages: tooFew(3, 2, 1) },
            { value: 4, objects: single, messages: tooFew(3, 2, 4) },
        ],
    },
};
