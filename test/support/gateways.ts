/** Gateways of a mesh as policies see them: pods by the gateway chart, their Service, Istio's Gateway. */
import { type Manifest, object } from "./policy";

export const edgeLabels = { istio: "edge" };

/** A gateway's Deployment, as the chart makes it. */
export const edgePods = (name = "ingress/edge", labels: object = edgeLabels): Manifest =>
    object("deployment", name, {
        spec: {
            template: {
                metadata: { labels, annotations: { "inject.istio.io/templates": "gateway" } },
            },
        },
    });

/** An Istio Gateway that configures those pods. */
export const listening = (
    servers: readonly object[],
    name = "ingress/edge",
    selector: object = edgeLabels,
): Manifest => object("istioGateway", name, { spec: { selector, servers } });

export const https = (hosts: readonly unknown[], tls: object = {}, number = 443): object => ({
    port: { number, name: `https-${number}`, protocol: "HTTPS" },
    hosts,
    tls: { mode: "SIMPLE", credentialName: "edge", ...tls },
});

export const http = (hosts: readonly unknown[], tls?: object, number = 80): object => ({
    port: { number, name: `http-${number}`, protocol: "HTTP" },
    hosts,
    ...(tls && { tls }),
});
