import type { Classified } from "../classes/classify";
import type { ClassName } from "../classes/classes";
import type { Plan, Resource } from "../events/changes";
import { fits, parsePath } from "../events/paths";
import { CONTROL_PLANE_NAMESPACES } from "../../components/plan/namespaces";
import type { ClusterFacts } from "./cluster-facts";
import { namespaceStories } from "./planes";
import type { NamespaceStory, Plane } from "./planes";

/** What happens to one namespace. Sentences for people; an empty list where nothing happens. */
export interface Impact {
    readonly namespace: string;
    readonly from: Plane | "absent";
    readonly to: Plane | "absent";
    /** Workloads whose pods are replaced by the update itself. */
    readonly restarts: readonly string[];
    /** Workloads that somebody must restart before the change is in force for them. */
    readonly mustRestart: readonly string[];
    /** Workloads whose long-lived connections end. */
    readonly cut: readonly string[];
    /** How mTLS is lost; absent where it isn't. */
    readonly losesMtls?: string;
    /** How L7 routing and policy is lost; absent where it isn't. */
    readonly losesL7?: string;
    /** Workloads that are deleted with their namespace. */
    readonly deleted: readonly string[];
}

const RESTARTING: readonly ClassName[] = [
    "istiod-restart",
    "gateway-restart",
    "data-plane-restart",
    "node-level",
];
const PODS = ["istiod", "gateway", "ztunnel", "cni", "workload"];
const INJECTION = [
    "injector config",
    "mesh config",
    "istio ProxyConfig",
    "MutatingWebhookConfiguration",
];
const TEMPLATE = parsePath("spec.template.**");

/** Which namespaces and workloads a preview hits: only those with something to say, sorted by name. */
export function blastRadius(
    plan: Plan,
    classified: readonly Classified[],
    cluster: ClusterFacts | undefined,
): readonly Impact[] {
    const pushes = injectionChanges(classified);
    const ztunnel = classified.some(
        ({ change, classes }) =>
            change.subjects[0] === "ztunnel" && classes.includes("connections-cut"),
    );
    const gateways = injectedGateways([...plan.changes, ...plan.unchanged]);
    const waypointsRoll = classified.some(
        ({ change, classes }) =>
            change.subjects[0] === "injector config" && classes.includes("gateway-restart"),
    );
    return namespaceStories(plan, cluster)
        .map((story) => {
            const own = classified.filter(({ change }) => change.object?.namespace === story.name);
            const restarts = own
                .filter(({ change, classes }) => rolls(change) && some(classes, RESTARTING))
                .map(nameOf);
            const rolledByIstiod = waypointProxies(story, own, waypointsRoll);
            return impactOf(story, {
                restarts: [...restarts, ...rolledByIstiod],
                cut: own
                    .filter(
                        ({ change, classes }) =>
                            PODS.includes(change.subjects[0] ?? "") &&
                            classes.includes("connections-cut"),
                    )
                    .map(nameOf),
                pushed: pushes,
                gateways: gateways.get(story.name) ?? [],
                ztunnel,
                plaintext: own.some(
                    ({ change, classes }) =>
                        change.object?.kind === "PeerAuthentication" &&
                        classes.includes("security-weakened"),
                ),
            });
        })
        .filter(
            ({ restarts, mustRestart, cut, losesMtls, losesL7, deleted }) =>
                [restarts, mustRestart, cut, deleted].some((list) => list.length > 0) ||
                losesMtls !== undefined ||
                losesL7 !== undefined,
        );
}

function some<T>(items: readonly T[], wanted: readonly T[]): boolean {
    return items.some((item) => wanted.includes(item));
}

function nameOf({ change }: Classified): string {
    return `${change.object?.kind ?? ""} ${change.object?.name ?? ""}`;
}

/** Whether the pods of a workload are replaced: another template, or another object of the name. */
function rolls(change: Classified["change"]): boolean {
    if (!PODS.includes(change.subjects[0] ?? "") || change.op === "create") return false;
    if (change.op === "delete") return false;
    return change.op === "replace" || change.differences.some(({ path }) => fits(path, TEMPLATE));
}

