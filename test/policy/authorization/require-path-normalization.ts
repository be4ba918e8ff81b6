import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const istiod = object("deployment", "istio-system/istiod", {
    spec: { template: { metadata: { labels: { app: "istiod" } } } },
});
const mesh = (text: unknown) => object("configMap", "istio-system/istio", { data: { mesh: text } });
const sail = (normalization?: string) =>
    object("istio", "default", {
        spec: { values: { meshConfig: { pathNormalization: { normalization } } } },
    });
const byPath = object("authorizationPolicy", "shop/cart", {
    spec: { rules: [{ to: [{ operation: { notPaths: ["/admin"] } }] }] },
});
const short = (subject: string, given: string, minimum = "MERGE_SLASHES") =>
    `${subject} has meshConfig.pathNormalization.normalization ${given}, but policies of the stack judge ` +
    `paths, which other spellings pass; set it to ${minimum} or more.`;
const unset = "unset, which means BASE";

export const table: RuleTable = {
    allowed: {
        "enough, by a chart": [
            istiod,
            mesh("pathNormalization: {normalization: MERGE_SLASHES}"),
            byPath,
        ],
        "more, by Sail": [sail("DECODE_AND_MERGE_SLASHES"), byPath],
        "no policy with paths": [
            sail(),
            object("authorizationPolicy", "shop/cart", { spec: { rules: [{}] } }),
        ],
        "an istiod whose ConfigMap is made elsewhere": [istiod, byPath],
        "another Deployment": [object("deployment", "shop/cart"), byPath],
    },
    denied: {
        "Istio's default, by a chart": [
            [istiod, mesh("trustDomain: cluster.local"), byPath],
            [short('Deployment "istio-system/istiod"', unset)],
        ],
        "Istio's default, by Sail": [[sail(), byPath], [short('Istio "default"', unset)]],
        "none at all": [[sail("NONE"), byPath], [short('Istio "default"', "NONE")]],
    },
    unknown: {
        "a mesh that a preview can't know": [
            [istiod, mesh(unknown.string), byPath],
            ['"istiod": string value at .data.mesh can\'t be known during preview'],
        ],
    },
    config: {
        minimum: [
            {
                value: "DECODE_AND_MERGE_SLASHES",
                objects: [sail("MERGE_SLASHES"), byPath],
                messages: [short('Istio "default"', "MERGE_SLASHES", "DECODE_AND_MERGE_SLASHES")],
            },
            { value: "BASE", objects: [sail("DEFAULT"), byPath], messages: [] },
        ],
    },
};
