import { parse } from "yaml";
import type { Plan, Resource } from "../events/changes";
import { isTree, numberAt, textAt, treeAt, valueAt } from "../events/tree";
import type { Tree, Value } from "../events/tree";
import { containersOf, makesPods, membershipOf, replicasOf } from "./planes";
import { NONE, quantity, sum, times } from "./quantities";
import type { Amount } from "./quantities";

/** What one workload asks for, on one side of the change. */
export interface Demand {
    /** Requests of one pod. */
    readonly requests: Amount;
    /** Limits of one pod; 0 where there is none. */
    readonly limits: Amount;
    /** Pods at least and at most; the same without an autoscaler. Per node for node agents: 1. */
    readonly pods: readonly [least: number, most: number];
}

/** One line of the capacity table. */
export interface CapacityLine {
    readonly what: string;
    /** Whether it runs once per node. */
    readonly perNode: boolean;
    readonly before?: Demand;
    readonly after?: Demand;
}

/** What all lines ask for together. */
export interface Total {
    readonly least: Amount;
    readonly most: Amount;
    readonly limits: Amount;
}

/** Requests and limits, before and after. */
export interface Capacity {
    readonly lines: readonly CapacityLine[];
    /** Per node: what runs on every one. */
    readonly perNode: { readonly before: Total; readonly after: Total };
    /** Everything that doesn't run per node. */
    readonly fixed: { readonly before: Total; readonly after: Total };
    /** All together; absent where the number of nodes isn't known but matters. */
    readonly all?: { readonly before: Total; readonly after: Total };
    readonly nodes?: number;
}

type Side = "before" | "after";

/** Adds up what a stack's pods ask for: its own, the sidecars that will be injected, and the waypoints. */
export function capacityOf(plan: Plan, nodes: number | undefined): Capacity {
    const resources: readonly Resource[] = [...plan.changes, ...plan.unchanged];
    const scalers = autoscalers(resources);
    const workloads = resources.filter(makesPods).map((resource): CapacityLine => {
        const { kind = "", namespace = "", name = "" } = resource.object ?? {};
        return line(
            `${kind} ${namespace}/${name}`,
            kind === "DaemonSet",
            demandOf(resource, "before", scalers),
            demandOf(resource, "after", scalers),
        );
    });
    const lines = [...workloads, ...sidecarLines(resources), ...waypointLines(resources)].sort(
        (a, b) => (a.what < b.what ? -1 : 1),
    );
    const total = (side: Side, perNode: boolean) =>
        totalOf(
            lines.filter((each) => each.perNode === perNode).flatMap((each) => each[side] ?? []),
        );
    const perNode = { before: total("before", true), after: total("after", true) };
    const fixed = { before: total("before", false), after: total("after", false) };
    const agents = lines.some((each) => each.perNode);
    const all = (side: Side) => addedUp(fixed[side], perNode[side], nodes ?? 0);
    return {
        lines,
        perNode,
        fixed,
        ...(nodes === undefined && agents
            ? {}
            : { all: { before: all("before"), after: all("after") } }),
        ...(nodes === undefined ? {} : { nodes }),
    };
}

function line(
    what: string,
    perNode: boolean,
    before: Demand | undefined,
    after: Demand | undefined,
): CapacityLine {
    return { what, perNode, ...(before ? { before } : {}), ...(after ? { after } : {}) };
}

/** Whether a line differs between before and after. */
export function changes({ before, after }: CapacityLine): boolean {
    return JSON.stringify(before) !== JSON.stringify(after);
}

function totalOf(demands: readonly Demand[]): Total {
    return {
        least: sum(demands.map(({ requests, pods }) => times(requests, pods[0]))),
        most: sum(demands.map(({ requests, pods }) => times(requests, pods[1]))),
        limits: sum(demands.map(({ limits, pods }) => times(limits, pods[1]))),
    };
}

function addedUp(fixed: Total, perNode: Total, nodes: number): Total {
    const add = (key: keyof Total) => sum([fixed[key], times(perNode[key], nodes)]);
    return { least: add("least"), most: add("most"), limits: add("limits") };
}

function amountAt(container: Tree, path: readonly string[]): Amount {
    const { cpu, memory } = treeAt(container, path);
    return { cpu: quantity(cpu) ?? 0, memory: (quantity(memory) ?? 0) / 2 ** 30 };
}

function autoscalers(resources: readonly Resource[]): readonly Resource[] {
    return resources.filter(({ object }) => object?.kind === "HorizontalPodAutoscaler");
}

