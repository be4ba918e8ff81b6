import type { Found, Stack } from "../../found";
import type { Shape } from "../../kinds";
import { podsByNamespace } from "../../pods";
import { selectedLabels, targetsOf } from "../../policy-scope";
import { type Finding, stackRule } from "../../rule";
import { carries } from "../../selectors";

/** Kinds of which only one object holds for a workload. */
type Exclusive = "sidecar" | "peerAuthentication" | "telemetry" | "proxyConfig";

type Labels = Readonly<Record<string, string>>;
/** Labels that an object selects by; none for its whole namespace, undefined where targetRefs decide. */
type LabelsOf<K extends Exclusive> = (object: Shape<K>) => Labels | undefined;

/** istioctl's codes for two objects without a selector, and for two that select the same pods. */
const codes: Record<Exclusive, readonly [string, string]> = {
    sidecar: ["IST0111, KIA0002", "IST0110, KIA0003"],
    peerAuthentication: ["KIA0002", "KIA0003"],
    telemetry: ["IST0160, KIA0002", "IST0159, KIA0003"],
    proxyConfig: ["KIA0002", "KIA0003"],
};

/** What both hold for, as messages say it; undefined where they don't meet. */
function meeting(
    namespace: string,
    ours: Labels | undefined,
    theirs: Labels | undefined,
    stack: Stack,
): string | undefined {
    if (!ours || !theirs) return undefined;
    const [count, their] = [Object.keys(ours).length, Object.keys(theirs).length];
    if (count === 0 && their === 0) return `all of namespace "${namespace}"`;
    // Without a selector it is the namespace's default, which a selector overrides.
    if (count === 0 || their === 0) return undefined;
    const pods = stack
        .view(podsByNamespace)
        .get(namespace)
        ?.find(({ template: { metadata } }) =>
            [ours, theirs].every((labels) => carries(metadata?.labels, labels)),
        );
    if (pods) return pods.found.subject;
    return count === their && carries(ours, theirs) ? "the same labels" : undefined;
}

function* judge<K extends Exclusive>(
    found: Found<K>,
    labelsOf: LabelsOf<K>,
    stack: Stack,
): Generator<Finding> {
    const { kind, namespace } = found;
    for (const other of stack.in(kind, namespace)) {
        // Each pair once: the later of the two is told.
        if (other === found) break;
        const both = meeting(namespace, labelsOf(found.object), labelsOf(other.object), stack);
        if (both === undefined) continue;
        const code = codes[kind][both.startsWith("all of") ? 0 : 1];
        yield (
            `${found.subject} and ${other.subject} both hold for ${both}, where only one counts, by age; merge ` +
            `them, or select different pods (${code}).`
        );
    }
}

export const forbidCompetingPolicies = stackRule({
    name: "forbid-competing-policies",
    displayName: "One object of a kind holds for a workload",
    description:
        "No two Sidecars, PeerAuthentications, Telemetries or ProxyConfigs hold for the same workload.",
    why:
        "Of these kinds a workload takes one object: the one that selects it, else its namespace's. Of two, the " +
        "older wins, or which one is undefined, so that a review of the newer is worth nothing.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Keep one object without a selector per namespace, and select different pods with the others.",
    url: "https://istio.io/latest/docs/reference/config/analysis/ist0111/",
    tags: ["traffic", "sidecars", "mtls", "telemetry"],
    reads: ["pod", "deployment", "statefulSet", "daemonSet", "replicaSet", "job", "cronJob"],
    judge: {
        sidecar: (found, _, stack) =>
            judge(found, ({ spec }) => spec?.workloadSelector?.labels ?? {}, stack),
        peerAuthentication: (found, _, stack) =>
            judge(found, ({ spec }) => selectedLabels(spec), stack),
        telemetry: (found, _, stack) =>
            judge(
                found,
                ({ spec }) => (targetsOf(spec).length > 0 ? undefined : selectedLabels(spec)),
                stack,
            ),
        proxyConfig: (found, _, stack) => judge(found, ({ spec }) => selectedLabels(spec), stack),
    },
});
