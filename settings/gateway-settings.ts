import { z } from "zod";
import { autoscaled, requested } from "./sizing";
import { dnsLabel, objectName } from "./values";

const name = objectName.meta({ description: "Name of its Deployment and Service." });

/** A proxy at the mesh's edge, by which requests come in. */
export const ingressGateway = z.strictObject({
    name,
    namespace: dnsLabel.default("istio-ingress").meta({ description: "Where it runs." }),
    serviceType: z
        .enum(["LoadBalancer", "NodePort", "ClusterIP"])
        .default("LoadBalancer")
        .meta({ description: "How it is reached from outside." }),
    via: z.enum(["chart", "gateway-api"]).default("chart").meta({
        description:
            "`chart`: Istio's gateway chart, told by Istio's own Gateway; `gateway-api`: istiod deploys it for a Gateway of the Gateway API, told by HTTPRoutes.",
    }),
    awaitAddress: z.boolean().default(true).meta({
        description:
            "Whether a deployment waits for the load balancer's address; `false` where none will ever come, such as on kind. With `gateway-api` nothing waits.",
    }),
    tls: z
        .strictObject({
            secret: objectName.meta({
                description:
                    "Secret with the certificate, in the gateway's namespace: yours, or the one that cert-manager writes.",
                example: "edge-certificate",
            }),
            issuer: z
                .strictObject({
                    name: objectName.meta({
                        description: "Name of cert-manager's issuer.",
                        example: "letsencrypt",
                    }),
                    kind: z
                        .enum(["ClusterIssuer", "Issuer"])
                        .default("ClusterIssuer")
                        .meta({ description: "Kind of cert-manager's issuer." }),
                })
                .optional()
                .meta({
                    description: "Has cert-manager write `secret`, for every host at this gateway.",
                }),
            redirect: z
                .boolean()
                .default(true)
                .meta({ description: "Whether port 80 only redirects to HTTPS." }),
        })
        .optional()
        .meta({ description: "HTTPS on port 443. Default: plain HTTP on port 80 alone." }),
    ...autoscaled,
    ...requested,
});

/** A proxy by which requests leave the mesh. */
export const egressGateway = z.strictObject({
    name,
    namespace: dnsLabel.default("istio-egress").meta({ description: "Where it runs." }),
    via: z.enum(["chart", "gateway-api", "waypoint"]).default("chart").meta({
        description:
            "`chart`: Istio's gateway chart; `gateway-api`: istiod deploys it for a Gateway of the Gateway API; both for callers with sidecars. `waypoint`: for ambient callers, whose ztunnel hands the requests to it.",
    }),
    ...autoscaled,
    ...requested,
});
