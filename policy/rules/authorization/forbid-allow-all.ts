import { flag } from "../../config";
import type { AuthorizationRule, AuthorizationSource } from "../../kinds/istio-security";
import { objectRule } from "../../rule";

/** Fields of a source whose wildcard takes more than it seems to, and whom it takes. */
const anyone: Partial<Record<keyof AuthorizationSource, { pattern: RegExp; takes: string }>> = {
    ipBlocks: { pattern: /^(0\.0\.0\.0|::)\/0$/, takes: "every address" },
    remoteIpBlocks: { pattern: /^(0\.0\.0\.0|::)\/0$/, takes: "every address" },
    namespaces: { pattern: /^\*$/, takes: "every workload of every namespace" },
    principals: { pattern: /^\*$/, takes: "every workload with a certificate of the mesh" },
};

/** What of a rule's sources takes anyone; undefined where each names someone. */
function opened({ from }: AuthorizationRule): { field: string; takes: string } | undefined {
    for (const { source } of from ?? []) {
        for (const [field, { pattern, takes }] of Object.entries(anyone)) {
            const values = source?.[field as keyof AuthorizationSource] ?? [];
            if (values.some((value) => pattern.test(value))) return { field, takes };
        }
    }
    return undefined;
}

/** Whether a list has members, in the Common Expression Language. */
const some = (list: string) => `(has(${list}) && size(${list}) > 0)`;

/** Whether `one.source` takes anyone, in the same language. */
const OPEN = Object.entries(anyone)
    .map(
        ([field, { pattern }]) =>
            `(has(one.source.${field}) && one.source.${field}.exists(value, ` +
            `value.matches(${JSON.stringify(pattern.source)})))`,
    )
    .join(" || ");

export const forbidAllowAll = objectRule({
    name: "forbid-allow-all",
    displayName: "No policy allows everyone",
    description: "No AuthorizationPolicy allows every request, or every source.",
    why:
        "An empty rule ({}) allows every request; beside it no other ALLOW policy of the workload has any " +
        "effect. A wildcard source does the same for its operation: to be in the mesh isn't a reason to be " +
        "allowed.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Say who may call: principals, serviceAccounts or namespaces, and what: methods and paths, or ports.",
    url: "https://istio.io/latest/docs/ops/best-practices/security/#authorization-policies",
    tags: ["authorization", "security"],
    controls: { nist: ["AC-3", "AC-6"], pci: ["7.2.5"] },
    config: {
        publicOperations: flag(
            "Whether a rule may take every source where it names an operation, such as a public path.",
            true,
        ),
    },
    admission: ({ publicOperations }) => ({
        authorizationPolicy: [
            {
                expression:
                    '!has(object.spec) || (has(object.spec.action) && object.spec.action != "ALLOW") || ' +
                    "!has(object.spec.rules) || object.spec.rules.all(rule, " +
                    `${some("rule.when")}${publicOperations ? ` || ${some("rule.to")}` : ""} || ` +
                    `(${some("rule.from")} && !rule.from.exists(one, has(one.source) && (${OPEN}))))`,
                message: "every rule names its callers.",
            },
        ],
    }),
    judge: {
        *authorizationPolicy({ subject, object: { spec } }, { publicOperations }) {
            if ((spec?.action ?? "ALLOW") !== "ALLOW") return;
            for (const [index, rule] of (spec?.rules ?? []).entries()) {
                const { from = [], to = [], when = [] } = rule;
                if (from.length + to.length + when.length === 0) {
                    yield (
                        `${subject} allows every request: spec.rules[${index}] is empty; ` +
                        "say who may call (from) and what (to)."
                    );
                    continue;
                }
                const open = opened(rule);
                const narrowed = when.length > 0 || (publicOperations && to.length > 0);
                if (open && !narrowed) {
                    yield (
                        `${subject} allows ${open.takes}: spec.rules[${index}].from has ${open.field} that ` +
                        "take all; name the callers."
                    );
                } else if (from.length === 0 && !narrowed) {
                    yield `${subject} allows every caller: spec.rules[${index}] has no from; name the callers.`;
                }
            }
        },
    },
});
