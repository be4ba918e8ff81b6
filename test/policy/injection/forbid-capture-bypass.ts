import { unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";
import { workload } from "../../support/workloads";

const traffic = "traffic.sidecar.istio.io";
const web = (annotations: object) => workload("deployment", "shop/web", { annotations });
const says = (text: string) => `Deployment "shop/web" has ${text}`;

export const table: RuleTable = {
    allowed: {
        "no annotation": web({}),
        "exclusions of nothing": web({ [`${traffic}/excludeOutboundPorts`]: "" }),
        "inclusion of all": web({ [`${traffic}/includeInboundPorts`]: "*" }),
        "a bypass that is off": web({ "ambient.istio.io/bypass-inbound-capture": "false" }),
        "a gateway": workload("deployment", "ingress/edge", {
            annotations: {
                "inject.istio.io/templates": "gateway",
                [`${traffic}/excludeInboundPorts`]: "9000",
            },
        }),
    },
    denied: {
        ports: [
            web({
                [`${traffic}/excludeInboundPorts`]: "5432, 9090",
                [`${traffic}/excludeOutboundPorts`]: "3306",
            }),
            [
                says(
                    `${traffic}/excludeInboundPorts="5432, 9090", so requests to these ports reach it in plain text; ` +
                        "remove 5432, 9090.",
                ),
                says(
                    `${traffic}/excludeOutboundPorts="3306", so requests to these ports leave it in plain text; ` +
                        "remove 3306.",
                ),
            ],
        ],
        "addresses and interfaces": [
            web({
                [`${traffic}/excludeOutboundIPRanges`]: "10.0.0.0/8",
                [`${traffic}/excludeInterfaces`]: "net1",
            }),
            [
                says(
                    `${traffic}/excludeOutboundIPRanges="10.0.0.0/8", so requests to these addresses leave it in ` +
                        "plain text; remove 10.0.0.0/8.",
                ),
                says(
                    `${traffic}/excludeInterfaces="net1", so traffic of these interfaces goes past the sidecar; ` +
                        "remove net1.",
                ),
            ],
        ],
        "inclusion of some": [
            web({
                [`${traffic}/includeInboundPorts`]: "8080",
                [`${traffic}/includeOutboundIPRanges`]: "",
            }),
            [
                says(
                    `${traffic}/includeInboundPorts="8080", so requests to all other ports reach it in plain text; ` +
                        "remove the annotation.",
                ),
                says(
                    `${traffic}/includeOutboundIPRanges="", so requests to all other addresses leave it in plain ` +
                        "text; remove the annotation.",
                ),
            ],
        ],
        "past ztunnel": [
            web({ "ambient.istio.io/bypass-inbound-capture": "true" }),
            [
                says(
                    'ambient.istio.io/bypass-inbound-capture="true", so all requests reach it in plain text, past ' +
                        "ztunnel; remove the annotation.",
                ),
            ],
        ],
    },
    unknown: {
        "ports that aren't known yet": [
            web({ [`${traffic}/excludeInboundPorts`]: unknown.string }),
            [
                `string value at .spec.template.metadata.annotations.${traffic}/excludeInboundPorts can't be known during preview`,
            ],
        ],
    },
    config: {
        ports: [
            {
                value: ["9090"],
                objects: [
                    web({
                        [`${traffic}/excludeInboundPorts`]: "5432,9090",
                        [`${traffic}/excludeInterfaces`]: "9090",
                    }),
                ],
                messages: [
                    says(
                        `${traffic}/excludeInboundPorts="5432,9090", so requests to these ports reach it in plain text; ` +
                            "remove 5432.",
                    ),
                    says(
                        `${traffic}/excludeInterfaces="9090", so traffic of these interfaces goes past the sidecar; ` +
                            "remove 9090.",
                    ),
                ],
            },
        ],
    },
};
