import { unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";
import { workload } from "../../support/workloads";

const key = "sidecar.istio.io/inject";
const web = (label?: string, annotation?: string) =>
    workload("deployment", "shop/web", {
        ...(label !== undefined && { labels: { [key]: label } }),
        ...(annotation !== undefined && { annotations: { [key]: annotation } }),
    });
const name = 'Deployment "shop/web"';

export const table: RuleTable = {
    allowed: {
        nothing: web(),
        "the label": web("true"),
        "both, alike": web("false", "false"),
        "a node agent": workload("daemonSet", "mesh/agent", {
            annotations: { [key]: "false" },
            containers: [{ image: "docker.io/istio/install-cni:1.31.3" }],
        }),
    },
    denied: {
        "the annotation alone": [
            web(undefined, "true"),
            [
                `${name} has ${key}="true" as an annotation, which alone never calls the injector; ` +
                    "make it a label (IST0135).",
            ],
        ],
        "two answers": [
            web("true", "false"),
            [
                `${name} has the label ${key}="true" and the annotation "false": the label wins; ` +
                    "remove the annotation.",
            ],
        ],
        "a label that Istio doesn't know": [
            web("yes"),
            [
                `${name} has the label ${key}="yes", which counts as not set; set it to "true" or "false".`,
            ],
        ],
    },
    unknown: {
        "an annotation that isn't known yet": [
            web("true", unknown.string),
            [
                `string value at .spec.template.metadata.annotations.${key} can't be known during preview`,
            ],
        ],
    },
    config: {},
};
