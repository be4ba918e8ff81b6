import { chartIstiod, injectorConfigMap, sailIstio } from "../../support/mesh";
import { unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const missing = (subject: string) =>
    `${subject} puts its proxies on network "n1" without a mesh id; ` +
    "set global.meshID, the same in every cluster of the mesh.";

export const table: RuleTable = {
    allowed: {
        "network and id": [chartIstiod(), injectorConfigMap({ network: "n1", meshID: "prod" })],
        "no network": sailIstio({ global: {} }),
        "an injector of another stack": chartIstiod(),
    },
    denied: {
        "a chart with a network": [
            [chartIstiod(), injectorConfigMap({ network: "n1", meshID: "" })],
            [missing('Deployment "istio-system/istiod"')],
        ],
        "an Istio with a network": [
            sailIstio({ global: { network: "n1" } }),
            [missing('Istio "default"')],
        ],
    },
    unknown: {
        "an id that isn't known yet": [
            sailIstio({ global: { network: "n1", meshID: unknown.string } }),
            [
                '"default": string value at .spec.values.global.meshID can\'t be known during preview',
            ],
        ],
    },
    config: {},
};
