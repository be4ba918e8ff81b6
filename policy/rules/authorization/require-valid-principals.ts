import { texts } from "../../config";
import type { AuthorizationRule } from "../../kinds/istio-security";
import { objectRule } from "../../rule";

const IDENTITY = /^([^/]+)[/]ns[/]([^/]+)[/]sa[/]([^/]+)$/;

/** Every principal of a rule, with the field that names it. */
function* principalsIn({ from = [], when = [] }: AuthorizationRule): Generator<[string, string]> {
    for (const { source } of from) {
        for (const value of source?.principals ?? []) yield ["principals", value];
        for (const value of source?.notPrincipals ?? []) yield ["notPrincipals", value];
    }
    for (const { key, values = [], notValues = [] } of when) {
        if (key !== "source.principal") continue;
        for (const value of [...values, ...notValues]) yield ["source.principal", value];
    }
}

/** What is wrong with a principal; undefined if a workload can have it. */
function problem(value: string, trustDomains: readonly string[]): string | undefined {
    if (value === "*") return undefined;
    if (value.startsWith("spiffe://"))
        return `it has no scheme; write "${value.slice("spiffe://".length)}"`;
    if (value.slice(1, -1).includes("*")) return "* stands for text only at its start or its end";
    // What a wildcard stands for may hold any of the parts.
    if (value.includes("*")) return undefined;
    const [, trustDomain = ""] = IDENTITY.exec(value) ?? [];
    if (trustDomain === "") return "it isn't <trust domain>/ns/<namespace>/sa/<service account>";
    return trustDomains.length === 0 || trustDomains.includes(trustDomain)
        ? undefined
        : `its trust domain isn't ${trustDomains.map((domain) => `"${domain}"`).join(" or ")} (KIA0108)`;
}

export const requireValidPrincipals = objectRule({
    name: "require-valid-principals",
    displayName: "Policies name principals that can exist",
    description: "Every principal in an AuthorizationPolicy has the form of a workload's identity.",
    why:
        "A principal is compared as text with <trust domain>/ns/<namespace>/sa/<service account>. One in " +
        "another form matches nobody: ALLOW refuses everyone, DENY stops no one.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Write cluster.local/ns/shop/sa/cart, with the mesh's trust domain and without spiffe://; use * only " +
        "at one end. Where the trust domain may change, name the serviceAccounts (shop/cart) instead.",
    url: "https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source",
    tags: ["authorization", "security", "identity"],
    controls: { nist: ["AC-3", "IA-3"] },
    config: {
        trustDomains: texts("Trust domains that workloads may come from; empty for any.", []),
    },
    admission: ({ trustDomains }) => {
        const local =
            trustDomains.length === 0
                ? "true"
                : `value.split("/")[0] in ${JSON.stringify(trustDomains)}`;
        const valid =
            '(value == "*" || (!value.startsWith("spiffe://") && !value.matches("^.+[*].+$") && ' +
            `(value.contains("*") || (value.matches(${JSON.stringify(IDENTITY.source)}) && ${local}))))`;
        const all = (list: string) => `(!has(${list}) || ${list}.all(value, ${valid}))`;
        return {
            authorizationPolicy: [
                {
                    expression:
                        "!has(object.spec) || !has(object.spec.rules) || object.spec.rules.all(rule, " +
                        `(!has(rule.from) || rule.from.all(one, !has(one.source) || (${all("one.source.principals")} && ${all("one.source.notPrincipals")}))) && ` +
                        `(!has(rule.when) || rule.when.all(one, one.key != "source.principal" || (${all("one.values")} && ${all("one.notValues")}))))`,
                    message: "every principal is one that a workload can have.",
                },
            ],
        };
    },
    judge: {
        *authorizationPolicy({ subject, object: { spec } }, { trustDomains }) {
            for (const [index, rule] of (spec?.rules ?? []).entries()) {
                for (const [field, value] of principalsIn(rule)) {
                    const wrong = problem(value, trustDomains);
                    if (wrong !== undefined) {
                        yield `${subject} names nobody by ${field} "${value}" in spec.rules[${index}]: ${wrong}.`;
                    }
                }
            }
        },
    },
});
