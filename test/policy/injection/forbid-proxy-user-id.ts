import { unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";
import { workload } from "../../support/workloads";

const web = (spec: Parameters<typeof workload>[2]) => workload("deployment", "shop/web", spec);
const wrong = (field: string) =>
    `Deployment "shop/web" sets ${field} to 1337, which is the sidecar's own, so what it sends isn't captured; ` +
    "set another number (IST0144).";

export const table: RuleTable = {
    allowed: {
        "no user": web({ containers: [{ name: "web" }] }),
        "another user": web({
            securityContext: { runAsUser: 1000 },
            containers: [{ name: "web", securityContext: { runAsGroup: 2000 } }],
        }),
        "a sidecar that was injected by hand": web({
            containers: [
                { name: "istio-proxy", securityContext: { runAsUser: 1337, runAsGroup: 1337 } },
            ],
        }),
        ztunnel: workload("daemonSet", "istio-system/ztunnel", {
            containers: [
                {
                    name: "istio-proxy",
                    image: "istio/ztunnel:1.31.3",
                    securityContext: { runAsGroup: 1337 },
                },
            ],
        }),
    },
    denied: {
        "the pod's user": [
            web({ securityContext: { runAsUser: 1337 } }),
            [wrong("securityContext.runAsUser")],
        ],
        "users and groups of containers": [
            web({
                initContainers: [{ name: "wait", securityContext: { runAsUser: 1337 } }],
                containers: [
                    { name: "web", securityContext: { runAsUser: 1000, runAsGroup: 1337 } },
                ],
            }),
            [
                wrong('securityContext of container "wait".runAsUser'),
                wrong('securityContext of container "web".runAsGroup'),
            ],
        ],
    },
    unknown: {
        "a user that isn't known yet": [
            web({ securityContext: { runAsUser: unknown.number } }),
            [
                "number value at .spec.template.spec.securityContext.runAsUser can't be known during preview",
            ],
        ],
    },
    config: {},
};
