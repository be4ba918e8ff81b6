import { chartIstiod, sailIstio } from "../../support/mesh";
import { unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const outside = (subject: string, version: string, range: string, cluster: string) =>
    `${subject} runs Istio ${version}, which is for Kubernetes ${range}, but the cluster has ${cluster}; ` +
    "choose a release for it, or move the cluster first (IST0142).";
const istiod = 'Deployment "istio-system/istiod"';

export const table: RuleTable = {
    allowed: {
        "a release for the cluster": [chartIstiod(), sailIstio({})],
        "a release newer than the pack": chartIstiod({ version: "1.40.0" }),
        "a tag without a version": chartIstiod({ version: "latest" }),
    },
    denied: {
        "a release that is too old": [
            chartIstiod({ version: "1.27.3" }),
            [outside(istiod, "1.27.3", "1.29 to 1.33", "1.34")],
        ],
    },
    unknown: {
        "a version that isn't known yet": [
            sailIstio({}, { version: unknown.string }),
            ['"default": string value at .spec.version can\'t be known during preview'],
        ],
    },
    config: {
        cluster: [
            { value: "1.36", objects: [chartIstiod(), sailIstio({})], messages: [] },
            {
                value: "1.31",
                objects: [
                    chartIstiod(),
                    sailIstio({}, { version: "v1.29.3" }),
                    chartIstiod({ version: "latest", revision: "canary" }),
                ],
                messages: [outside(istiod, "1.31.3", "1.32 to 1.36", "1.31")],
            },
            {
                value: "1.37",
                objects: [sailIstio({}, { version: "v1.30.7" })],
                messages: [outside('Istio "default"', "1.30.7", "1.32 to 1.36", "1.37")],
            },
        ],
    },
};
