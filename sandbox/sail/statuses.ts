import type { IstioRevisionTagSpec, IstioSpec } from "../../components/sail/crs.generated";
import type { Revision } from "../../components/sail/operator-releases";
import {
    conditionsOf,
    daemonSetReady,
    dependenciesHealthy,
    deploymentReady,
    inUse,
    reconciled,
    stateOf,
} from "./conditions";
import type { Custom, Status, Workload, World } from "./objects";

/**
 * The status of an Istio object, most of it its active revision's.
 * @param mine the revisions that it owns.
 */
export function istioStatus(
    istio: Custom<IstioSpec>,
    activeName: string,
    mine: World["revisions"],
    problem: string | undefined,
): Status {
    const active = mine.find(({ metadata }) => metadata.name === activeName);
    const copied = (active?.status?.conditions ?? []).filter(({ type }) => type !== "InUse");
    const missing = {
        ...{ type: "Reconciled", status: "False" as const },
        reason: "ActiveRevisionNotFound",
    };
    const conditions =
        problem === undefined && copied.length > 0
            ? copied
            : conditionsOf(
                  [problem === undefined ? missing : reconciled(problem)],
                  istio.status?.conditions,
              );
    const having = (type: string): number =>
        mine.filter(({ status }) =>
            status?.conditions?.some((one) => one.type === type && one.status === "True"),
        ).length;
    return {
        ...generationOf(istio),
        conditions,
        state: (problem === undefined ? active?.status?.state : undefined) ?? stateOf(conditions),
        activeRevisionName: activeName,
        revisions: { total: mine.length, ready: having("Ready"), inUse: having("InUse") },
    };
}

/** The status of a tag: what it points to, and who uses it. It has no readiness. */
export function tagStatus(
    tag: Custom<IstioRevisionTagSpec>,
    revision: Revision | undefined,
    world: World,
    problem?: string,
    reason?: string,
): Status {
    const conditions = conditionsOf(
        [reconciled(problem, reason), inUse(tag.metadata.name, "IstioRevisionTag", world)],
        tag.status?.conditions,
    );
    return {
        ...generationOf(tag),
        conditions,
        state: stateOf(conditions),
        istioRevision: revision?.name ?? tag.status?.istioRevision ?? "",
        istiodNamespace: revision?.spec.namespace ?? tag.status?.istiodNamespace ?? "",
    };
}

function generationOf({ metadata }: Custom<unknown>): Pick<Status, "observedGeneration"> {
    return { observedGeneration: metadata.generation ?? 1 };
}

/** The status of a revision: its istiod, what it needs, and who uses it. */
export function revisionStatus(
    { metadata, spec, status }: World["revisions"][number],
    world: World,
    problem: string | undefined,
): Status {
    const suffix = spec.values?.revision ?? "";
    const istiod = suffix === "" ? "istiod" : `istiod-${suffix}`;
    const conditions = conditionsOf(
        [
            reconciled(problem),
            deploymentReady(at(world.deployments, spec.namespace, istiod)),
            dependenciesHealthy(spec, world),
            inUse(metadata.name, "IstioRevision", world),
        ],
        status?.conditions,
    );
    return {
        observedGeneration: metadata.generation ?? 1,
        conditions,
        state: stateOf(conditions.filter(({ type }) => type !== "InUse")),
    };
}

/** The status of an object whose chart is one DaemonSet. */
export function agentStatus(
    object: Custom<{ readonly namespace: string }>,
    daemonSet: string,
    world: World,
    problem: string | undefined,
): Status {
    const found = at(world.daemonSets, object.spec.namespace, daemonSet);
    const conditions = conditionsOf(
        [reconciled(problem), daemonSetReady(found)],
        object.status?.conditions,
    );
    return { ...generationOf(object), conditions, state: stateOf(conditions) };
}

function at(workloads: readonly Workload[], namespace: string, name: string): Workload | undefined {
    return workloads.find(
        ({ metadata }) => metadata.namespace === namespace && metadata.name === name,
    );
}
