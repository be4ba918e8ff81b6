import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const policy = (rules: unknown, action?: string) =>
    object("authorizationPolicy", "shop/cart", { spec: { action, rules } });
const from = (source: object) => ({ from: [{ source }] });
const to = { to: [{ operation: { paths: ["/public"] } }] };
const empty =
    'AuthorizationPolicy "shop/cart" allows every request: spec.rules[0] is empty; say who may call (from) ' +
    "and what (to).";
const open = (takes: string, field: string, index = 0) =>
    `AuthorizationPolicy "shop/cart" allows ${takes}: spec.rules[${index}].from has ${field} that take all; ` +
    "name the callers.";

export const table: RuleTable = {
    allowed: {
        "allow nothing": policy(undefined),
        "named callers": policy([from({ principals: ["cluster.local/ns/shop/sa/web"] })]),
        "one service account name anywhere": policy([from({ principals: ["*/sa/web"] })]),
        "a public path": policy([to]),
        "a condition": policy([{ when: [{ key: "request.auth.claims[group]", values: ["a"] }] }]),
        "any token": policy([from({ requestPrincipals: ["*"] })]),
        "deny all": policy([{}], "DENY"),
    },
    denied: {
        "an empty rule": [policy([{}]), [empty]],
        "a rule of empty lists": [policy([{ from: [], to: [] }], "ALLOW"), [empty]],
        "all addresses": [
            policy([from({ ipBlocks: ["10.0.0.0/8", "0.0.0.0/0"] })]),
            [open("every address", "ipBlocks")],
        ],
        "all namespaces, second": [
            policy([from({ namespaces: ["shop"] }), from({ namespaces: ["*"] })]),
            [open("every workload of every namespace", "namespaces", 1)],
        ],
        "all certificates": [
            policy([from({ principals: ["*"] })]),
            [open("every workload with a certificate of the mesh", "principals")],
        ],
    },
    unknown: {
        "a rule that a preview can't know, after one that it can": [
            policy([{}, from({ namespaces: [unknown.string] })]),
            [
                "string value at .spec.rules.1.from.0.source.namespaces.0 can't be known during preview",
            ],
            [empty],
        ],
    },
    config: {
        publicOperations: [
            {
                value: false,
                objects: policy([to, { ...to, ...from({ namespaces: ["*"] }) }]),
                messages: [
                    'AuthorizationPolicy "shop/cart" allows every caller: spec.rules[0] has no from; name the callers.',
                    open("every workload of every namespace", "namespaces", 1),
                ],
            },
        ],
    },
};
