import { texts, type Values } from "../../config";
import { sailControlPlaneOf } from "../../control-planes";
import type { Stack } from "../../found";
import { stackRule } from "../../rule";

const config = {
    elsewhere: texts("Names of Istio and IstioRevision objects that another stack makes.", []),
};

/** What a tag can point at, by kind. For `stack.view`. */
function targetsOf(stack: Stack): Readonly<Record<string, readonly string[]>> {
    return {
        Istio: stack.all("istio").map(({ shortName }) => shortName),
        IstioRevision: [
            ...stack.all("istioRevision").map(({ shortName }) => shortName),
            // The operator makes one of each Istio.
            ...stack.all("istio").flatMap((found) => sailControlPlaneOf(found)?.revision ?? []),
        ],
    };
}

/** Whether the operator may still keep the revision, for an upgrade: of the same minor or the one before. */
function isKept(name: string, stack: Stack): boolean {
    const minorOf = (revision: string) => /^(.*-v\d+)-(\d+)-\d+$/.exec(revision)?.slice(1) ?? [];
    const [stem, minor] = minorOf(name);
    return stack.all("istio").some((found) => {
        const [own, current] = minorOf(sailControlPlaneOf(found)?.revision ?? "");
        const behind = Number(current) - Number(minor);
        return stem !== undefined && stem === own && (behind === 0 || behind === 1);
    });
}

function* judge(
    subject: string,
    { kind = "", name = "" }: { kind?: string; name?: string },
    { elsewhere }: Values<typeof config>,
    stack: Stack,
    effect: string,
) {
    const targets = stack.view(targetsOf);
    const known = targets[kind];
    if (!known) {
        yield `${subject} has spec.targetRef.kind "${kind}"; set it to Istio or IstioRevision.`;
        return;
    }
    // Without any, the control plane is another stack's matter.
    if (targets["Istio"]?.length === 0 && targets["IstioRevision"]?.length === 0) return;
    if (known.includes(name) || elsewhere.includes(name)) return;
    if (kind === "IstioRevision" && isKept(name, stack)) return;
    yield (
        `${subject} points to ${kind} "${name}", which this stack doesn't make, so ${effect}; ` +
        `there are ${known.map((one) => `"${one}"`).join(", ")}.`
    );
}

export const requireExistingTagTarget = stackRule({
    name: "require-existing-tag-target",
    displayName: "Sail's references name control planes that exist",
    description:
        "Every IstioRevisionTag and ZTunnel points to an Istio or IstioRevision that exists.",
    why:
        "The operator leaves a tag whose target is missing unserved: namespaces that follow the tag get no " +
        "sidecars. A ZTunnel without its target takes neither the cluster's name nor its network. Under " +
        "RevisionBased a revision's name changes with every version.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Point spec.targetRef to an Istio, or to the IstioRevision that the operator makes of it: its name " +
        "in place, <name>-v1-31-3 under RevisionBased.",
    url: "https://github.com/istio-ecosystem/sail-operator/blob/main/docs/update-strategy/update-strategy.adoc",
    tags: ["injection", "revisions", "sail"],
    config,
    reads: ["istio", "istioRevision"],
    judge: {
        *istioRevisionTag({ subject, object: { spec } }, values, stack) {
            yield* judge(subject, spec?.targetRef ?? {}, values, stack, "nothing serves the tag");
        },
        *ztunnel({ subject, object: { spec } }, values, stack) {
            if (!spec?.targetRef) return;
            yield* judge(subject, spec.targetRef, values, stack, "it isn't reconciled");
        },
    },
});
