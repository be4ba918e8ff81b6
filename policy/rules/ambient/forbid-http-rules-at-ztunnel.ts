import { dataPlanesOf } from "../../data-planes";
import type { AuthorizationPolicy, AuthorizationRule } from "../../kinds/istio-security";
import { targetsOf } from "../../policy-scope";
import { stackRule } from "../../rule";

const operations = ["hosts", "notHosts", "methods", "notMethods", "paths", "notPaths"] as const;
const sources = [
    "requestPrincipals",
    "notRequestPrincipals",
    "remoteIpBlocks",
    "notRemoteIpBlocks",
] as const;

/** What of a rule only a proxy of HTTP can judge, as the policy spells it. */
function httpFields({ from = [], to = [], when = [] }: AuthorizationRule): string[] {
    return [
        ...from.flatMap(({ source }) =>
            sources.filter((field) => (source?.[field] ?? []).length > 0),
        ),
        ...to.flatMap(({ operation }) =>
            operations.filter((field) => (operation?.[field] ?? []).length > 0),
        ),
        ...when.flatMap(({ key = "" }) => (key.startsWith("request.") ? [key] : [])),
    ];
}

function effect(spec: AuthorizationPolicy["spec"]): string {
    return spec?.action === "DENY"
        ? "it denies whatever the rest of the rule matches, whatever the request"
        : "it leaves those rules out and so denies what they should allow";
}

export const forbidHttpRulesAtZtunnel = stackRule({
    name: "forbid-http-rules-at-ztunnel",
    displayName: "ztunnel gets only rules that it can judge",
    description:
        "No authorization policy for pods in ambient has HTTP fields or an action that ztunnel lacks.",
    why:
        "In ambient a policy with a selector, or for the whole namespace, is ztunnel's, which sees " +
        "connections and no requests. It drops ALLOW rules with paths, methods or claims, which denies " +
        "everything, and applies DENY rules without them, which denies more. CUSTOM and AUDIT do nothing.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Give the policy targetRefs to the Service or the waypoint's Gateway, and the namespace a waypoint; " +
        "keep principals, namespaces, ipBlocks and ports for ztunnel.",
    url: "https://istio.io/latest/docs/ambient/usage/l4-policy/",
    tags: ["ambient", "authorization", "ztunnel"],
    controls: { nist: ["AC-3", "AC-4"] },
    reads: ["namespace"],
    judge: {
        *authorizationPolicy({ subject, namespace, object: { spec } }, _config, stack) {
            if (targetsOf(spec).length > 0) return;
            if (stack.view(dataPlanesOf).get(namespace)?.mode !== "ambient") return;
            const action = spec?.action ?? "ALLOW";
            if (action === "CUSTOM" || action === "AUDIT") {
                yield (
                    `${subject} has action ${action}, which ztunnel doesn't know, for pods in ambient; ` +
                    "give it targetRefs to a Service or a waypoint."
                );
                return;
            }
            const fields = [...new Set((spec?.rules ?? []).flatMap(httpFields))];
            if (fields.length > 0) {
                yield (
                    `${subject} has ${fields.join(", ")} for pods in ambient, which ztunnel can't judge: ` +
                    `${effect(spec)}; give it targetRefs to a Service or a waypoint.`
                );
            }
        },
    },
});
