import { flag } from "../../config";
import { objectRule } from "../../rule";

/** Fields of a JSON Web Key that only a private or a shared key has. */
const PRIVATE = /"(d|k|p|q|dp|dq|qi)"\s*:\s*"/;

/** An address of a Service, with a slash put behind it. */
const IN_MESH = /^http:[/][/][^/:]+[.]svc[.]cluster[.]local[:/]/;

export const requireSecureJwtIssuers = objectRule({
    name: "require-secure-jwt-issuers",
    displayName: "Keys of token issuers come over https",
    description:
        "Every JWT rule names its issuer and takes public keys from a source that nobody can forge.",
    why:
        "Keys that come over http can be swapped on the way, and with them anyone can make tokens. A key set " +
        "in the policy that holds private parts gives them to every reader of the cluster. Without jwks and " +
        "jwksUri, istiod asks the issuer itself, so the issuer must be an address.",
    severity: "critical",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Set issuer as the tokens say it, and jwksUri to an https address, or jwks to the public keys alone.",
    url: "https://istio.io/latest/docs/reference/config/security/jwt/",
    tags: ["authorization", "jwt", "security"],
    controls: { nist: ["IA-5", "SC-12"] },
    config: {
        inMesh: flag(
            "Whether http is allowed to a Service of the cluster (*.svc.cluster.local). istiod fetches the keys, outside the mesh's mutual TLS.",
            false,
        ),
    },
    admission: ({ inMesh }) => {
        const given = (field: string) => `(has(rule.${field}) && rule.${field} != "")`;
        const https = (field: string) => `rule.${field}.startsWith("https://")`;
        const check = (expression: string, message: string) => ({
            expression: `!has(object.spec) || !has(object.spec.jwtRules) || object.spec.jwtRules.all(rule, ${expression})`,
            message,
        });
        return {
            requestAuthentication: [
                check(given("issuer"), "every JWT rule names its issuer."),
                check(
                    `!${given("jwksUri")} || ${https("jwksUri")}` +
                        (inMesh
                            ? ` || (rule.jwksUri + "/").matches(${JSON.stringify(IN_MESH.source)})`
                            : ""),
                    "keys come over https.",
                ),
                check(
                    `!has(rule.jwks) || !rule.jwks.matches(${JSON.stringify(PRIVATE.source)})`,
                    "no policy holds private keys.",
                ),
                check(
                    `!(${given("jwks")} && ${given("jwksUri")})`,
                    "keys come from one place, jwks or jwksUri.",
                ),
                check(
                    `${given("jwks")} || ${given("jwksUri")} || !${given("issuer")} || ${https("issuer")}`,
                    "without jwks and jwksUri, the issuer is an https address.",
                ),
            ],
        };
    },
    judge: {
        *requestAuthentication({ subject, object: { spec } }, { inMesh }) {
            for (const [index, { issuer = "", jwksUri = "", jwks = "" }] of (
                spec?.jwtRules ?? []
            ).entries()) {
                const place = `spec.jwtRules[${index}]`;
                if (issuer === "") {
                    yield `${subject} has no issuer in ${place}: tokens of any issuer that signs with these keys pass; set it.`;
                }
                const allowed =
                    jwksUri.startsWith("https://") || (inMesh && IN_MESH.test(`${jwksUri}/`));
                if (jwksUri !== "" && !allowed) {
                    yield `${subject} has ${place}.jwksUri "${jwksUri}", whose keys anyone on the way can swap; use https.`;
                }
                if (jwks !== "" && PRIVATE.test(jwks)) {
                    yield (
                        `${subject} has private key material in ${place}.jwks; withdraw those keys, and put ` +
                        "the public parts there."
                    );
                }
                if (jwks !== "" && jwksUri !== "") {
                    yield `${subject} has both jwks and jwksUri in ${place}, of which jwks wins; keep one.`;
                }
                if (
                    jwks === "" &&
                    jwksUri === "" &&
                    issuer !== "" &&
                    !issuer.startsWith("https://")
                ) {
                    yield (
                        `${subject} has neither jwks nor jwksUri in ${place}, and issuer "${issuer}" is no https ` +
                        "address to ask for keys; set jwksUri."
                    );
                }
            }
        },
    },
});
