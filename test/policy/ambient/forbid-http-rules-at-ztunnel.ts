import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const ambient = object("namespace", "shop", {
    metadata: { labels: { "istio.io/dataplane-mode": "ambient" } },
});
const policy = (spec: object) => object("authorizationPolicy", "shop/web", { spec });
const get = { to: [{ operation: { methods: ["GET"], paths: ["/a"] } }] };
const name = 'AuthorizationPolicy "shop/web"';
const fix = "give it targetRefs to a Service or a waypoint.";

export const table: RuleTable = {
    allowed: {
        "what ztunnel knows": [
            ambient,
            policy({
                rules: [
                    {
                        from: [
                            {
                                source: {
                                    principals: ["cluster.local/ns/a/sa/b"],
                                    ipBlocks: ["10.0.0.0/8"],
                                },
                            },
                        ],
                        to: [{ operation: { ports: ["8080"] } }],
                        when: [{ key: "source.namespace", values: ["a"] }],
                    },
                ],
            }),
        ],
        "HTTP fields for a Service": [
            ambient,
            policy({ targetRefs: [{ kind: "Service", name: "web" }], rules: [get] }),
        ],
        "HTTP fields for sidecars": [
            object("namespace", "shop", { metadata: { labels: { "istio-injection": "enabled" } } }),
            policy({ rules: [get] }),
        ],
        "a namespace of another stack": policy({ rules: [get] }),
        "no rules": [ambient, policy({})],
    },
    denied: {
        "ALLOW by method and path": [
            [ambient, policy({ selector: { matchLabels: { app: "web" } }, rules: [get, get] })],
            [
                `${name} has methods, paths for pods in ambient, which ztunnel can't judge: it leaves those rules out ` +
                    `and so denies what they should allow; ${fix}`,
            ],
        ],
        "DENY by claim and header": [
            [
                ambient,
                policy({
                    action: "DENY",
                    rules: [
                        {
                            from: [{ source: { notRequestPrincipals: ["*"] } }],
                            when: [{ key: "request.headers[x-test]", values: ["1"] }],
                        },
                    ],
                }),
            ],
            [
                `${name} has notRequestPrincipals, request.headers[x-test] for pods in ambient, which ztunnel can't ` +
                    "judge: it denies whatever the rest of the rule matches, whatever the request; " +
                    fix,
            ],
        ],
        "an action that ztunnel lacks": [
            [ambient, policy({ action: "CUSTOM", provider: { name: "opa" }, rules: [get] })],
            [`${name} has action CUSTOM, which ztunnel doesn't know, for pods in ambient; ${fix}`],
        ],
    },
    unknown: {
        "methods that aren't known yet": [
            [ambient, policy({ rules: [{ to: [{ operation: { methods: unknown.list } }] }] })],
            [
                '"web": Array value at .spec.rules.0.to.0.operation.methods can\'t be known during preview',
            ],
        ],
    },
    config: {},
};
