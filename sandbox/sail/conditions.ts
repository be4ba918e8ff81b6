import type { IstioRevisionSpec } from "../../components/sail/crs.generated";
import type { Condition, Custom, Metadata, Status, Workload, World } from "./objects";

/*
 * What the operator says in its objects' statuses, by the rules of its controllers. Every message says
 * that it is played.
 */

const PLAYED = "played by the sandbox: no Sail Operator runs here";

type Verdict = Pick<Condition, "type" | "status" | "reason"> & { readonly message?: string };

const good = (type: string): Verdict => ({ type, status: "True", reason: type });

/** Whether the charts were installed. */
export function reconciled(problem: string | undefined, reason = "ReconcileError"): Verdict {
    return problem === undefined
        ? good("Reconciled")
        : {
              type: "Reconciled",
              status: "False",
              reason,
              message: `error reconciling resource: ${problem}`,
          };
}

/** Whether a Deployment is ready; the operator asks no more of it than this. */
export function deploymentReady(deployment: Workload | undefined): Verdict {
    const { replicas = 0, readyReplicas = 0 } = deployment?.status ?? {};
    return replicas > 0 && readyReplicas >= replicas
        ? good("Ready")
        : {
              type: "Ready",
              status: "False",
              reason: "IstiodNotReady",
              message:
                  deployment === undefined
                      ? "istiod Deployment not found"
                      : "not all istiod pods are ready",
          };
}

/** Whether a DaemonSet is ready. */
export function daemonSetReady(daemonSet: Workload | undefined): Verdict {
    const { currentNumberScheduled = 0, numberReady = 0 } = daemonSet?.status ?? {};
    return currentNumberScheduled > 0 && numberReady >= currentNumberScheduled
        ? good("Ready")
        : {
              type: "Ready",
              status: "False",
              reason: "DaemonSetNotReady",
              message:
                  daemonSet === undefined ? "DaemonSet not found" : "not all its pods are ready",
          };
}

/** Whether the node agents that a revision needs are there and healthy. */
export function dependenciesHealthy(
    { values }: IstioRevisionSpec,
    { cnis, ztunnels }: Pick<World, "cnis" | "ztunnels">,
): Verdict {
    const type = "DependenciesHealthy";
    const needs = [
        {
            kind: "IstioCNI",
            needed: values?.pilot?.cni?.enabled ?? values?.global?.platform === "openshift",
            found: cnis[0],
        },
        {
            kind: "ZTunnel",
            needed:
                values?.profile === "ambient" ||
                values?.pilot?.env?.["PILOT_ENABLE_AMBIENT"] === "true",
            found: ztunnels[0],
        },
    ];
    for (const { kind, needed, found } of needs) {
        if (!needed) continue;
        if (found === undefined) {
            const message = `${kind} resource does not exist`;
            return { type, status: "False", reason: `${kind}NotFound`, message };
        }
        if (found.status?.state !== "Healthy") {
            const message = `${kind} resource is not healthy`;
            return { type, status: "False", reason: `${kind}NotHealthy`, message };
        }
    }
    return good(type);
}

/** The revision or tag that a namespace asks for. */
function namespaceRevision({ labels = {} }: Metadata): string | undefined {
    return labels["istio-injection"] === "enabled" ? "default" : labels["istio.io/rev"];
}

function podRevision({ labels = {} }: Metadata): string | undefined {
    if (labels["sidecar.istio.io/inject"] === "false") return undefined;
    return (
        labels["istio.io/rev"] ??
        (labels["sidecar.istio.io/inject"] === "true" ? "default" : undefined)
    );
}

/** Whether a namespace or pod names this revision or tag, or, of a revision, whether a tag or pod has it. */
export function inUse(
    name: string,
    kind: "IstioRevision" | "IstioRevisionTag",
    { namespaces, pods, tags }: Pick<World, "namespaces" | "pods" | "tags">,
): Verdict {
    const asked = new Map(
        namespaces.map(({ metadata }) => [metadata.name, namespaceRevision(metadata)]),
    );
    const revision = kind === "IstioRevision";
    const used =
        (revision && tags.some(({ status }) => status?.istioRevision === name)) ||
        [...asked.values()].includes(name) ||
        pods.some(
            ({ metadata, status }) =>
                status?.phase !== "Succeeded" &&
                ((revision && metadata.annotations?.["istio.io/rev"] === name) ||
                    (asked.get(metadata.namespace ?? "") === undefined &&
                        podRevision(metadata) === name)),
        );
    return used
        ? { type: "InUse", status: "True", reason: "ReferencedByWorkloads" }
        : { type: "InUse", status: "False", reason: "NotReferencedByAnything" };
}

/** Conditions for a status: a condition that says the same as before keeps its time. */
export function conditionsOf(
    verdicts: readonly Verdict[],
    before: readonly Condition[] = [],
    now = new Date(),
): readonly Condition[] {
    return verdicts.map(({ type, status, reason, message }) => {
        const same = before.find((old) => old.type === type && old.status === status);
        return {
            type,
            status,
            reason,
            message: message === undefined ? PLAYED : `${message} (${PLAYED})`,
            lastTransitionTime:
                same?.lastTransitionTime ?? now.toISOString().replace(/\.\d+Z$/, "Z"),
        };
    });
}

/** An object's state: the reason of its first condition that isn't True. */
export function stateOf(conditions: readonly Condition[]): string {
    return conditions.find(({ status }) => status !== "True")?.reason ?? "Healthy";
}

/** Whether two statuses say the same. */
export function sameStatus(a: Status | undefined, b: Status): boolean {
    const ordered = (value: unknown): unknown =>
        typeof value === "object" && value !== null && !Array.isArray(value)
            ? Object.fromEntries(
                  Object.entries(value)
                      .sort(([left], [right]) => left.localeCompare(right))
                      .map(([key, inner]) => [key, ordered(inner)]),
              )
            : Array.isArray(value)
              ? value.map(ordered)
              : value;
    return JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));
}

/** Whether a revision that isn't active has been unused for its time of grace. */
export function expired(
    { status }: Custom<IstioRevisionSpec>,
    graceSeconds: number,
    now = new Date(),
): boolean {
    const used = status?.conditions?.find(({ type }) => type === "InUse");
    return (
        used?.status === "False" &&
        Date.parse(used.lastTransitionTime) + graceSeconds * 1_000 < now.getTime()
    );
}
