import { z } from "zod";
import { cpu, dnsLabel, memory, quantityCount } from "./values";

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
