/** A small living mesh as an API server shows it, and its parts to change. */
import type { LiveObject } from "../../verify/live";
import { object } from "./policy";

/** What a table says otherwise of a pod. */
export interface PodSays {
    /** Its Deployment; without one the pod stands alone. */
    readonly of?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly containers?: readonly object[];
    readonly node?: string;
    readonly account?: string;
    readonly ready?: boolean;
    readonly rest?: object;
}

export const namespace = (name: string, labels: Readonly<Record<string, string>> = {}) =>
    object("namespace", name, { metadata: { labels } });

/** A pod of a Deployment's newest ReplicaSet. */
export function pod(name: string, says: PodSays = {}): LiveObject {
    const { of, labels = {}, annotations = {}, node = "node-0", account = "default" } = says;
    const owner = of === undefined ? {} : { ownerReferences: [{ kind: "ReplicaSet", name: of }] };
    return object("pod", name, {
        metadata: { labels, annotations, ...owner },
        spec: {
            nodeName: node,
            serviceAccountName: account,
            containers: says.containers ?? [app],
            ...says.rest,
        },
        status: {
            phase: "Running",
            conditions: [{ type: "Ready", status: says.ready === false ? "False" : "True" }],
        },
    });
}

const app = { name: "app", image: "example.com/shop:1.0.0" };

/** What a table says otherwise of a sidecar. */
export interface SidecarSays {
    readonly cluster?: string;
    readonly version?: string;
    readonly revision?: string;
    readonly hbone?: boolean;
}

/** What the injector adds to a pod. */
export function injected(says: SidecarSays = {}): Pick<PodSays, "annotations" | "rest"> {
    const { cluster = "c1", version = "1.31.3", revision = "default", hbone = false } = says;
    const image = `docker.io/istio/proxyv2:${version}-distroless`;
    return {
        annotations: { "sidecar.istio.io/status": JSON.stringify({ revision }) },
        rest: {
            // As a native sidecar, after the container that sets up the network.
            initContainers: [
                { name: "istio-init", image, args: ["istio-iptables"] },
                {
                    name: "istio-proxy",
                    image,
                    restartPolicy: "Always",
                    args: ["proxy", "sidecar"],
                    env: [
                        { name: "ISTIO_META_CLUSTER_ID", value: cluster },
                        ...(hbone ? [{ name: "ISTIO_META_ENABLE_HBONE", value: "true" }] : []),
                    ],
                },
            ],
        },
    };
}

/** A pod with a sidecar, of Deployment cart unless said otherwise. */
export const meshed = (name: string, says: SidecarSays & PodSays = {}): LiveObject =>
    pod(name, { of: "cart-7d4b9", labels: { app: "cart" }, ...injected(says), ...says });

/** A pod that the node agent leads through ztunnel. */
export const captured = (name: string, says: PodSays = {}): LiveObject =>
    pod(name, {
        of: "cart-7d4b9",
        labels: { app: "cart" },
        ...says,
        annotations: { "ambient.istio.io/redirection": "enabled", ...says.annotations },
    });

/** What a table says otherwise of an istiod. */
export interface IstiodSays {
    readonly cluster?: string;
    readonly version?: string;
    readonly revision?: string;
    readonly mesh?: object;
}

/** An istiod with its injector and its mesh's configuration. */
export function istiod(says: IstiodSays = {}): readonly LiveObject[] {
    const { cluster = "c1", version = "1.31.3", revision = "default", mesh = {} } = says;
    const suffix = revision === "default" ? "" : `-${revision}`;
    return [
        object("deployment", `istio-system/istiod${suffix}`, {
            metadata: { labels: { app: "istiod" } },
            spec: {
                template: {
                    metadata: { labels: { app: "istiod" } },
                    spec: {
                        containers: [
                            {
                                name: "discovery",
                                image: `docker.io/istio/pilot:${version}`,
                                env: [
                                    { name: "REVISION", value: revision },
                                    { name: "CLUSTER_ID", value: cluster },
                                    { name: "CA_TRUSTED_NODE_ACCOUNTS", value: "ztunnel/ztunnel" },
                                ],
                            },
                        ],
                    },
                },
            },
        }),
        object("configMap", `istio-system/istio${suffix}`, {
            data: { mesh: JSON.stringify(mesh) },
        }),
        injector(`istio-sidecar-injector${suffix}`, { "istio.io/rev": revision }),
    ];
}

/** What makes a revision or tag inject. */
export const injector = (name: string, labels: Readonly<Record<string, string>>): LiveObject =>
    object("mutatingWebhookConfiguration", name, { metadata: { labels } });

/** What a table says otherwise of a ztunnel. */
export interface ZtunnelSays extends Omit<PodSays, "containers"> {
    readonly cluster?: string;
    readonly version?: string;
}

/** A ztunnel on a node. */
export function ztunnel(name = "ztunnel/ztunnel-a", says: ZtunnelSays = {}): LiveObject {
    const { cluster = "c1", version = "1.31.3", ...rest } = says;
    return pod(name, {
        labels: { app: "ztunnel" },
        account: "ztunnel",
        ...rest,
        containers: [
            {
                name: "istio-proxy",
                image: `docker.io/istio/ztunnel:${version}-distroless`,
                env: [{ name: "ISTIO_META_CLUSTER_ID", value: cluster }],
            },
        ],
    });
}

/** A PeerAuthentication with a mode. */
export const peer = (name: string, mode: string, rest: object = {}, made = "2026-01-01") =>
    object("peerAuthentication", name, {
        metadata: { creationTimestamp: `${made}T00:00:00Z` },
        spec: { mtls: { mode }, ...rest },
    });

export const INJECTED = { "istio-injection": "enabled" } as const;
export const AMBIENT = { "istio.io/dataplane-mode": "ambient" } as const;

/** All refuse plaintext. */
export const STRICT = peer("istio-system/default", "STRICT");

/** A mesh of sidecars where all is well. */
export const sidecars = [...istiod(), namespace("shop", INJECTED), STRICT];

/** A mesh of ambient where all is well. */
export const ambient = [...istiod(), namespace("shop", AMBIENT), STRICT, ztunnel()];
