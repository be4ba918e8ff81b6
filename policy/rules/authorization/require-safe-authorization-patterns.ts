import type { AuthorizationRule } from "../../kinds/istio-security";
import { objectRule } from "../../rule";

/** What a rule matches: each field by its positive name, with where it stands. */
function* matches(rule: AuthorizationRule): Generator<{ at: string; fields: object }> {
    for (const [index, { source }] of (rule.from ?? []).entries()) {
        yield { at: `from[${index}].source`, fields: source ?? {} };
    }
    for (const [index, { operation }] of (rule.to ?? []).entries()) {
        yield { at: `to[${index}].operation`, fields: operation ?? {} };
    }
}

function positive(field: string): string {
    return field.charAt(3).toLowerCase() + field.slice(4);
}

/** Fields that a client spells as it likes, so that a list of bad ones is never complete. */
const spelt = ["paths", "hosts"];

export const requireSafeAuthorizationPatterns = objectRule({
    name: "require-safe-authorization-patterns",
    displayName: "A spelling nobody thought of is refused",
    description:
        "ALLOW policies list what is allowed, and DENY policies refuse all but a list of paths and hosts.",
    why:
        "An ALLOW policy by exclusion (notPaths alone) also allows what nobody thought of; a DENY policy that " +
        "lists paths or hosts misses other spellings of them (/admin/, /Admin, /%61dmin), which the " +
        "application may take for the same.",
    severity: "medium",
    enforcementLevel: "advisory",
    remediationSteps:
        "In ALLOW, add the positive field (paths beside notPaths). In DENY, turn the list around: notPaths " +
        "or notHosts with what stays allowed.",
    url: "https://istio.io/latest/docs/ops/best-practices/security/#safer-authorization-policy-patterns",
    tags: ["authorization", "security"],
    controls: { nist: ["AC-3", "AC-6"] },
    judge: {
        *authorizationPolicy({ subject, object: { spec } }) {
            const action = spec?.action ?? "ALLOW";
            for (const [index, rule] of (spec?.rules ?? []).entries()) {
                for (const { at, fields } of matches(rule)) {
                    const place = `spec.rules[${index}].${at}`;
                    const names = Object.keys(fields);
                    for (const name of names) {
                        if (action === "ALLOW" && name.startsWith("not")) {
                            if (names.includes(positive(name))) continue;
                            yield (
                                `${subject} allows by exclusion: ${place} has ${name} without ` +
                                `${positive(name)}; list what is allowed.`
                            );
                        } else if (action === "DENY" && spelt.includes(name)) {
                            const negative = `not${name.charAt(0).toUpperCase()}${name.slice(1)}`;
                            yield (
                                `${subject} denies a list: ${place} has ${name}, which other spellings ` +
                                `pass; use ${negative} with what stays allowed.`
                            );
                        }
                    }
                }
            }
        },
    },
});
