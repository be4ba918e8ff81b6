import { z } from "zod";
import { cpu, dnsLabel, memory, quantityCount } from "./values";
import { waypointCanary, waypointFor } from "./waypoints";

/** How a namespace is governed, beside its data plane. */
export const namespaceShape = {
    mtls: z.enum(["STRICT", "PERMISSIVE"]).optional().meta({
        description: "Whether its pods refuse plaintext. Default: of `security.mtls`.",
    }),
    defaultDeny: z.boolean().default(false).meta({
        description: "Whether nobody may call its pods unless `security.authorization` allows it.",
    }),
    ingressUseWaypoint: z.boolean().default(false).meta({
        description:
            "Whether requests from ingress gateways pass its waypoint, too; without it they reach pods past the waypoint's rules.",
    }),
    waypointFor: waypointFor.optional().meta({
        description:
            "What passes its waypoint: requests to its Services, to its pods themselves (`workload`), or both. Default: `service`.",
    }),
    waypointCanary: waypointCanary.optional().meta({
        description:
            "A second waypoint that takes a share of the connections, to try another release or other sizes; from Istio 1.31 on, where it is alpha.",
    }),
    sidecarScope: z.array(dnsLabel).optional().meta({
        description:
            "Other namespaces that its sidecars know, beside istio-system; sidecar only. Default: all.",
    }),
    quota: z
        .strictObject({
            cpu: cpu.optional().meta({ description: "CPU requests of all its pods together." }),
            memory: memory
                .optional()
                .meta({ description: "Memory requests of all its pods together." }),
            pods: quantityCount(1, 100000, "a whole number from 1 to 100000", 50)
                .optional()
                .meta({ description: "Pods." }),
        })
        .optional()
        .meta({ description: "What its pods may ask for, their sidecars included." }),
    podSecurity: z.enum(["privileged", "baseline", "restricted"]).optional().meta({
        description: "The Pod Security Standard that its pods are held to.",
    }),
    networkPolicy: z
        .strictObject({
            from: z
                .array(dnsLabel)
                .default([])
                .meta({ description: "Other namespaces whose pods may call its pods." }),
            to: z
                .array(dnsLabel)
                .default([])
                .meta({ description: "Other namespaces whose pods its pods may call." }),
        })
        .optional()
        .meta({
            description:
                "Closes the namespace to all but its own pods, the namespaces named, DNS, HBONE (15008), istiod (15012) and the proxies' health and metrics ports.",
        }),
};
