/** Who each pod is: what of the mesh it runs, which data plane serves it, and which one its labels ask for. */
import {
    DATAPLANE_MODE,
    dataPlaneOf,
    INJECTION,
    injectionOf,
    REVISION,
} from "../policy/data-planes";
import type { DataPlane } from "../policy/data-planes";
import type { Found, Stack } from "../policy/found";
import { componentOf, imageOf } from "../policy/images";
import type { Container } from "../policy/kinds/kubernetes";
import { versionIn } from "../policy/control-planes";
import { meshPodOf } from "../policy/mesh-pods";
import { containersOf } from "../policy/pods";
import { whyNotInjected } from "../policy/sidecar-injection";
import { livePod } from "./live";
import type { LivePod } from "./live";

export type Plane = "sidecar" | "ambient" | "none";

/** The data plane that labels ask for. */
export type Wanted =
    | { readonly plane: "sidecar"; readonly revision: string }
    | { readonly plane: "ambient" }
    /** `because`: why a pod stays outside though its namespace is in the mesh. */
    | { readonly plane: "none"; readonly because?: string };

/** An Envoy in a pod, a sidecar's or a gateway's. */
export interface Proxy {
    readonly clusterName: string;
    /** `1.31.3`; undefined where the image's tag says none. */
    readonly version: string | undefined;
    /** Whether it can speak and take HBONE, ambient's protocol. */
    readonly hbone: boolean;
    /** The revision that injected it; undefined where istiod made the whole pod, as for waypoints. */
    readonly revision: string | undefined;
}

/** A pod that runs. */
export interface Member {
    readonly pod: LivePod;
    readonly namespace: string;
    /** `shop/cart-7d4b9-x2x9z`. */
    readonly name: string;
    /** What made it: `Deployment cart`. */
    readonly workload: string;
    readonly role: "app" | "gateway" | "istiod" | "ztunnel" | "other";
    /** What serves it now. */
    readonly plane: Plane;
    readonly wanted: Wanted;
    readonly proxy?: Proxy;
}

/** Istio's own words for the revision that serves where none is named. */
export const DEFAULT_REVISION = "default";

/** Name of the container that the injector and istiod's templates run Envoy in. ztunnel's is the same. */
const PROXY = "istio-proxy";
/** What the node agent writes on a pod once its traffic goes through ztunnel. */
const REDIRECTION = "ambient.istio.io/redirection";
/** Label of pods that istiod makes for a Gateway of the Gateway API. */
const GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";
/** What the injector writes on a pod: what it added, and as which revision. */
const STATUS = "sidecar.istio.io/status";

