import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

import { edgeLabels, edgePods } from "../../support/gateways";

const service = (type: unknown, selector: object | undefined = edgeLabels, name = "ingress/edge") =>
    object("service", name, { spec: { type, selector } });
const gateway = (type: string, infrastructure?: object) =>
    object("gateway", "ingress/edge", {
        metadata: { annotations: { "networking.istio.io/service-type": type } },
        spec: { infrastructure },
    });
const nodePort = (name = "ingress/edge") =>
    `Service "${name}" is of type NodePort, which opens its ports on every node; make it ClusterIP behind a ` +
    `gateway, or list "${name}" in this rule's "allowed".`;
const astray = (type = "LoadBalancer") =>
    `Service "ingress/edge" is of type ${type} but leads to no gateway of the stack; make it ClusterIP behind a ` +
    'gateway, or list "ingress/edge" in this rule\'s "allowed".';
const gatewayNodePort =
    'Gateway "ingress/edge" is of type NodePort by networking.istio.io/service-type, which opens its ports on ' +
    'every node; set LoadBalancer or ClusterIP, or list "ingress/edge" in this rule\'s "allowed".';

export const table: RuleTable = {
    allowed: {
        "a gateway's load balancer": [edgePods(), service("LoadBalancer")],
        "a managed gateway's": service("LoadBalancer", {
            "gateway.networking.k8s.io/gateway-name": "edge",
        }),
        "inside the cluster": service("ClusterIP"),
        "without a type": service(undefined),
        "a Gateway's load balancer": gateway("LoadBalancer"),
        "a Gateway's own word over its labels": gateway("NodePort", {
            annotations: { "networking.istio.io/service-type": "ClusterIP" },
        }),
    },
    denied: {
        "a load balancer for an application": [
            [
                object("deployment", "ingress/edge", {
                    spec: { template: { metadata: { labels: edgeLabels } } },
                }),
                service("LoadBalancer"),
            ],
            [astray()],
        ],
        "a load balancer for a gateway elsewhere": [
            [edgePods("other/edge"), service("LoadBalancer")],
            [astray()],
        ],
        "a load balancer without a selector": [
            [edgePods(), object("service", "ingress/edge", { spec: { type: "LoadBalancer" } })],
            [astray()],
        ],
        "a node port": [[edgePods(), service("NodePort")], [nodePort()]],
        "a Gateway's node port": [gateway("NodePort"), [gatewayNodePort]],
    },
    unknown: {
        "a type that a preview can't know": [
            service(unknown.string),
            ['"edge": string value at .spec.type can\'t be known during preview'],
        ],
    },
    config: {
        allowed: [
            {
                value: ["ingress/edge"],
                objects: [
                    service("NodePort"),
                    gateway("NodePort"),
                    service("NodePort", {}, "shop/web"),
                ],
                messages: [nodePort("shop/web")],
            },
        ],
        nodePorts: [
            {
                value: true,
                objects: [service("NodePort"), gateway("NodePort")],
                messages: [astray("NodePort")],
            },
        ],
    },
};
