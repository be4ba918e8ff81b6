import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

import { edgeLabels, edgePods, http, https, listening } from "../../support/gateways";

const hosts = ["shop.example.com"];
const service = (...ports: object[]) =>
    object("service", "ingress/edge", { spec: { selector: edgeLabels, ports } });
const idle = (label: string) =>
    `Gateway "ingress/edge" selects ${label}, which no pod of the stack has, so it does nothing; correct the ` +
    `label, or list it in this rule's "external" (IST0101, KIA0302).`;
const other = { istio: "other" };

export const table: RuleTable = {
    allowed: {
        "pods and a port": [edgePods(), service({ port: 80 }), listening([http(hosts)])],
        "the pods' port": [
            edgePods(),
            service({ port: 443, targetPort: 8443 }),
            listening([https(hosts, {}, 8443)]),
        ],
        "pods without a Service of the stack": [edgePods(), listening([http(hosts)])],
        "a stack without gateways": listening([http(hosts)], "ingress/edge", other),
    },
    denied: {
        "no labels": [
            listening([http(hosts)], "ingress/edge", {}),
            [
                'Gateway "ingress/edge" has no spec.selector, so it configures every proxy; select the ' +
                    "gateway's pods by label.",
            ],
        ],
        "labels of no pod": [
            [edgePods(), listening([http(hosts)], "ingress/edge", other)],
            [idle("istio=other")],
        ],
        "a port of no Service": [
            [
                edgePods(),
                service({ port: 80, targetPort: "http" }),
                listening([http(hosts), https(hosts)]),
            ],
            [
                'Gateway "ingress/edge" listens to port 443 in spec.servers[1], which Service "ingress/edge" ' +
                    "doesn't have, so nobody reaches it; add the port to the Service (IST0162).",
            ],
        ],
    },
    unknown: {
        "a label that a preview can't know": [
            [edgePods(), listening([http(hosts)], "ingress/edge", { istio: unknown.string })],
            ['"edge": string value at .spec.selector.istio can\'t be known during preview'],
        ],
    },
    config: {
        external: [
            {
                value: ["istio=other"],
                objects: [
                    edgePods(),
                    listening([http(hosts)], "ingress/edge", other),
                    listening([http(hosts)], "ingress/edge", { istio: "third" }),
                ],
                messages: [idle("istio=third")],
            },
        ],
    },
};
