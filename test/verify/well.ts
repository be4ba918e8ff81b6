/** Living meshes in which all is as asked for. */
import { object } from "../support/policy";
import {
    ambient,
    AMBIENT,
    captured,
    injector,
    istiod,
    meshed,
    namespace,
    peer,
    pod,
    sidecars,
    STRICT,
    ztunnel,
} from "../support/live-mesh";
import type { LiveObject } from "../../verify/live";

export interface Case {
    readonly objects: readonly LiveObject[];
    readonly connected?: Readonly<Record<string, string>>;
}

const HBONE = { defaultConfig: { proxyMetadata: { ISTIO_META_ENABLE_HBONE: "true" } } };

export const WELL: Readonly<Record<string, Case>> = {
    "a sidecar in a strict mesh": { objects: [...sidecars, meshed("shop/cart-a")] },
    "a sidecar that its istiod knows": {
        objects: [...sidecars, meshed("shop/cart-a")],
        connected: { "shop/cart-a": "synced" },
    },
    "an ambient pod in a strict mesh": { objects: [...ambient, captured("shop/cart-a")] },
    "a pod outside the mesh": { objects: [...sidecars, namespace("other"), pod("other/job-a")] },
    "a pod that has ended": {
        objects: [
            ...sidecars,
            { ...pod("shop/job-a"), status: { phase: "Succeeded" } } as LiveObject,
        ],
    },
    "an ambient pod that is being started": {
        objects: [
            ...ambient,
            { ...pod("shop/cart-a"), status: { phase: "Pending" } } as LiveObject,
        ],
    },
    "sidecars that nobody asked for, where the injector gives them to all": {
        objects: [
            ...sidecars,
            object("mutatingWebhookConfiguration", "all", {
                metadata: { labels: { "istio.io/rev": "default" } },
                webhooks: [{ name: "auto.sidecar-injector.istio.io" }],
            }),
            ...[namespace("other"), meshed("other/cart-a")],
            ...[namespace("apart", { "istio-injection": "disabled" }), pod("apart/job-a")],
            ...[namespace("kube-system"), pod("kube-system/dns-a")],
        ],
    },
    "a pod that asks for a sidecar itself": {
        objects: [
            ...sidecars,
            namespace("other"),
            meshed("other/cart-a", { labels: { "sidecar.istio.io/inject": "true" } }),
        ],
    },
    "a tag that points to the revision of its pods": {
        objects: [
            ...istiod({ revision: "v1-31-3" }),
            injector("istio-revision-tag-stable", {
                "istio.io/rev": "v1-31-3",
                "istio.io/tag": "stable",
            }),
            namespace("shop", { "istio.io/rev": "stable" }),
            STRICT,
            meshed("shop/cart-a", { revision: "v1-31-3" }),
        ],
    },
    "two revisions, each with its own release": {
        objects: [
            ...istiod(),
            ...istiod({ revision: "canary", version: "1.32.0" }),
            namespace("shop", { "istio.io/rev": "canary" }),
            STRICT,
            meshed("shop/cart-a", { revision: "canary", version: "1.32.0" }),
        ],
    },
    "a namespace's STRICT over a mesh without": {
        objects: [
            ...sidecars.filter((one) => one !== STRICT),
            peer("shop/default", "STRICT"),
            meshed("shop/cart-a"),
        ],
    },
    "the older of two policies for the mesh": {
        objects: [
            ...sidecars,
            peer("istio-system/newer", "DISABLE", {}, "2026-02-01"),
            meshed("shop/cart-a"),
        ],
    },
    "a workload's policy in the root namespace, which holds for nobody": {
        objects: [
            ...sidecars,
            peer("istio-system/cart", "DISABLE", { selector: { matchLabels: { app: "cart" } } }),
            meshed("shop/cart-a"),
        ],
    },
    "a policy for another workload": {
        objects: [
            ...sidecars,
            peer("shop/other", "DISABLE", { selector: { matchLabels: { app: "other" } } }),
            meshed("shop/cart-a"),
        ],
    },
    "UNSET, which leaves the mesh's mode": {
        objects: [...sidecars, peer("shop/default", "UNSET"), meshed("shop/cart-a")],
    },
    "a DestinationRule with mutual TLS": {
        objects: [
            ...sidecars,
            meshed("shop/cart-a"),
            object("service", "shop/cart", { spec: { selector: { app: "cart" } } }),
            object("destinationRule", "shop/cart", {
                spec: { host: "cart", trafficPolicy: { tls: { mode: "ISTIO_MUTUAL" } } },
            }),
        ],
    },
    "a DestinationRule for a host outside": {
        objects: [
            ...sidecars,
            meshed("shop/cart-a"),
            object("destinationRule", "shop/api", {
                spec: { host: "api.example.com", trafficPolicy: { tls: { mode: "SIMPLE" } } },
            }),
        ],
    },
    "a sidecar with HBONE in an ambient mesh": {
        objects: [
            ...istiod({ mesh: HBONE }),
            namespace("shop", { "istio-injection": "enabled" }),
            STRICT,
            meshed("shop/cart-a", { hbone: true }),
        ],
    },
    "a waypoint that is programmed": {
        objects: [
            ...ambient.filter(({ kind }) => kind !== "Namespace"),
            namespace("shop", { ...AMBIENT, "istio.io/use-waypoint": "waypoint" }),
            captured("shop/cart-a"),
            object("gateway", "shop/waypoint", {
                spec: { gatewayClassName: "istio-waypoint" },
                status: { conditions: [{ type: "Programmed", status: "True" }] },
            }),
            // Made by istiod, which brings it up to date itself.
            pod("shop/waypoint-a", {
                of: "waypoint-5f6c8",
                labels: {
                    "gateway.networking.k8s.io/gateway-name": "waypoint",
                    "istio.io/dataplane-mode": "none",
                },
                containers: [
                    {
                        name: "istio-proxy",
                        image: "docker.io/istio/proxyv2:1.31.2",
                        args: ["proxy", "waypoint"],
                        env: [{ name: "ISTIO_META_CLUSTER_ID", value: "c1" }],
                    },
                ],
            }),
        ],
    },
    "a ztunnel that is behind by a patch": {
        objects: [...ambient, ztunnel("ztunnel/ztunnel-b", { version: "1.31.2" })],
    },
};
