import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const policy = (...jwtRules: object[]) =>
    object("requestAuthentication", "shop/tokens", { spec: { jwtRules } });
const any = (index: number) =>
    'RequestAuthentication "shop/tokens" takes every token of "https://a.example.com", also those made for ' +
    `other services: spec.jwtRules[${index}] has no audiences; list those of this service.`;
const issuer = "https://a.example.com";

export const table: RuleTable = {
    allowed: {
        audiences: policy({ issuer, audiences: ["shop"] }),
        "no rules": policy(),
    },
    denied: {
        "no audiences": [policy({ issuer }), [any(0)]],
        "no audiences in the second rule": [
            policy({ issuer, audiences: ["shop"] }, { issuer, audiences: [] }),
            [any(1)],
        ],
    },
    unknown: {
        "audiences that a preview can't know": [
            policy({ issuer, audiences: unknown.list }),
            ["Array value at .spec.jwtRules.0.audiences can't be known during preview"],
        ],
    },
    config: {},
};
