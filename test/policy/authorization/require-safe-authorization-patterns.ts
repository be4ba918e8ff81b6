import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const policy = (action: string | undefined, source: object, operation?: object) =>
    object("authorizationPolicy", "shop/cart", {
        spec: {
            action,
            rules: [{ from: [{ source }], ...(operation && { to: [{ operation }] }) }],
        },
    });
const excluding = (at: string, name: string, positive: string) =>
    `AuthorizationPolicy "shop/cart" allows by exclusion: spec.rules[0].${at} has ${name} without ` +
    `${positive}; list what is allowed.`;
const listing = (name: string, negative: string) =>
    `AuthorizationPolicy "shop/cart" denies a list: spec.rules[0].to[0].operation has ${name}, which other ` +
    `spellings pass; use ${negative} with what stays allowed.`;

export const table: RuleTable = {
    allowed: {
        "allow a list": policy("ALLOW", { namespaces: ["web"] }, { paths: ["/cart"] }),
        "allow a list but some": policy(
            "ALLOW",
            { namespaces: ["web"] },
            { paths: ["/cart/*"], notPaths: ["/cart/admin"] },
        ),
        "deny all but a list": policy("DENY", {}, { notPaths: ["/healthz"] }),
        "deny a namespace a method": policy(
            "DENY",
            { namespaces: ["web"] },
            { methods: ["DELETE"] },
        ),
    },
    denied: {
        "allow all but some": [
            policy(
                undefined,
                { notNamespaces: ["web"] },
                { methods: ["GET"], notPaths: ["/admin"] },
            ),
            [
                excluding("from[0].source", "notNamespaces", "namespaces"),
                excluding("to[0].operation", "notPaths", "paths"),
            ],
        ],
        "deny a list": [
            policy("DENY", {}, { paths: ["/admin"], hosts: ["a.example.com"] }),
            [listing("paths", "notPaths"), listing("hosts", "notHosts")],
        ],
    },
    unknown: {
        "an action that a preview can't know": [
            policy(unknown.string, {}, { notPaths: ["/admin"] }),
            ["string value at .spec.action can't be known during preview"],
        ],
    },
    config: {},
};
