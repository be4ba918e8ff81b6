import { unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";
import { chartGateway, workload } from "../../support/workloads";

const out = { "sidecar.istio.io/inject": "false" };
const web = (labels: object, name = "shop/web") => workload("deployment", name, { labels });
const sidecar = (subject: string) =>
    `${subject} opts out of sidecars by sidecar.istio.io/inject="false"; remove it.`;

export const table: RuleTable = {
    allowed: {
        "pods that say nothing": web({ app: "web" }),
        "pods that opt in": web({ "sidecar.istio.io/inject": "true" }),
        "a part of the mesh": workload("daemonSet", "mesh/ztunnel", {
            labels: { ...out, "istio.io/dataplane-mode": "none" },
            containers: [{ image: "docker.io/istio/ztunnel:1.31.3" }],
        }),
        "a gateway": chartGateway,
        "a pod of Kubernetes' own": web(out, "kube-system/dns"),
        "a CronJob": workload("cronJob", "shop/nightly", { labels: out }),
    },
    denied: {
        "out by label": [web(out), [sidecar('Deployment "shop/web"')]],
        "out by annotation": [
            workload("statefulSet", "shop/db", { annotations: out }),
            [sidecar('StatefulSet "shop/db"')],
        ],
        "out of ambient": [
            workload("pod", "shop/debug", { labels: { "istio.io/dataplane-mode": "none" } }),
            ['Pod "shop/debug" opts out of ambient by istio.io/dataplane-mode=none; remove it.'],
        ],
    },
    unknown: {
        "a label that isn't known yet": [
            web({ "sidecar.istio.io/inject": unknown.string }),
            [
                "string value at .spec.template.metadata.labels.sidecar.istio.io/inject can't be known during preview",
            ],
        ],
    },
    config: {
        system: [
            {
                value: ["shop"],
                objects: [web(out), web(out, "kube-system/dns")],
                messages: [sidecar('Deployment "kube-system/dns"')],
            },
        ],
        jobs: [
            {
                value: false,
                objects: [workload("job", "shop/load", { labels: out })],
                messages: [sidecar('Job "shop/load"')],
            },
        ],
    },
};
