import { texts } from "../../config";
import { objectRule } from "../../rule";

export const forbidWellKnownOutputHeaders = objectRule({
    name: "forbid-well-known-output-headers",
    displayName: "Tokens don't overwrite headers that others trust",
    description: "No JWT rule writes a token's claims into a header that has a meaning of its own.",
    why:
        "outputPayloadToHeader and outputClaimToHeaders overwrite the header. A claim in host, authorization, " +
        "cookie or x-forwarded-* lets whoever shapes the token change routing, or who the application takes " +
        "the caller for.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps: "Write to a header of your own, such as x-jwt-payload or x-jwt-claim-sub.",
    url: "https://istio.io/latest/docs/reference/config/security/jwt/",
    tags: ["authorization", "jwt", "security"],
    controls: { nist: ["AC-3", "SI-10"] },
    config: {
        headers: texts(
            "Headers that no claim may overwrite, in lower case; a * at the end takes all that start so.",
            [
                "authorization",
                "proxy-authorization",
                "cookie",
                "host",
                "content-length",
                "content-type",
                "transfer-encoding",
                "connection",
                "forwarded",
                "x-forwarded-*",
                "x-real-ip",
                "x-envoy-*",
                "x-istio-*",
                "x-request-id",
                "origin",
            ],
        ),
    },
    admission: ({ headers }) => {
        const written = (header: string) => `${header}.lowerAscii()`;
        const known = (header: string) =>
            `(${JSON.stringify(headers)}.exists(taken, taken.endsWith("*") ` +
            `? ${written(header)}.startsWith(taken.replace("*", "")) : ${written(header)} == taken) || ` +
            `${header}.startsWith(":"))`;
        return {
            requestAuthentication: [
                {
                    expression:
                        "!has(object.spec) || !has(object.spec.jwtRules) || object.spec.jwtRules.all(rule, " +
                        `!has(rule.outputPayloadToHeader) || !${known("rule.outputPayloadToHeader")})`,
                    message: "no payload overwrites a header that others trust.",
                },
                {
                    expression:
                        "!has(object.spec) || !has(object.spec.jwtRules) || object.spec.jwtRules.all(rule, " +
                        "!has(rule.outputClaimToHeaders) || rule.outputClaimToHeaders.all(output, " +
                        `!${known("output.header")}))`,
                    message: "no claim overwrites a header that others trust.",
                },
            ],
        };
    },
    judge: {
        *requestAuthentication({ subject, object: { spec } }, { headers }) {
            for (const [index, rule] of (spec?.jwtRules ?? []).entries()) {
                const written: [string, string | undefined][] = [
                    ["outputPayloadToHeader", rule.outputPayloadToHeader],
                    ...(rule.outputClaimToHeaders ?? []).map(
                        ({ header }): [string, string | undefined] => [
                            "outputClaimToHeaders",
                            header,
                        ],
                    ),
                ];
                for (const [field, header = ""] of written) {
                    const name = header.toLowerCase();
                    const known = headers.some((taken) =>
                        taken.endsWith("*") ? name.startsWith(taken.slice(0, -1)) : name === taken,
                    );
                    if (known || name.startsWith(":")) {
                        yield (
                            `${subject} overwrites header "${header}" by spec.jwtRules[${index}].${field}, which ` +
                            "others trust; write to one of your own, such as x-jwt-payload."
                        );
                    }
                }
            }
        },
    },
});