/** What a workload asks for on one side; undefined where it isn't there. */
function demandOf(
    { object, ...sides }: Resource,
    side: Side,
    scalers: readonly Resource[],
): Demand | undefined {
    const workload = sides[side];
    if (Object.keys(workload).length === 0) return undefined;
    const containers = containersOf(workload);
    const scaler = scalers.find(
        (each) =>
            each.object?.namespace === object?.namespace &&
            textAt(each[side], ["spec", "scaleTargetRef", "name"]) === object?.name,
    )?.[side];
    const replicas = replicasOf(workload);
    const least = scaler ? (numberAt(scaler, ["spec", "minReplicas"]) ?? 1) : replicas;
    const most = scaler ? (numberAt(scaler, ["spec", "maxReplicas"]) ?? least) : replicas;
    return {
        requests: sum(containers.map((each) => amountAt(each, ["resources", "requests"]))),
        limits: sum(containers.map((each) => amountAt(each, ["resources", "limits"]))),
        pods: object?.kind === "DaemonSet" ? [1, 1] : [least, most],
    };
}

/** One line per namespace whose pods get a sidecar. */
function sidecarLines(resources: readonly Resource[]): readonly CapacityLine[] {
    const injector = resources.find(({ subjects }) => subjects[0] === "injector config");
    const proxy = (side: Side): Tree => {
        const values = textAt(injector?.[side], ["data", "values"]);
        return values === undefined ? {} : treeAt(document(values), ["global", "proxy"]);
    };
    return resources
        .filter(({ object }) => object?.kind === "Namespace")
        .flatMap((namespace): readonly CapacityLine[] => {
            const of = (side: Side): Demand | undefined => {
                const labels = treeAt(namespace[side], ["metadata", "labels"]);
                if (membershipOf(labels).plane !== "sidecar") return undefined;
                const pods = podsIn(namespace.object?.name ?? "", side, resources);
                if (pods[1] === 0) return undefined;
                const container = proxy(side);
                return {
                    requests: amountAt(container, ["resources", "requests"]),
                    limits: amountAt(container, ["resources", "limits"]),
                    pods,
                };
            };
            const [before, after] = [of("before"), of("after")];
            return before || after
                ? [line(`sidecars of ${namespace.object?.name ?? ""}`, false, before, after)]
                : [];
        });
}

/** Pods of a namespace's own workloads; gateways are proxies themselves. */
export function podsIn(
    namespace: string,
    side: Side,
    resources: readonly Resource[],
): readonly [number, number] {
    const scalers = autoscalers(resources);
    const demands = resources
        .filter((each) => each.subjects[0] === "workload" && each.object?.namespace === namespace)
        .flatMap((each) => demandOf(each, side, scalers) ?? []);
    return [
        demands.reduce((count, { pods }) => count + pods[0], 0),
        demands.reduce((count, { pods }) => count + pods[1], 0),
    ];
}

/** One line per waypoint, whose Deployment istiod makes from the Gateway and its options. */
function waypointLines(resources: readonly Resource[]): readonly CapacityLine[] {
    return resources
        .filter(({ subjects }) => subjects[0] === "waypoint")
        .map((gateway) => {
            const { namespace = "", name = "" } = gateway.object ?? {};
            const of = (side: Side): Demand | undefined => {
                const spec = treeAt(gateway[side], ["spec"]);
                if (Object.keys(spec).length === 0) return undefined;
                const wanted = textAt(spec, ["infrastructure", "parametersRef", "name"]);
                const options = resources.find(
                    ({ object }) =>
                        object?.kind === "ConfigMap" &&
                        object.namespace === namespace &&
                        object.name === wanted,
                );
                return waypointDemand(treeAt(options?.[side], ["data"]));
            };
            return line(`waypoint ${namespace}/${name}`, false, of("before"), of("after"));
        });
}

function waypointDemand(options: Tree): Demand {
    const deployment = document(textAt(options, ["deployment"]) ?? "");
    const scaler = document(textAt(options, ["horizontalPodAutoscaler"]) ?? "");
    const replicas = replicasOf(deployment);
    const least = numberAt(scaler, ["spec", "minReplicas"]) ?? replicas;
    const most = numberAt(scaler, ["spec", "maxReplicas"]) ?? Math.max(least, replicas);
    const container = containersOf(deployment)[0] ?? {};
    return {
        requests: amountAt(container, ["resources", "requests"]),
        limits: amountAt(container, ["resources", "limits"]),
        pods: [least, most],
    };
}

function document(text: string): Tree {
    try {
        const read = parse(text) as Value;
        return isTree(read) ? read : {};
    } catch {
        return {};
    }
}

/** What one pod of a kind of node agent asks for, where the stack has it. */
export function requestsOf(subject: string, resources: readonly Resource[]): Amount | undefined {
    const found = resources.find(
        ({ subjects, after }) => subjects[0] === subject && valueAt(after, ["spec"]) !== undefined,
    );
    if (found === undefined) return undefined;
    return sum(containersOf(found.after).map((each) => amountAt(each, ["resources", "requests"])));
}

/** What the injector gives one sidecar, where the stack has an injector. */
export function sidecarRequests(resources: readonly Resource[]): Amount {
    const injector = resources.find(({ subjects }) => subjects[0] === "injector config");
    const values = textAt(injector?.after, ["data", "values"]);
    if (values === undefined) return NONE;
    return amountAt(treeAt(document(values), ["global", "proxy"]), ["resources", "requests"]);
}
