import {
    chartCni,
    chartIstiod,
    chartZtunnel,
    sailCni,
    sailIstio,
    sailZtunnel,
} from "../../support/mesh";
import { unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";
import { workload } from "../../support/workloads";

const istiod = 'Deployment "istio-system/istiod" runs 1.31.3';
const behind = (subject: string, part: string, version: string, planes = istiod) =>
    `${subject} runs ${part} ${version}, but ${planes}: more than 1 minor release newer; upgrade ${part} first.`;

export const table: RuleTable = {
    allowed: {
        "one release": [chartIstiod(), chartZtunnel(), chartCni("1.31.3")],
        "one minor behind": [chartIstiod(), chartZtunnel({ version: "1.30.0" })],
        "near one of two istiods": [
            chartIstiod({ version: "1.29.4", revision: "stable" }),
            chartIstiod({ revision: "canary" }),
            chartZtunnel({ version: "1.29.4" }),
        ],
        "a mesh of another stack": chartZtunnel({ version: "1.20.0" }),
        "a tag without a version": [chartIstiod(), chartCni("latest")],
    },
    denied: {
        "ztunnel and the CNI agent two behind": [
            [chartIstiod(), chartZtunnel({ version: "1.29.4" }), chartCni("1.28.1")],
            [
                behind('DaemonSet "istio-system/ztunnel"', "ztunnel", "1.29.4"),
                behind('DaemonSet "istio-system/istio-cni-node"', "istio-cni", "1.28.1"),
            ],
        ],
        "a gateway with its own image": [
            [
                chartIstiod(),
                workload("deployment", "ingress/edge", {
                    containers: [
                        {
                            image: "docker.io/istio/proxyv2:1.29.0-distroless",
                            args: ["proxy", "router"],
                        },
                    ],
                }),
            ],
            [behind('Deployment "ingress/edge"', "gateway", "1.29.0")],
        ],
        "Sail's objects": [
            [sailIstio({}), sailZtunnel({ version: "v1.29.4" }), sailCni({ version: "v1.29.4" })],
            [
                behind('IstioCNI "default"', "istio-cni", "1.29.4", 'Istio "default" runs 1.31.3'),
                behind('ZTunnel "default"', "ztunnel", "1.29.4", 'Istio "default" runs 1.31.3'),
            ],
        ],
    },
    unknown: {
        "a version that isn't known yet": [
            [sailIstio({}, { version: unknown.string }), sailCni({ version: "v1.31.3" })],
            ['"default": string value at .spec.version can\'t be known during preview'],
        ],
    },
    config: {
        minors: [
            {
                value: 0,
                objects: [chartIstiod(), chartZtunnel({ version: "1.30.7" })],
                messages: [
                    'DaemonSet "istio-system/ztunnel" runs ztunnel 1.30.7, but ' +
                        `${istiod}: more than 0 minor releases newer; upgrade ztunnel first.`,
                ],
            },
        ],
    },
};
