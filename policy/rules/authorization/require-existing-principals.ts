import { texts } from "../../config";
import type { Stack } from "../../found";
import { namespacesMadeBy } from "../../hosts";
import { stackRule } from "../../rule";

const IDENTITY = /^[^/]+\/ns\/([^/]+)\/sa\/([^/]+)$/;

/** Every service account of the stack, also those that come with a Gateway. For `stack.view`. */
function accountsOf(stack: Stack): ReadonlySet<string> {
    return new Set([
        ...stack.all("serviceAccount").map(({ name }) => name),
        ...stack
            .all("gateway")
            .flatMap(({ name, object }) => [
                name,
                `${name}-${object.spec?.gatewayClassName ?? ""}`,
            ]),
    ]);
}

export const requireExistingPrincipals = stackRule({
    name: "require-existing-principals",
    displayName: "Policies name service accounts that exist",
    description: "A principal of an AuthorizationPolicy is a service account that the stack makes.",
    why:
        "A policy that names an account nobody has allows nobody, or stops nobody, and nothing says so: a " +
        "misspelt name looks like one of a workload that isn't there yet. Judged are accounts in namespaces " +
        "that the stack makes; others may come from elsewhere.",
    severity: "medium",
    enforcementLevel: "advisory",
    remediationSteps:
        "Correct the name, add the ServiceAccount, or list it in this rule's external if another program makes it.",
    url: "https://kiali.io/docs/features/validations/",
    tags: ["authorization", "security", "identity"],
    controls: { nist: ["AC-3", "IA-3"] },
    config: {
        external: texts("Accounts that are made elsewhere, as `namespace/name`.", []),
    },
    reads: ["serviceAccount", "namespace", "gateway"],
    judge: {
        *authorizationPolicy(found, { external }, stack) {
            for (const [index, { from = [] }] of (found.object.spec?.rules ?? []).entries()) {
                for (const { source = {} } of from) {
                    const named = [
                        ...[...(source.principals ?? []), ...(source.notPrincipals ?? [])].map(
                            (value) => {
                                const [, namespace = "", account = ""] = IDENTITY.exec(value) ?? [];
                                return { value, namespace, account };
                            },
                        ),
                        ...[
                            ...(source.serviceAccounts ?? []),
                            ...(source.notServiceAccounts ?? []),
                        ].map((value) => {
                            const [first = "", second] = value.split("/");
                            return second === undefined
                                ? { value, namespace: found.namespace, account: first }
                                : { value, namespace: first, account: second };
                        }),
                    ];
                    for (const { value, namespace, account } of named) {
                        const name = `${namespace}/${account}`;
                        if (account === "" || name.includes("*")) continue;
                        // Kubernetes makes an account "default" in every namespace.
                        if (account === "default" || external.includes(name)) continue;
                        if (!stack.view(namespacesMadeBy).has(namespace)) continue;
                        if (stack.view(accountsOf).has(name)) continue;
                        yield (
                            `${found.subject} names "${value}" in spec.rules[${index}], but the stack makes ` +
                            `namespace "${namespace}" and no ServiceAccount "${name}" in it; correct the name, ` +
                            `or add it to this rule's "external" (KIA0106).`
                        );
                    }
                }
            }
        },
    },
});
