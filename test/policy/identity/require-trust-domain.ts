import { chartIstiod, injectorConfigMap, meshConfigMap, sailIstio } from "../../support/mesh";
import { unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const common = (subject: string, joined: string) =>
    `${subject} has the default trust domain "cluster.local"${joined}, so its identities look like those of any ` +
    "other mesh; set meshConfig.trustDomain to a name of your own, such as prod.example.com.";
const istiod = 'Deployment "istio-system/istiod"';

export const table: RuleTable = {
    allowed: {
        "a domain of its own": [
            chartIstiod(),
            meshConfigMap("trustDomain: prod.example.com"),
            injectorConfigMap({ network: "n1" }),
        ],
        "a mesh that stands alone": [chartIstiod(), meshConfigMap("{}"), injectorConfigMap({})],
        "a mesh whose config is elsewhere": [chartIstiod(), injectorConfigMap({ network: "n1" })],
        "an Istio with a domain": sailIstio({
            meshConfig: { trustDomain: "prod.example.com" },
            global: { meshID: "prod" },
        }),
    },
    denied: {
        "a chart with a network": [
            [
                chartIstiod(),
                meshConfigMap("trustDomain: cluster.local"),
                injectorConfigMap({ network: "n1", meshID: "prod" }),
            ],
            [common(istiod, ' and network "n1"')],
        ],
        "an Istio with a mesh id": [
            sailIstio({ global: { meshID: "prod" } }),
            [common('Istio "default"', ' and mesh id "prod"')],
        ],
    },
    unknown: {
        "a domain that isn't known yet": [
            sailIstio({ meshConfig: { trustDomain: unknown.string }, global: { meshID: "prod" } }),
            [
                '"default": string value at .spec.values.meshConfig.trustDomain can\'t be known during preview',
            ],
        ],
    },
    config: {
        always: [
            {
                value: true,
                objects: [chartIstiod(), meshConfigMap("{}")],
                messages: [common(istiod, "")],
            },
        ],
    },
};
