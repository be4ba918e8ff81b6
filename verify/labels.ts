/** What labels of namespaces and Services ask for, and nobody gives. */
import {
    DATAPLANE_MODE,
    dataPlaneOf,
    INJECTION,
    REVISION,
    waypointIn,
} from "../policy/data-planes";
import type { Found, Stack } from "../policy/found";
import type { Finding } from "./findings";
import { isTrue } from "./live";
import { DEFAULT_REVISION, injectorsOf, membersOf } from "./members";

/** Findings about namespaces, their revisions and their waypoints. */
export function labelFindings(stack: Stack): readonly Finding[] {
    return [
        ...stack.all("namespace").flatMap((found) => [...ofNamespace(found, stack)]),
        ...waypointFindings(stack),
    ];
}

function* ofNamespace(found: Found<"namespace">, stack: Stack): Generator<Finding> {
    const labels = found.object.metadata?.labels ?? {};
    const plane = dataPlaneOf(found);
    const subject = `Namespace ${found.shortName}`;
    if (plane.mode !== "sidecar") return;
    const label = plane.revision === undefined ? INJECTION : REVISION;
    if (labels[DATAPLANE_MODE] === "ambient") {
        yield {
            check: "conflicting-labels",
            subject,
            what: `it has ${label}=${labels[label] ?? ""} and ${DATAPLANE_MODE}=ambient: sidecars win, and ztunnel leaves pods with a sidecar alone.`,
            fix: `For ambient: kubectl label namespace ${found.shortName} ${label}- and restart its workloads. For sidecars: kubectl label namespace ${found.shortName} ${DATAPLANE_MODE}-`,
        };
    }
    const wanted = plane.revision ?? DEFAULT_REVISION;
    const known = stack.view(injectorsOf);
    if (known.has(wanted)) return;
    const others = [...known.keys()].sort().join(", ");
    yield {
        check: "no-injector",
        subject,
        what: `it has ${label}=${labels[label] ?? ""}, and no istiod injects for ${plane.revision === undefined ? "that label: the default revision or a tag named default would" : `revision or tag "${wanted}"`}, so new pods get no sidecar.`,
        fix:
            others === ""
                ? "No istiod injects at all: install one, or look at its MutatingWebhookConfiguration."
                : `Label it with one of those that inject: kubectl label namespace ${found.shortName} --overwrite ${REVISION}=<${others.replaceAll(", ", "|")}>${label === INJECTION ? ` ${INJECTION}-` : ""}; or add a tag of that name.`,
    };
}

/** Namespaces, Services and pods that name a waypoint which can't serve them. */
function* waypointFindings(stack: Stack): Generator<Finding> {
    const namers = [
        ...stack.all("namespace").map((found) => ({ found, namespace: found.shortName })),
        ...stack.all("service").map((found) => ({ found, namespace: found.namespace })),
        ...stack.all("pod").map((found) => ({ found, namespace: found.namespace })),
    ];
    const ambient = new Set(
        stack
            .view(membersOf)
            .filter(({ wanted }) => wanted.plane === "ambient")
            .map(({ namespace }) => namespace),
    );
    for (const { found, namespace } of namers) {
        const waypoint = waypointIn(found.object.metadata?.labels, namespace);
        // Sidecars don't go by the label.
        if (waypoint === undefined || !ambient.has(namespace)) continue;
        const gateway = stack
            .in("gateway", waypoint.namespace)
            .find(({ shortName }) => shortName === waypoint.name);
        const at = `${waypoint.namespace}/${waypoint.name}`;
        const { conditions } =
            (
                gateway?.object as
                    { status?: { conditions?: Parameters<typeof isTrue>[0] } } | undefined
            )?.status ?? {};
        const lacks =
            gateway === undefined
                ? `there is no Gateway ${at}`
                : isTrue(conditions, "Programmed")
                  ? undefined
                  : `Gateway ${at} isn't Programmed`;
        if (lacks === undefined) continue;
        yield {
            check: "no-waypoint",
            subject: `${found.kind === "namespace" ? "Namespace" : found.kind === "service" ? "Service" : "Pod"} ${found.name}`,
            what: `it names the waypoint ${at}, but ${lacks}: HTTP rules, routes and telemetry of its services aren't applied, or their requests fail.`,
            fix:
                gateway === undefined
                    ? `Add the waypoint (namespaces[].waypoint: true in a stack of this program), or remove the label istio.io/use-waypoint.`
                    : `kubectl -n ${waypoint.namespace} describe gateway ${waypoint.name} says what it waits for.`,
        };
    }
}
