import {
    chartIstiod,
    chartZtunnel,
    injectorConfigMap,
    sailIstio,
    sailZtunnel,
    toDefault,
} from "../../support/mesh";
import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const chart = [chartIstiod(), injectorConfigMap({ network: "n1" })];
const namespace = (network: string) =>
    object("namespace", "istio-system", {
        metadata: { labels: { "topology.istio.io/network": network } },
    });
const apart = (subject: string, own: string, others: string, fix: string) =>
    `${subject} is on ${own}, but istiod gives ${others}, so requests between them go through a gateway or nowhere; ` +
    `set ${fix} to "n1".`;
const given = (owner: string) => `network "n1" to sidecars and gateways (${owner})`;
const istiod = 'Deployment "istio-system/istiod"';

export const table: RuleTable = {
    allowed: {
        "one network": [...chart, chartZtunnel({ network: "n1" }), namespace("n1")],
        "none at all": [chartIstiod(), injectorConfigMap({}), chartZtunnel()],
        "a ZTunnel that takes the Istio's": [
            sailIstio({ global: { network: "n1" } }),
            sailZtunnel(toDefault),
        ],
        "an injector of another stack": [
            chartIstiod(),
            chartZtunnel({ network: "n1" }),
            namespace("n2"),
        ],
        "the label of a namespace that istiod isn't in": [
            ...chart,
            object("namespace", "shop", {
                metadata: { labels: { "topology.istio.io/network": "n2" } },
            }),
        ],
    },
    denied: {
        "a ztunnel chart without one": [
            [...chart, chartZtunnel()],
            [
                apart(
                    'DaemonSet "istio-system/ztunnel"',
                    "no network",
                    given(istiod),
                    "network of the ztunnel chart",
                ),
            ],
        ],
        "a ztunnel of a revision on another": [
            [
                chartIstiod({ revision: "canary" }),
                injectorConfigMap({ network: "n1" }, "canary"),
                chartZtunnel({ network: "n2", address: "istiod-canary.istio-system.svc:15012" }),
            ],
            [
                apart(
                    'DaemonSet "istio-system/ztunnel"',
                    'network "n2"',
                    given('Deployment "istio-system/istiod-canary"'),
                    "network of the ztunnel chart",
                ),
            ],
        ],
        "a ZTunnel with another": [
            [
                sailIstio({ global: { network: "n1" } }),
                sailZtunnel({ ...toDefault, values: { ztunnel: { network: "n2" } } }),
            ],
            [
                apart(
                    'ZTunnel "default"',
                    'network "n2"',
                    given('Istio "default"'),
                    "spec.values.ztunnel.network",
                ),
            ],
        ],
        "another label": [
            [...chart, namespace("n2")],
            [
                'Namespace "istio-system" has topology.istio.io/network=n2, but istiod gives network "n1" to proxies ' +
                    `(${istiod}); make them the same.`,
            ],
        ],
    },
    unknown: {
        "a network that isn't known yet": [
            [sailIstio({ global: { network: unknown.string } }), sailZtunnel(toDefault)],
            [
                '"default": string value at .spec.values.global.network can\'t be known during preview',
            ],
        ],
    },
    config: {},
};
