/** Gateways and what leaves by them, for tests of what these come to. */
import type { Manifest } from "../../../components/kinds";
import { egressGateway } from "../../../settings/gateway-settings";
import type { EgressGatewaySettings } from "../../../settings/schema";
import { egress } from "../../../settings/security";

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
