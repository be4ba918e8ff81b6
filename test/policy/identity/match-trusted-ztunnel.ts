import { chartIstiod, chartZtunnel, sailIstio, sailZtunnel } from "../../support/mesh";
import { unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const refused = (subject: string, account: string, others: string, namespace: string) =>
    `${subject} runs as "${account}", but ${others}, so istiod gives it no certificate for any pod; ` +
    `set pilot.trustedZtunnelNamespace of istiod to "${namespace}".`;

export const table: RuleTable = {
    allowed: {
        "both in one namespace": [chartIstiod(), chartZtunnel()],
        "the account that istiod was told": [
            chartIstiod({ trusted: "ztunnel/ztunnel" }),
            chartZtunnel({ namespace: "ztunnel" }),
        ],
        "one of several accounts": [
            chartIstiod({ trusted: "kube-system/ztunnel, ztunnel/ztunnel" }),
            chartZtunnel({ namespace: "ztunnel" }),
        ],
        "Sail's namespace": [
            sailIstio({ pilot: { trustedZtunnelNamespace: "ztunnel" } }),
            sailZtunnel({}),
        ],
        "a mesh of another stack": chartZtunnel({ namespace: "ztunnel" }),
    },
    denied: {
        "Sail's defaults": [
            [sailIstio({}), sailZtunnel({})],
            [
                refused(
                    'ZTunnel "default"',
                    "ztunnel/ztunnel",
                    'Istio "default" trusts "istio-system/ztunnel"',
                    "ztunnel",
                ),
            ],
        ],
        "a chart in a namespace of its own": [
            [chartIstiod(), chartZtunnel({ namespace: "mesh" })],
            [
                refused(
                    'DaemonSet "mesh/ztunnel"',
                    "mesh/ztunnel",
                    'Deployment "istio-system/istiod" trusts "istio-system/ztunnel"',
                    "mesh",
                ),
            ],
        ],
        "a revision that trusts another": [
            [
                chartIstiod({ revision: "canary" }),
                chartZtunnel({
                    namespace: "mesh",
                    address: "istiod-canary.istio-system.svc:15012",
                }),
            ],
            [
                refused(
                    'DaemonSet "mesh/ztunnel"',
                    "mesh/ztunnel",
                    'Deployment "istio-system/istiod-canary" trusts "istio-system/ztunnel"',
                    "mesh",
                ),
            ],
        ],
        "another account": [
            [
                chartIstiod({ trusted: "istio-system/ztunnel" }),
                chartZtunnel({ account: "ztunnel-2" }),
            ],
            [
                refused(
                    'DaemonSet "istio-system/ztunnel"',
                    "istio-system/ztunnel-2",
                    'Deployment "istio-system/istiod" trusts "istio-system/ztunnel"',
                    "istio-system",
                ),
            ],
        ],
    },
    unknown: {
        "a namespace that isn't known yet": [
            [sailIstio({ pilot: { trustedZtunnelNamespace: unknown.string } }), sailZtunnel({})],
            [
                '"default": string value at .spec.values.pilot.trustedZtunnelNamespace can\'t be known during preview',
            ],
        ],
    },
    config: {},
};
