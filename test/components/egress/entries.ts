/** Gateways and what leaves by them, for tests of what these come to. */
import { egressGatewayObject } from "../../../components/egress/gateway-api-objects";
import type { Manifest } from "../../../components/kinds";
import { egressGateway } from "../../../settings/gateway-settings";
import type { EgressGatewaySettings } from "../../../settings/schema";
import { egress } from "../../../settings/security";
import { object, type Manifest as Given } from "../../support/policy";

export const gateway = (via: EgressGatewaySettings["via"]) =>
    egressGateway.parse({ name: "out", via });
export const payment = egress.parse({
    name: "payment",
    gateway: "istio-egress/out",
    hosts: ["pay.example.com", "bank.example.com"],
    ports: [
        { number: 8080, protocol: "HTTP" },
        { number: 8443, protocol: "HTTPS" },
    ],
    namespaces: ["shop"],
});
export const mail = egress.parse({
    name: "mail",
    gateway: "istio-egress/out",
    hosts: ["mail.example.com"],
    ports: [{ number: 443, protocol: "TLS" }],
});

export const names = (objects: readonly Manifest[]) =>
    objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ""}/${metadata.name}`);
export const spec = (objects: readonly Manifest[], kind: string, name: string): unknown =>
    objects.find((one) => one.kind === kind && one.metadata.name === name)?.spec;
export const SERVICE = "out.istio-egress.svc.cluster.local";

/** What the chart or istiod deploys, as far as rules and analyzers ask for it. */
function deployed(name: string, labels: Readonly<Record<string, string>>): readonly Given[] {
    const own = { app: "out", version: "1.31.3", ...labels };
    return [
        object("service", `istio-egress/${name}`, {
            spec: {
                type: "ClusterIP",
                selector: labels,
                ports: [
                    { name: "http2", port: 80, targetPort: 80, protocol: "TCP" },
                    { name: "https", port: 443, targetPort: 443, protocol: "TCP" },
                ],
            },
        }),
        object("deployment", `istio-egress/${name}`, {
            spec: {
                selector: { matchLabels: labels },
                template: {
                    metadata: {
                        labels: own,
                        // What the injector leaves, without which analyzers miss a sidecar.
                        annotations: { "sidecar.istio.io/status": "{}" },
                    },
                    spec: {
                        containers: [
                            {
                                name: "istio-proxy",
                                image: "docker.io/istio/proxyv2:1.31.3",
                                resources: { requests: { cpu: "100m", memory: "128Mi" } },
                            },
                        ],
                    },
                },
            },
        }),
    ];
}

const BY_NAME = { "gateway.networking.k8s.io/gateway-name": "out" };
const WAYPOINT = object("gateway", "istio-egress/out", {
    spec: {
        gatewayClassName: "istio-waypoint",
        listeners: [{ name: "mesh", port: 15008, protocol: "HBONE" }],
    },
});

/** A caller's namespace, the gateway's, and what deploys it there. */
export function around(via: EgressGatewaySettings["via"]): readonly Given[] {
    const labels =
        via === "waypoint"
            ? { "istio.io/dataplane-mode": "ambient" }
            : { "istio-injection": "enabled" };
    const made: readonly Given[] = {
        chart: deployed("out", { istio: "out" }),
        "gateway-api": [
            egressGatewayObject(gateway("gateway-api"), "out-options"),
            ...deployed("out-istio", BY_NAME),
        ],
        waypoint: [WAYPOINT, ...deployed("out", BY_NAME)],
    }[via];
    return [
        ...["istio-egress", "shop"].map((name) =>
            object("namespace", name, { metadata: { labels } }),
        ),
        ...made,
    ];
}
