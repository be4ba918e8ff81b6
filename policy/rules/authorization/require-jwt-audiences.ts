import { objectRule } from "../../rule";

export const requireJwtAudiences = objectRule({
    name: "require-jwt-audiences",
    displayName: "Tokens are taken only from their own audience",
    description: "Every JWT rule names the audiences whose tokens it takes.",
    why:
        "Without audiences a token that the issuer made for another service passes too: whoever runs that " +
        "service can use what its users sent.",
    severity: "medium",
    enforcementLevel: "advisory",
    remediationSteps:
        "List in spec.jwtRules[].audiences what the issuer writes into aud for this service. Where an " +
        "AuthorizationPolicy judges request.auth.audiences instead, exempt the object.",
    url: "https://istio.io/latest/docs/reference/config/security/jwt/",
    tags: ["authorization", "jwt", "security"],
    controls: { nist: ["AC-3", "IA-5"] },
    admission: () => ({
        requestAuthentication: [
            {
                expression:
                    "!has(object.spec) || !has(object.spec.jwtRules) || object.spec.jwtRules.all(rule, " +
                    "has(rule.audiences) && size(rule.audiences) > 0)",
                message: "every issuer's tokens are taken only for listed audiences.",
            },
        ],
    }),
    judge: {
        *requestAuthentication({ subject, object: { spec } }) {
            for (const [index, { issuer = "", audiences = [] }] of (
                spec?.jwtRules ?? []
            ).entries()) {
                if (audiences.length > 0) continue;
                yield (
                    `${subject} takes every token of "${issuer}", also those made for other services: ` +
                    `spec.jwtRules[${index}] has no audiences; list those of this service.`
                );
            }
        },
    },
});
