import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const namespace = object("namespace", "shop");
const policy = (source: object) =>
    object("authorizationPolicy", "shop/cart", { spec: { rules: [{ from: [{ source }] }] } });
const principal = (account: string) =>
    policy({ principals: [`cluster.local/ns/shop/sa/${account}`] });
const missing = (value: string, name: string) =>
    `AuthorizationPolicy "shop/cart" names "${value}" in spec.rules[0], but the stack makes namespace "shop" ` +
    `and no ServiceAccount "${name}" in it; correct the name, or add it to this rule's "external" (KIA0106).`;

export const table: RuleTable = {
    allowed: {
        "an account of the stack": [
            namespace,
            object("serviceAccount", "shop/web"),
            principal("web"),
        ],
        "the account that every namespace has": [namespace, principal("default")],
        "an account of a gateway": [
            namespace,
            object("gateway", "shop/edge", { spec: { gatewayClassName: "istio" } }),
            principal("edge-istio"),
        ],
        "an account of a waypoint": [
            namespace,
            object("gateway", "shop/waypoint", { spec: { gatewayClassName: "istio-waypoint" } }),
            principal("waypoint"),
        ],
        "a namespace that another program makes": principal("web"),
        "a wildcard": [namespace, policy({ principals: ["*", "cluster.local/ns/shop/*"] })],
    },
    denied: {
        principals: [
            [
                namespace,
                policy({
                    principals: ["cluster.local/ns/shop/sa/web"],
                    notPrincipals: ["cluster.local/ns/shop/sa/edge"],
                }),
            ],
            [
                missing("cluster.local/ns/shop/sa/web", "shop/web"),
                missing("cluster.local/ns/shop/sa/edge", "shop/edge"),
            ],
        ],
        accounts: [
            [namespace, policy({ serviceAccounts: ["shop/web"], notServiceAccounts: ["edge"] })],
            [missing("shop/web", "shop/web"), missing("edge", "shop/edge")],
        ],
    },
    unknown: {
        "a principal that a preview can't know": [
            [namespace, policy({ principals: [unknown.string] })],
            [
                '"cart": string value at .spec.rules.0.from.0.source.principals.0 can\'t be known during preview',
            ],
        ],
    },
    config: {
        external: [
            {
                value: ["shop/web"],
                objects: [namespace, policy({ serviceAccounts: ["web", "edge"] })],
                messages: [missing("edge", "shop/edge")],
            },
        ],
    },
};
