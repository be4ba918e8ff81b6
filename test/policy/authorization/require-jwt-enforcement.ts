import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const spec = { jwtRules: [{ issuer: "https://a.example.com" }] };
const tokens = (scope: object = {}, name = "shop/tokens") =>
    object("requestAuthentication", name, { spec: { ...spec, ...scope } });
const policy = (rule: object, rest: object = {}, name = "shop/policy") =>
    object("authorizationPolicy", name, { spec: { rules: [rule], ...rest } });
const from = (source: object) => ({ from: [{ source }] });
const demanding = from({ requestPrincipals: ["*"] });
const refusing = from({ notRequestPrincipals: ["*"] });
const select = (labels: object) => ({ selector: { matchLabels: labels } });
const target = (name: string) => ({ targetRefs: [{ kind: "Gateway", name }] });
const passing = (name = "shop/tokens") =>
    `RequestAuthentication "${name}" refuses wrong tokens, but requests without one pass: no ` +
    "AuthorizationPolicy for the same workloads demands it; add one that denies notRequestPrincipals " +
    '["*"].';

export const table: RuleTable = {
    allowed: {
        "deny without a token": [tokens(), policy(refusing, { action: "DENY" })],
        "allow with a token": [tokens(select({ app: "cart" })), policy(demanding)],
        "allow by a claim": [
            tokens(),
            policy({ when: [{ key: "request.auth.claims[group]", values: ["a"] }] }),
        ],
        "for more workloads": [
            tokens(select({ app: "cart", version: "v1" })),
            policy(demanding, select({ app: "cart" })),
        ],
        "for the mesh": [tokens(), policy(refusing, { action: "DENY" }, "istio-system/tokens")],
        "tokens of the mesh, demanded in a namespace": [
            tokens({}, "istio-system/tokens"),
            policy(demanding),
        ],
        "for the same target": [tokens(target("edge")), policy(demanding, target("edge"))],
        "no rules": object("requestAuthentication", "shop/tokens", { spec: {} }),
    },
    denied: {
        "no policy": [tokens(), [passing()]],
        "a policy that asks for no token": [
            [tokens(), policy(from({ namespaces: ["web"] }))],
            [passing()],
        ],
        "a policy that denies tokens": [
            [tokens(), policy(demanding, { action: "DENY" })],
            [passing()],
        ],
        "a policy that allows those without": [[tokens(), policy(refusing)], [passing()]],
        "a policy for other workloads": [
            [tokens(select({ app: "cart" })), policy(demanding, select({ app: "web" }))],
            [passing()],
        ],
        "a policy for another target": [
            [tokens(target("edge")), policy(demanding, target("other"))],
            [passing()],
        ],
        "a policy of another namespace": [
            [tokens(), policy(demanding, {}, "web/policy")],
            [passing()],
        ],
    },
    unknown: {
        "principals that a preview can't know": [
            [tokens(), policy(from({ requestPrincipals: unknown.list }))],
            [
                '"tokens": Array value at .spec.rules.0.from.0.source.requestPrincipals can\'t be known during preview',
            ],
        ],
    },
    config: {},
};
