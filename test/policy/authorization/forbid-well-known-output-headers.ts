import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const policy = (rule: object) =>
    object("requestAuthentication", "shop/tokens", { spec: { jwtRules: [rule] } });
const overwritten = (header: string, field: string) =>
    `RequestAuthentication "shop/tokens" overwrites header "${header}" by spec.jwtRules[0].${field}, which ` +
    "others trust; write to one of your own, such as x-jwt-payload.";
const claim = (header: unknown) => ({ outputClaimToHeaders: [{ header, claim: "sub" }] });

export const table: RuleTable = {
    allowed: {
        "headers of its own": policy({
            outputPayloadToHeader: "x-jwt-payload",
            ...claim("x-jwt-sub"),
        }),
        "no headers": policy({ issuer: "https://a.example.com" }),
    },
    denied: {
        "the whole token": [
            policy({ outputPayloadToHeader: "Authorization" }),
            [overwritten("Authorization", "outputPayloadToHeader")],
        ],
        "a claim into a family of headers": [
            policy(claim("x-forwarded-for")),
            [overwritten("x-forwarded-for", "outputClaimToHeaders")],
        ],
        "a pseudo header": [
            policy(claim(":authority")),
            [overwritten(":authority", "outputClaimToHeaders")],
        ],
    },
    unknown: {
        "a header that a preview can't know": [
            policy({ outputPayloadToHeader: "cookie", ...claim(unknown.string) }),
            [
                "string value at .spec.jwtRules.0.outputClaimToHeaders.0.header can't be known during preview",
            ],
        ],
    },
    config: {
        headers: [
            {
                value: ["x-user"],
                objects: [policy({ outputPayloadToHeader: "X-User" }), policy(claim("cookie"))],
                messages: [overwritten("X-User", "outputPayloadToHeader")],
            },
        ],
    },
};
