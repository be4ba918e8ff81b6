import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const policy = (...jwtRules: object[]) =>
    object("requestAuthentication", "shop/tokens", { spec: { jwtRules } });
const issuer = "https://issuer.example.com";
const said = (rest: string) => `RequestAuthentication "shop/tokens" ${rest}`;
const swapped = (uri: string) =>
    said(
        `has spec.jwtRules[0].jwksUri "${uri}", whose keys anyone on the way can swap; use https.`,
    );
const service = "http://keys.shop.svc.cluster.local:8080/jwks";

export const table: RuleTable = {
    allowed: {
        "keys over https": policy({ issuer, jwksUri: "https://issuer.example.com/keys" }),
        "keys that the issuer names": policy({ issuer }),
        "public keys": policy({
            issuer: "ci",
            jwks: '{"keys":[{"kty":"RSA","n":"a","e":"AQAB"}]}',
        }),
        "no rules": policy(),
    },
    denied: {
        "keys over http": [
            policy({ issuer, jwksUri: "http://issuer.example.com/keys" }),
            [swapped("http://issuer.example.com/keys")],
        ],
        "keys of a Service over http": [policy({ issuer, jwksUri: service }), [swapped(service)]],
        "no issuer": [
            policy({ jwksUri: "https://issuer.example.com/keys" }),
            [
                said(
                    "has no issuer in spec.jwtRules[0]: tokens of any issuer that signs with these keys pass; set it.",
                ),
            ],
        ],
        "an issuer that can't be asked": [
            policy({ issuer: "ci@example.com" }),
            [
                said(
                    'has neither jwks nor jwksUri in spec.jwtRules[0], and issuer "ci@example.com" is no https ' +
                        "address to ask for keys; set jwksUri.",
                ),
            ],
        ],
        "private keys, and both sources": [
            policy(
                { issuer },
                {
                    issuer,
                    jwks: '{"keys":[{"kty":"RSA","n":"a","d" : "x"}]}',
                    jwksUri: "https://a.example.com",
                },
            ),
            [
                said(
                    "has private key material in spec.jwtRules[1].jwks; withdraw those keys, and put the public " +
                        "parts there.",
                ),
                said(
                    "has both jwks and jwksUri in spec.jwtRules[1], of which jwks wins; keep one.",
                ),
            ],
        ],
    },
    unknown: {
        "an address that a preview can't know": [
            policy({ issuer, jwksUri: unknown.string }),
            ["string value at .spec.jwtRules.0.jwksUri can't be known during preview"],
        ],
    },
    config: {
        inMesh: [
            {
                value: true,
                objects: [
                    policy({ issuer, jwksUri: service }),
                    policy({ issuer, jwksUri: "http://keys.svc.cluster.local.example.com/jwks" }),
                ],
                messages: [swapped("http://keys.svc.cluster.local.example.com/jwks")],
            },
        ],
    },
};
