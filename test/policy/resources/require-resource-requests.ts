import { unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";
import { chartGateway, workload } from "../../support/workloads";

const ztunnel = (resources?: object) =>
    workload("daemonSet", "istio-system/ztunnel", {
        containers: [{ name: "istio-proxy", image: "docker.io/istio/ztunnel:1.31.3", resources }],
    });
const both = { requests: { cpu: "200m", memory: "512Mi" } };

export const table: RuleTable = {
    allowed: {
        "both requests": ztunnel(both),
        "a gateway with the chart's requests": chartGateway,
        "an application": workload("deployment", "shop/web", {
            containers: [{ name: "web", image: "nginx" }],
        }),
        "an application that adjusts its sidecar": workload("deployment", "shop/web", {
            containers: [{ name: "istio-proxy", image: "auto" }],
        }),
        "an application with a proxy injected by hand": workload("deployment", "shop/web", {
            containers: [
                {
                    name: "istio-proxy",
                    image: "docker.io/istio/proxyv2:1.31.3",
                    args: ["proxy", "sidecar"],
                },
            ],
        }),
        "containers that only run first": workload("daemonSet", "istio-system/ztunnel", {
            initContainers: [{ name: "wait", image: "busybox" }],
            containers: [{ name: "istio-proxy", image: "istio/ztunnel:1.31.3", resources: both }],
        }),
    },
    denied: {
        "no resources": [
            ztunnel(),
            [
                'DaemonSet "istio-system/ztunnel" runs "istio-proxy" of ztunnel without a request for cpu and memory; ' +
                    "set resources.requests.cpu and resources.requests.memory.",
            ],
        ],
        "a gateway with one request": [
            workload("deployment", "ingress/edge", {
                containers: [
                    {
                        name: "router",
                        image: "docker.io/istio/proxyv2:1.31.3",
                        args: ["proxy", "router"],
                        resources: { requests: { cpu: "100m" }, limits: { memory: "1Gi" } },
                    },
                ],
            }),
            [
                'Deployment "ingress/edge" runs "router" of gateway without a request for memory; ' +
                    "set resources.requests.memory.",
            ],
        ],
    },
    unknown: {
        "requests that aren't known yet": [
            ztunnel({ requests: unknown.object }),
            [
                "Object value at .spec.template.spec.containers.0.resources.requests can't be known during preview",
            ],
        ],
    },
    config: {},
};
