import type { Found, Stack } from "../../found";
import { stackRule } from "../../rule";

/** The Deployments that finalize Sail's objects. For `stack.view`. */
function operatorsOf(stack: Stack): readonly Found<"deployment">[] {
    return stack
        .all("deployment")
        .filter(
            ({ object }) =>
                object.spec?.template?.metadata?.labels?.["control-plane"] === "sail-operator",
        );
}

function* judge(
    found: Found<"istio" | "istioCni" | "ztunnel" | "istioRevision">,
    _: unknown,
    stack: Stack,
): Generator<string> {
    const operators = stack.view(operatorsOf);
    // Without one in the stack somebody else keeps it, and it outlives the stack.
    if (operators.length === 0) return;
    const before = stack.before(found.urn);
    if (!operators.some(({ urn }) => before.has(urn))) {
        yield (
            `${found.subject} doesn't depend on ${operators.map(({ subject }) => subject).join(" or ")}, ` +
            "so a destroy may remove the operator first, and the object waits for its finalizer for ever; " +
            "add dependsOn."
        );
    }
}

export const requireTeardownOrder = stackRule({
    name: "require-teardown-order",
    displayName: "The operator goes last",
    description: "Sail's objects depend on the operator, so that it is there to finalize them.",
    why:
        "Sail's objects carry a finalizer that only the operator takes off. Where it is deleted first, they and " +
        "the namespace stay in Terminating, and so does the destroy.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps: "Give the objects dependsOn: the operator's chart.",
    url: "https://github.com/istio-ecosystem/sail-operator/blob/main/docs/README.adoc",
    tags: ["lifecycle", "sail"],
    reads: ["deployment"],
    judge: { istio: judge, istioRevision: judge, istioCni: judge, ztunnel: judge },
});