/** Whether new pods get another proxy or another start of it than running ones have. */
function injectionChanges(classified: readonly Classified[]): boolean {
    return classified.some(
        ({ change, classes }) =>
            INJECTION.includes(change.subjects[0] ?? "") &&
            change.op !== "create" &&
            classes.includes("data-plane-restart"),
    );
}

/** Gateways whose proxy istiod's injector adds, by namespace: they follow it only when they restart. */
function injectedGateways(resources: readonly Resource[]): ReadonlyMap<string, readonly string[]> {
    const found = new Map<string, string[]>();
    for (const { object, subjects, before } of resources) {
        if (object === undefined || subjects[0] !== "gateway") continue;
        if (Object.keys(before).length === 0) continue;
        const names = found.get(object.namespace) ?? [];
        found.set(object.namespace, [...names, `${object.kind} ${object.name}`]);
    }
    return found;
}

/** The proxies that istiod itself makes for Gateways, where it makes them anew. */
function waypointProxies(
    { name, before, after }: NamespaceStory,
    own: readonly Classified[],
    all: boolean,
): readonly string[] {
    const options = own.some(
        ({ change, classes }) =>
            ["gateway options", "waypoint", "gateway object"].includes(change.subjects[0] ?? "") &&
            change.op === "update" &&
            classes.includes("gateway-restart"),
    );
    const has = before?.waypoint === true && after?.waypoint === true;
    return options || (all && has) ? [`the waypoint of ${name}`] : [];
}

interface Causes {
    readonly restarts: readonly string[];
    readonly cut: readonly string[];
    /** Whether sidecars and gateways must restart to follow the injector. */
    readonly pushed: boolean;
    readonly gateways: readonly string[];
    readonly ztunnel: boolean;
    readonly plaintext: boolean;
}

function impactOf(story: NamespaceStory, causes: Causes): Impact {
    const { name, before, after, workloads } = story;
    const from = before?.plane ?? (after ? "absent" : "none");
    const to = after?.plane ?? (before ? "absent" : "none");
    const apps = CONTROL_PLANE_NAMESPACES.includes(name)
        ? []
        : workloads.filter((workload) => !causes.gateways.includes(workload));
    const moves = from !== to && (from === "sidecar" || to === "sidecar") && to !== "absent";
    const follows = causes.pushed && from === "sidecar" && to === "sidecar" ? apps : [];
    const mustRestart = [
        ...(moves && from !== "absent" ? apps : follows),
        ...(causes.pushed ? causes.gateways : []),
    ].filter((workload) => !causes.restarts.includes(workload));
    const losesMtls = mtlsLost(from, to, causes.plaintext);
    const losesL7 = l7Lost(story, from, to);
    return {
        namespace: name,
        from,
        to,
        restarts: unique(causes.restarts),
        mustRestart: unique(mustRestart),
        cut: unique([...causes.cut, ...(causes.ztunnel && from === "ambient" ? apps : [])]),
        ...(losesMtls === undefined ? {} : { losesMtls }),
        ...(losesL7 === undefined ? {} : { losesL7 }),
        deleted: to === "absent" ? workloads : [],
    };
}

function unique(items: readonly string[]): readonly string[] {
    return [...new Set(items)].sort();
}

function mtlsLost(from: Impact["from"], to: Impact["to"], plaintext: boolean): string | undefined {
    if (from === "ambient" && to === "sidecar") return "at once, until its pods have restarted";
    if (from === "ambient" && to === "none") return "at once";
    if (from === "sidecar" && to === "none") return "pod by pod, as they restart";
    return plaintext ? "plaintext is accepted" : undefined;
}

function l7Lost(
    { before, after }: NamespaceStory,
    from: Impact["from"],
    to: Impact["to"],
): string | undefined {
    if (to === "absent" || from === "absent") return undefined;
    if (from === "sidecar" && to === "ambient" && after?.waypoint !== true) {
        return "as its pods restart: ambient has no L7 without a waypoint";
    }
    if (from === "sidecar" && to === "none") return "pod by pod, as they restart";
    if (before?.waypoint === true && after?.waypoint !== true && to !== "sidecar") {
        return "at once: the waypoint is no longer used";
    }
    return before?.waypoint === true && to === "sidecar"
        ? "at once, until its pods have restarted"
        : undefined;
}
