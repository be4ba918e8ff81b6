/**
 * The rules that an API server can hold too, as ValidatingAdmissionPolicies of the same names: for what
 * comes into a cluster past Pulumi.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
import { type Exemption, today } from "./config";
import { kinds, type KindName, pluralOf } from "./kinds";
import type { Entry } from "./levels";
import type { AdmissionCheck, AnyValues, Rule } from "./rule";

/** An object to apply, as its YAML says it. */
export interface AdmissionObject {
    readonly apiVersion: "admissionregistration.k8s.io/v1";
    readonly kind: "ValidatingAdmissionPolicy" | "ValidatingAdmissionPolicyBinding";
    readonly metadata: {
        readonly name: string;
        readonly annotations?: Readonly<Record<string, string>>;
    };
    readonly spec: object;
}

/** What a level does with a violation, in the API server's words. */
const actions: Readonly<Record<string, readonly string[]>> = {
    mandatory: ["Deny"],
    // An API server mends nothing.
    remediate: ["Deny"],
    advisory: ["Warn", "Audit"],
};

/**
 * A policy and its binding for each rule that states admission checks and isn't off.
 *
 * Waivers become conditions; one that has expired is left out. An API server doesn't look at the date,
 * so the export must be made anew to end a waiver.
 */
export function admissionObjects(
    rules: readonly Rule[],
    level: ReadonlyMap<string, Partial<Entry>> = new Map(),
    day = today(),
): AdmissionObject[] {
    return rules.flatMap((rule) => {
        const { enforcementLevel = rule.enforcementLevel, values = {} } =
            level.get(rule.name) ?? {};
        const validationActions = actions[enforcementLevel];
        if (!rule.admission || !validationActions) return [];
        const defaults = Object.entries(rule.settings).map(([key, setting]) => [
            key,
            setting.default,
        ]);
        const config = { ...Object.fromEntries(defaults), ...values } as AnyValues;
        const checks = Object.entries(rule.admission(config)) as [KindName, AdmissionCheck[]][];
        const exempt = config.exempt.filter(({ until }) => until >= day);
        return [policy(rule, checks, exempt), binding(rule, validationActions)];
    });
}

function policy(
    rule: Rule,
    checks: readonly [KindName, readonly AdmissionCheck[]][],
    exempt: readonly Exemption[],
): AdmissionObject {
    const several = checks.length > 1;
    const validations = checks.flatMap(([name, list]) =>
        list.map(({ expression, message }) => ({
            expression: several
                ? `object.kind != "${kinds[name].kind}" || (${expression})`
                : expression,
            message: `${rule.name}: ${message}`,
            reason: "Invalid",
        })),
    );
    return {
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: "ValidatingAdmissionPolicy",
        metadata: {
            name: rule.name,
            annotations: {
                "istio-mesh/description": rule.description,
                "istio-mesh/remediation": rule.remediationSteps,
            },
        },
        spec: {
            failurePolicy: "Fail",
            matchConstraints: {
                resourceRules: checks.map(([name]) => ({
                    apiGroups: [kinds[name].group === "core" ? "" : kinds[name].group],
                    apiVersions: ["*"],
                    operations: ["CREATE", "UPDATE"],
                    resources: [pluralOf(kinds[name])],
                })),
            },
            ...(exempt.length > 0 && { matchConditions: exempt.map(notExempt) }),
            validations,
        },
    };
}

/** True for every object but those that a waiver names. */
function notExempt({ name, owner, until }: Exemption, index: number): object {
    const own =
        '(has(object.metadata.namespace) ? object.metadata.namespace + "/" : "") + object.metadata.name';
    const pattern = `^${name.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`;
    return {
        name: `waiver-${index + 1}`,
        expression: `!(${own}).matches(${JSON.stringify(pattern)}) // ${owner.replaceAll(/\s/g, " ")}, until ${until}`,
    };
}

function binding({ name }: Rule, validationActions: readonly string[]): AdmissionObject {
    return {
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: "ValidatingAdmissionPolicyBinding",
        metadata: { name },
        spec: { policyName: name, validationActions },
    };
}