/** Every pod that runs, sorted by name. For `stack.view`. */
export function membersOf(stack: Stack): readonly Member[] {
    const planes = new Map(
        stack.all("namespace").map((found) => [found.shortName, dataPlaneOf(found)]),
    );
    return stack
        .all("pod")
        .filter((found) => runs(livePod(found)))
        .map((found) => memberOf(found, planes.get(found.namespace), stack.view(injectsAll)))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Whether pods get a sidecar that nobody asks for: enableNamespacesByDefault of istiod's chart. */
function injectsAll(stack: Stack): boolean {
    return stack
        .all("mutatingWebhookConfiguration")
        .some(({ object: { webhooks = [] } }) =>
            webhooks.some(({ name = "" }) => name.startsWith("auto.sidecar-injector.")),
        );
}

/** Namespaces that it leaves out. */
const NEVER: readonly string[] = [
    "kube-system",
    "kube-public",
    "kube-node-lease",
    "local-path-storage",
];

/** One that has ended, or is being taken away, serves nobody any more. */
function runs({ metadata, status }: LivePod): boolean {
    const { phase = "Running" } = status ?? {};
    return metadata.deletionTimestamp === undefined && !["Succeeded", "Failed"].includes(phase);
}

function memberOf(
    found: Found<"pod">,
    plane: DataPlane | undefined,
    injectedByDefault: boolean,
): Member {
    const pod = livePod(found);
    // By its name: istio-init runs the same image, and the image may be a vendor's.
    const envoy = containersOf(pod).find(
        ({ name, image = "" }) => name === PROXY && componentOf(image) !== "ztunnel",
    );
    const part = meshPodOf(pod);
    const role =
        part === "gateway" || pod.metadata.labels?.[GATEWAY_NAME] !== undefined
            ? "gateway"
            : part === "istiod" || part === "ztunnel"
              ? part
              : part === undefined
                ? "app"
                : "other";
    const captured = pod.metadata.annotations?.[REDIRECTION] === "enabled";
    return {
        pod,
        namespace: found.namespace,
        name: found.name,
        workload: workloadOf(pod.metadata, found.shortName),
        role,
        plane: envoy && role === "app" ? "sidecar" : captured ? "ambient" : "none",
        wanted: wantedOf(pod, plane, injectedByDefault),
        ...(envoy ? { proxy: proxyOf(pod, envoy) } : {}),
    };
}

/** A ReplicaSet carries its Deployment's name and a hash. */
function workloadOf({ ownerReferences = [] }: LivePod["metadata"], name: string): string {
    const [owner] = ownerReferences;
    if (owner === undefined) return `Pod ${name}`;
    return owner.kind === "ReplicaSet"
        ? `Deployment ${owner.name.replace(/-[a-z0-9]+$/, "")}`
        : `${owner.kind} ${owner.name}`;
}

function wantedOf(pod: LivePod, plane: DataPlane | undefined, injectedByDefault: boolean): Wanted {
    const why = whyNotInjected(pod, plane);
    if (
        injectedByDefault &&
        plane?.mode === "none" &&
        plane.found.object.metadata?.labels?.[INJECTION] === undefined &&
        !NEVER.includes(plane.found.shortName) &&
        pod.spec.hostNetwork !== true &&
        injectionOf(pod.metadata) === undefined
    ) {
        return { plane: "sidecar", revision: DEFAULT_REVISION };
    }
    if (plane && why === undefined) {
        // A pod's own revision counts only where its namespace says nothing.
        const revision =
            plane.mode === "sidecar" ? plane.revision : pod.metadata.labels?.[REVISION];
        return { plane: "sidecar", revision: revision ?? DEFAULT_REVISION };
    }
    const asked = plane?.found.object.metadata?.labels?.[DATAPLANE_MODE];
    const mode = pod.metadata.labels?.[DATAPLANE_MODE] ?? asked;
    if (plane?.mode === "sidecar") {
        // Out of the injector's reach, but ztunnel may still take it.
        return mode === "ambient" && pod.spec.hostNetwork !== true
            ? { plane: "ambient" }
            : { plane: "none", because: why ?? "" };
    }
    if (mode === "ambient") {
        return pod.spec.hostNetwork === true
            ? { plane: "none", because: "it runs in the node's network" }
            : { plane: "ambient" };
    }
    return asked === "ambient"
        ? { plane: "none", because: `it has ${DATAPLANE_MODE}=${mode ?? ""}` }
        : { plane: "none" };
}

function proxyOf({ metadata }: LivePod, { image = "", env = [] }: Container): Proxy {
    // Of a variable that is there twice the last one counts.
    const value = (name: string) => env.findLast((one) => one.name === name)?.value;
    return {
        clusterName: value("ISTIO_META_CLUSTER_ID") ?? "Kubernetes",
        version: versionIn(imageOf(image).tag),
        hbone: value("ISTIO_META_ENABLE_HBONE") === "true",
        revision: revisionIn(metadata.annotations?.[STATUS]),
    };
}

function revisionIn(status: string | undefined): string | undefined {
    if (status === undefined) return undefined;
    try {
        const { revision } = JSON.parse(status) as { revision?: unknown };
        return typeof revision === "string" && revision !== "" ? revision : DEFAULT_REVISION;
    } catch {
        return DEFAULT_REVISION;
    }
}

/** Revisions that inject, by what a label asks for: a tag's name or a revision's own. For `stack.view`. */
export function injectorsOf(stack: Stack): ReadonlyMap<string, string> {
    return new Map(
        stack.all("mutatingWebhookConfiguration").flatMap(({ object: { metadata } }) => {
            const { [REVISION]: revision, "istio.io/tag": tag } = metadata?.labels ?? {};
            if (revision === undefined) return [];
            const named = revision === "" ? DEFAULT_REVISION : revision;
            return [[tag ?? named, named] as const];
        }),
    );
}
