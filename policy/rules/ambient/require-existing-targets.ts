import { texts, type Values } from "../../config";
import type { Found, Stack } from "../../found";
import { namespacesMadeBy } from "../../hosts";
import type { TargetRef } from "../../kinds/istio-networking";
import { rootNamespacesOf, targetsOf } from "../../policy-scope";
import { stackRule } from "../../rule";

/** What targetRefs may name beside a GatewayClass, by Istio's reference of `PolicyTargetReference`. */
const named = { Gateway: "gateway", Service: "service", ServiceEntry: "serviceEntry" } as const;

const config = {
    external: texts("Targets that are made elsewhere, as `<Kind>/<namespace>/<name>`.", []),
};

type Policy =
    | Found<"authorizationPolicy">
    | Found<"requestAuthentication">
    | Found<"telemetry">
    | Found<"wasmPlugin">;

/** What is wrong with a target; undefined if nothing is, or nothing can be told. */
function problem(
    { kind = "", name = "" }: TargetRef,
    { namespace }: Policy,
    external: readonly string[],
    stack: Stack,
): string | undefined {
    if (kind === "GatewayClass") {
        const roots = [...stack.view(rootNamespacesOf)];
        return roots.includes(namespace)
            ? undefined
            : `which counts in the root namespace alone; move it to "${roots.join('" or "')}"`;
    }
    const wanted = Object.entries(named).find(([known]) => known === kind)?.[1];
    if (wanted === undefined || external.includes(`${kind}/${namespace}/${name}`)) return undefined;
    const there = stack.in(wanted, namespace).map(({ shortName }) => shortName);
    if (there.includes(name) || !stack.view(namespacesMadeBy).has(namespace)) return undefined;
    const others =
        there.length > 0 ? `there are ${there.map((one) => `"${one}"`).join(", ")}` : "add it";
    return `which the stack doesn't make, though it makes namespace "${namespace}"; ${others}`;
}

function* judge(found: Policy, { external }: Values<typeof config>, stack: Stack) {
    for (const target of targetsOf(found.object.spec)) {
        const wrong = problem(target, found, external, stack);
        if (wrong === undefined) continue;
        yield `${found.subject} is for ${target.kind ?? ""} "${target.name ?? ""}", ${wrong}.`;
    }
}

export const requireExistingTargets = stackRule({
    name: "require-existing-targets",
    displayName: "What a policy names by targetRefs exists",
    description:
        "Every Gateway, Service or ServiceEntry that a policy names by targetRefs is in the stack, where the policy looks for it.",
    why:
        "A policy holds for what its targetRefs name, in its own namespace, and for nothing else. With a " +
        "name that nothing has it is accepted and applied nowhere: an ALLOW doesn't restrict, a DENY " +
        "doesn't deny. A GatewayClass, for all its waypoints, counts in the root namespace alone. Judged " +
        "are namespaces that the stack makes.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Correct the name or the policy's namespace, make the target, or list it in `external` if " +
        "something else does.",
    url: "https://istio.io/latest/docs/reference/config/type/workload-selector/#PolicyTargetReference",
    tags: ["ambient", "authorization", "waypoints"],
    controls: { nist: ["AC-3", "AC-4"] },
    config,
    reads: ["namespace", "gateway", "service", "serviceEntry", "deployment", "istio", "configMap"],
    judge: {
        authorizationPolicy: judge,
        requestAuthentication: judge,
        telemetry: judge,
        wasmPlugin: judge,
    },
});
