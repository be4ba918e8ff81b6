/** A team's part of a mesh that somebody else has installed: its namespace, how it is reached, and who may call. */
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { MeshNamespace, MeshObject, ServiceTraffic } from "../components";

export = () => {
    const config = new pulumi.Config();
    const provider = new k8s.Provider("cluster", {
        context: config.require("kubeContext"),
        ...(config.get("kubeconfig") ? { kubeconfig: config.require("kubeconfig") } : {}),
    });
    const opts = { providers: [provider] };

    const payments = new MeshNamespace(
        "payments",
        { name: "payments", dataPlane: "sidecar", mtls: "STRICT", defaultDeny: true },
        opts,
    );
    // Beside its Deployments, which are as without a mesh: two of them, labelled version: v1 and v2.
    const ledger = new k8s.core.v1.Service(
        "ledger-service",
        {
            metadata: { name: "ledger", namespace: payments.namespace.metadata.name },
            spec: { selector: { app: "ledger" }, ports: [{ name: "http", port: 80 }] },
        },
        { provider },
    );
    new ServiceTraffic(
        "ledger",
        {
            service: "ledger",
            namespace: "payments",
            dataPlane: "sidecar",
            timeout: "2s",
            versions: [
                { name: "v1", weight: 90 },
                { name: "v2", weight: 10 },
            ],
        },
        { ...opts, dependsOn: [payments, ledger] },
    );
    new MeshObject(
        "shop-reads-ledger",
        {
            apiVersion: "security.istio.io/v1",
            kind: "AuthorizationPolicy",
            metadata: { name: "shop-reads-ledger", namespace: payments.namespace.metadata.name },
            spec: {
                selector: { matchLabels: { app: "ledger" } },
                action: "ALLOW",
                rules: [
                    {
                        from: [{ source: { principals: ["cluster.local/ns/shop/sa/checkout"] } }],
                        to: [{ operation: { methods: ["GET"] } }],
                    },
                ],
            },
        },
        { provider },
    );
    return { namespace: payments.namespace.metadata.name };
};
