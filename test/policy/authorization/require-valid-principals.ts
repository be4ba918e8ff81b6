import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const policy = (source: object, when?: object[]) =>
    object("authorizationPolicy", "shop/cart", { spec: { rules: [{ from: [{ source }], when }] } });
const nobody = (field: string, value: string, problem: string) =>
    `AuthorizationPolicy "shop/cart" names nobody by ${field} "${value}" in spec.rules[0]: ${problem}.`;
const form = "it isn't <trust domain>/ns/<namespace>/sa/<service account>";

export const table: RuleTable = {
    allowed: {
        identities: policy({
            principals: ["cluster.local/ns/shop/sa/web"],
            notPrincipals: ["prod.example.com/ns/shop/sa/edge"],
        }),
        wildcards: policy({ principals: ["*", "cluster.local/ns/shop/*", "*/sa/web"] }),
        "conditions on other things": policy({ namespaces: ["shop"] }, [
            { key: "request.headers[x]", values: ["spiffe://a"] },
        ]),
    },
    denied: {
        "a scheme": [
            policy({ principals: ["spiffe://cluster.local/ns/shop/sa/web"] }),
            [
                nobody(
                    "principals",
                    "spiffe://cluster.local/ns/shop/sa/web",
                    'it has no scheme; write "cluster.local/ns/shop/sa/web"',
                ),
            ],
        ],
        "parts missing": [
            policy({ principals: ["web", "shop/web"], notPrincipals: ["cluster.local/sa/web"] }),
            [
                nobody("principals", "web", form),
                nobody("principals", "shop/web", form),
                nobody("notPrincipals", "cluster.local/sa/web", form),
            ],
        ],
        "a wildcard inside": [
            policy({ principals: ["cluster.local/ns/*/sa/web"] }),
            [
                nobody(
                    "principals",
                    "cluster.local/ns/*/sa/web",
                    "* stands for text only at its start or its end",
                ),
            ],
        ],
        "a condition": [
            policy({ namespaces: ["shop"] }, [
                { key: "source.principal", values: ["web"], notValues: ["edge"] },
            ]),
            [nobody("source.principal", "web", form), nobody("source.principal", "edge", form)],
        ],
    },
    unknown: {
        "a principal that a preview can't know": [
            policy({ principals: [unknown.string] }),
            [
                "string value at .spec.rules.0.from.0.source.principals.0 can't be known during preview",
            ],
        ],
    },
    config: {
        trustDomains: [
            {
                value: ["prod.example.com"],
                objects: policy({
                    principals: ["prod.example.com/ns/shop/sa/web", "cluster.local/ns/shop/sa/web"],
                }),
                messages: [
                    nobody(
                        "principals",
                        "cluster.local/ns/shop/sa/web",
                        'its trust domain isn\'t "prod.example.com" (KIA0108)',
                    ),
                ],
            },
        ],
    },
};
