/** For which workloads a policy of Istio's holds: by namespace, by labels, or by naming a target. */
import { controlPlanesOf } from "./control-planes";
import { carries } from "./selectors";
import type { Found, Stack } from "./found";
import type { TargetRef, WorkloadSelector } from "./kinds/istio-networking";
import type { PeerAuthentication } from "./kinds/istio-security";

/** What says for whom a policy holds. */
export interface Scope {
    selector?: WorkloadSelector;
    targetRef?: TargetRef;
    targetRefs?: TargetRef[];
}

/** Pods that a policy may hold for. */
export interface Workload {
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
}

/** Where policies hold for the whole mesh: each control plane's root namespace. For `stack.view`. */
export function rootNamespacesOf(stack: Stack): ReadonlySet<string> {
    const roots = stack.view(controlPlanesOf).map(({ rootNamespace }) => rootNamespace);
    return new Set(roots.length > 0 ? roots : ["istio-system"]);
}

/** What a policy names by targetRefs, and by the older targetRef. */
export function targetsOf(scope: Scope | undefined): TargetRef[] {
    return [...(scope?.targetRefs ?? []), ...(scope?.targetRef ? [scope.targetRef] : [])];
}

/** The labels a policy selects by; none select all. */
export function selectedLabels(scope: Scope | undefined): Record<string, string> {
    return scope?.selector?.matchLabels ?? {};
}

/** Whether a policy holds for all of its namespace, or of the mesh. */
export function isWide(scope: Scope | undefined): boolean {
    return Object.keys(selectedLabels(scope)).length === 0 && targetsOf(scope).length === 0;
}

/** Policies of a kind that may hold for pods of a namespace: its own, and those of the whole mesh. */
export function policiesNear<K extends "authorizationPolicy" | "requestAuthentication">(
    kind: K,
    namespace: string,
    stack: Stack,
): readonly Found<K>[] {
    const roots = stack.view(rootNamespacesOf);
    return [...new Set([namespace, ...roots])].flatMap((near) => stack.in(kind, near));
}

/** Whether a policy holds for pods by namespace and labels. What targetRefs name isn't followed. */
export function holdsFor(
    policy: Found,
    scope: Scope | undefined,
    { namespace, labels }: Workload,
    roots: ReadonlySet<string>,
): boolean {
    return (
        (policy.namespace === namespace || roots.has(policy.namespace)) &&
        targetsOf(scope).length === 0 &&
        carries(labels, selectedLabels(scope))
    );
}

/** The mutual TLS that a server demands, and the policy that says so; undefined for Istio's default. */
export function mtlsOf(
    { namespace, labels }: Workload,
    stack: Stack,
): { mode: string; found: Found<"peerAuthentication"> } | undefined {
    const roots = stack.view(rootNamespacesOf);
    const own = stack.in("peerAuthentication", namespace);
    // The nearest policy that says a mode wins: for the workload, the namespace, the mesh.
    const nearest = [
        own.filter(({ object }) => !isWide(object.spec) && carries(labels, labelsOf(object))),
        own.filter(({ object }) => isWide(object.spec)),
        [...roots].flatMap((root) =>
            stack.in("peerAuthentication", root).filter(({ object }) => isWide(object.spec)),
        ),
    ];
    for (const level of nearest) {
        for (const found of level) {
            const mode = found.object.spec?.mtls?.mode;
            if (mode !== undefined && mode !== "UNSET") return { mode, found };
        }
    }
    return undefined;
}

function labelsOf({ spec }: PeerAuthentication): Record<string, string> {
    return selectedLabels(spec);
}
