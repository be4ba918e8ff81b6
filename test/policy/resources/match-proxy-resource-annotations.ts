import { unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";
import { workload } from "../../support/workloads";

const web = (annotations: object) => workload("deployment", "shop/web", { annotations });
const cpu = "sidecar.istio.io/proxyCPU";
const memory = "sidecar.istio.io/proxyMemory";
const cpuLimit = "sidecar.istio.io/proxyCPULimit";
const memoryLimit = "sidecar.istio.io/proxyMemoryLimit";
const whole = { [cpu]: "100m", [memory]: "128Mi", [memoryLimit]: "1Gi" };
const name = 'Deployment "shop/web"';

export const table: RuleTable = {
    allowed: {
        "no annotation": web({}),
        "requests and a memory limit": web(whole),
        "all four": web({ ...whole, [cpuLimit]: "2" }),
        "a limit in another unit": web({
            ...whole,
            [memory]: "131072Ki",
            [memoryLimit]: "134217728",
        }),
    },
    denied: {
        "one of four": [
            web({ [cpu]: "1" }),
            [
                `${name} sets ${cpu}, which drops all defaults of its sidecar; set ${memory} and ${memoryLimit} too.`,
            ],
        ],
        "limits alone": [
            web({ [memoryLimit]: "1Gi", [cpuLimit]: "2" }),
            [
                `${name} sets ${memoryLimit} and ${cpuLimit}, which drops all defaults of its sidecar; ` +
                    `set ${cpu} and ${memory} too.`,
            ],
        ],
        "no quantity": [
            web({ ...whole, [memory]: "128 MB" }),
            [`${name} has ${memory}="128 MB", which is no quantity; set it as 100m or 128Mi.`],
        ],
        "requests above their limits": [
            web({ [cpu]: "1500m", [cpuLimit]: "1", [memory]: "2Gi", [memoryLimit]: "1Gi" }),
            [
                `${name} has ${cpu}="1500m" above ${cpuLimit}="1", so its pods are refused; ` +
                    "lower the one or raise the other.",
                `${name} has ${memory}="2Gi" above ${memoryLimit}="1Gi", so its pods are refused; ` +
                    "lower the one or raise the other.",
            ],
        ],
    },
    unknown: {
        "an annotation that isn't known yet": [
            web({ [cpu]: unknown.string }),
            [
                `string value at .spec.template.metadata.annotations.${cpu} can't be known during preview`,
            ],
        ],
    },
    config: {},
};
