import type { Settings } from "../../settings/schema";
import { sizingOf } from "../../components/plan/sizing";
import type { Plan, Resource } from "../events/changes";
import { treeAt } from "../events/tree";
import { podsIn, requestsOf, sidecarRequests } from "./capacity";
import { membershipOf } from "./planes";
import { quantity, sum, times } from "./quantities";
import type { Amount } from "./quantities";

/**
 * What one proxy uses at 1,000 requests of 1 KB per second, measured by the Istio project on release 1.24;
 * no newer figures are published.
 */
export const PUBLISHED = {
    source: "https://istio.io/latest/docs/ops/deployment/performance-and-scalability/",
    sidecar: { cpu: 0.2, memory: 60 / 1024 },
    waypoint: { cpu: 0.25, memory: 60 / 1024 },
    ztunnel: { cpu: 0.06, memory: 12 / 1024 },
} as const;

/** The same workloads on either data plane. */
export interface Comparison {
    /** Pods of the served namespaces, at least. */
    readonly pods: number;
    /** Namespaces with such pods: each would have one waypoint if it needs L7. */
    readonly namespaces: number;
    /** Undefined where no cluster was read. */
    readonly nodes?: number;
    /** Requested by the stack's own numbers. */
    readonly sidecar: Amount;
    readonly ambient: Amount;
    readonly waypoints: Amount;
    /** Used at 1,000 requests per second for each pod, by Istio's figures. */
    readonly usedBySidecars: Amount;
    readonly usedByZtunnels: Amount;
    readonly usedByWaypoints: Amount;
}

/** Compares the data planes for the pods that the stack serves; undefined where it serves none. */
export function comparisonOf(plan: Plan, nodes: number | undefined): Comparison | undefined {
    const resources: readonly Resource[] = [...plan.changes, ...plan.unchanged];
    const served = resources
        .filter(
            ({ object, after }) => object?.kind === "Namespace" && Object.keys(after).length > 0,
        )
        .filter(({ after }) => membershipOf(treeAt(after, ["metadata", "labels"])).plane !== "none")
        .map(({ object }) => podsIn(object?.name ?? "", "after", resources)[0])
        .filter((pods) => pods > 0);
    const pods = served.reduce((count, each) => count + each, 0);
    if (pods === 0) return undefined;
    const sizes = numbersOf(resources);
    const ztunnel = requestsOf("ztunnel", resources) ?? sizes.ztunnel;
    const cni = requestsOf("cni", resources) ?? sizes.cni;
    const count = nodes ?? 1;
    return {
        pods,
        namespaces: served.length,
        ...(nodes === undefined ? {} : { nodes }),
        sidecar: times(sidecarRequests(resources), pods),
        ambient: times(sum([ztunnel, cni]), count),
        waypoints: times(sizes.waypoint, served.length * sizes.waypoints),
        usedBySidecars: times(PUBLISHED.sidecar, pods),
        // ztunnel's figure is per 1,000 requests per second, whichever pods they are for.
        usedByZtunnels: times(PUBLISHED.ztunnel, pods),
        usedByWaypoints: times(PUBLISHED.waypoint, pods),
    };
}

/** The stack's numbers for what it doesn't have yet, from its Mesh component; else those of production. */
function numbersOf(resources: readonly Resource[]) {
    const mesh = resources.find(({ type }) => type === "istio-mesh:mesh:Mesh")?.after;
    const { size, sizing } = (mesh ?? {}) as Partial<Pick<Settings, "size" | "sizing">>;
    const numbers = sizingOf(size ?? "production", sizing ?? {});
    const amount = ({ cpu, memory }: { cpu: string; memory: string }): Amount => ({
        cpu: quantity(cpu) ?? 0,
        memory: (quantity(memory) ?? 0) / 2 ** 30,
    });
    return {
        ztunnel: amount(numbers.ztunnel),
        cni: amount(numbers.cni),
        waypoint: amount(numbers.waypoint),
        waypoints: numbers.waypoint.minReplicas,
    };
}
