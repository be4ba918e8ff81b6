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

const ztunnel = 'DaemonSet "istio-system/ztunnel"';
const cni = 'DaemonSet "istio-system/istio-cni-node"';
const ahead = (subject: string, what: string, runs: string, first: string) =>
    `${subject} runs ${what}, but ${runs}, which is older; upgrade ${first} first.`;

export const table: RuleTable = {
    allowed: {
        "one version": [chartIstiod(), chartCni("1.31.3"), chartZtunnel()],
        "in the middle of an upgrade": [
            chartIstiod(),
            chartCni("1.31.3"),
            chartZtunnel({ version: "1.30.7" }),
        ],
        "istiod first": [chartIstiod(), chartCni("1.30.7"), chartZtunnel({ version: "1.30.7" })],
        "an older istiod beside the new one": [
            chartIstiod({ version: "1.30.7", revision: "stable" }),
            chartIstiod({ revision: "canary" }),
            chartZtunnel(),
        ],
        "node agents of another stack's mesh": [chartCni("1.31.3"), chartZtunnel()],
    },
    denied: {
        "ztunnel before istiod and the CNI agent": [
            [chartIstiod(), chartCni("1.31.3"), chartZtunnel({ version: "1.32.0" })],
            [
                ahead(
                    ztunnel,
                    "ztunnel 1.32.0",
                    'Deployment "istio-system/istiod" runs 1.31.3',
                    "istiod",
                ),
                ahead(ztunnel, "ztunnel 1.32.0", `${cni} runs 1.31.3`, "istio-cni"),
            ],
        ],
        "the CNI agent before istiod": [
            [chartIstiod(), chartCni("1.31.10")],
            [
                ahead(
                    cni,
                    "istio-cni 1.31.10",
                    'Deployment "istio-system/istiod" runs 1.31.3',
                    "istiod",
                ),
            ],
        ],
        "Sail's objects": [
            [
                sailIstio({}, { version: "v1.30.7" }),
                sailCni({ version: "v1.30.7" }),
                sailZtunnel({ version: "v1.31.3" }),
            ],
            [
                ahead(
                    'ZTunnel "default"',
                    "ztunnel 1.31.3",
                    'Istio "default" runs 1.30.7',
                    "istiod",
                ),
                ahead(
                    'ZTunnel "default"',
                    "ztunnel 1.31.3",
                    'IstioCNI "default" runs 1.30.7',
                    "istio-cni",
                ),
            ],
        ],
    },
    unknown: {
        "a version that isn't known yet": [
            [sailIstio({}), sailZtunnel({ version: unknown.string })],
            ['"default": string value at .spec.version can\'t be known during preview'],
        ],
    },
    config: {},
};
