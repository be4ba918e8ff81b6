import { texts, type Values } from "../../config";
import { INJECTION, REVISION } from "../../data-planes";
import type { Stack } from "../../found";
import { onWorkloads } from "../../pods";
import { revisionsOf } from "../../revisions";
import { stackRule } from "../../rule";

const config = {
    elsewhere: texts("Revisions and tags that another stack installs in the same cluster.", []),
};

/** What a label asks for, and what becomes of it. */
function* judge(
    subject: string,
    revision: string | undefined,
    { elsewhere }: Values<typeof config>,
    stack: Stack,
    effect: string,
) {
    if (revision === undefined || revision === "" || elsewhere.includes(revision)) return;
    const known = [...stack.view(revisionsOf)];
    // Without a control plane in the stack, revisions are another stack's matter.
    if (known.length === 0 || known.includes(revision)) return;
    yield (
        `${subject} has ${REVISION}=${revision}, which is no revision or tag of this stack, so ${effect}; ` +
        `set one of ${[...known, ...elsewhere].join(", ")}.`
    );
}

export const requireExistingRevision = stackRule({
    name: "require-existing-revision",
    displayName: "Revision labels name revisions that exist",
    description: "Every revision or tag that a namespace, pod or Gateway asks for exists.",
    why:
        "No webhook answers for a revision that isn't there: pods start without a sidecar, in plain text, " +
        "and nothing reports it. istio-injection=enabled asks for the revision or tag `default`, which a " +
        "mesh of named revisions doesn't have by itself.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Use the name of a revision or tag that exists, or create the tag; list in `elsewhere` what " +
        "another stack installs.",
    url: "https://istio.io/latest/docs/setup/upgrade/canary/#stable-revision-labels",
    tags: ["injection", "revisions", "namespaces"],
    controls: { nist: ["SC-8"] },
    config,
    reads: ["istio", "istioRevision", "istioRevisionTag", "mutatingWebhookConfiguration"],
    judge: {
        ...onWorkloads(function* (
            { subject },
            template,
            values: Values<typeof config>,
            stack: Stack,
        ) {
            const revision = template.metadata?.labels?.[REVISION];
            yield* judge(subject, revision, values, stack, "its pods get no sidecar");
        }),
        *gateway({ subject, object: { metadata } }, values, stack) {
            const revision = metadata?.labels?.[REVISION];
            yield* judge(subject, revision, values, stack, "no istiod deploys or configures it");
        },
        *namespace({ subject, object: { metadata } }, values, stack) {
            const injection = metadata?.labels?.[INJECTION];
            if (injection === undefined) {
                const revision = metadata?.labels?.[REVISION];
                yield* judge(subject, revision, values, stack, "its pods get no sidecar");
                return;
            }
            if (injection !== "enabled" || values.elsewhere.includes("default")) return;
            const known = [...stack.view(revisionsOf)];
            if (known.length === 0 || known.includes("default")) return;
            yield (
                `${subject} has ${INJECTION}=enabled, which only the revision or tag "default" serves, and this ` +
                `stack has none, so its pods get no sidecar; set ${REVISION} to one of ` +
                `${[...known, ...values.elsewhere].join(", ")}, or add a tag "default".`
            );
        },
    },
});
