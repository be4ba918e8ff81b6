import { z } from "zod";
import { GATEWAY_API } from "../components/plan/versions";
import { exactVersion } from "./values";

/** The section `gatewayApi` of a stack's config: one owner of the CRDs, and which bundle they are of. */
export const gatewayApi = z
    .strictObject({
        owner: z.enum(["managed", "platform", "external"]).default("managed").meta({
            description:
                "`managed`: this stack installs the Gateway API's CRDs and keeps them on destroy; `platform`: the cluster brings them, as AKS, GKE and OpenShift can; `external`: another stack does. The last two are only checked, at preview.",
        }),
        channel: z.enum(["standard", "experimental"]).default("standard").meta({
            description:
                "Channel of the bundle; where others own it, `standard` takes the experimental one, too. No object of this stack needs `experimental`.",
        }),
        version: exactVersion.default(GATEWAY_API).meta({
            description:
                "Version of the bundle that is installed, or the least that others must have brought.",
            example: GATEWAY_API,
        }),
        directory: z.string().min(1).optional().meta({
            description:
                "Local directory with the bundle's YAML files; `managed` only. Default: the release on GitHub.",
            allowed: "a path",
            example: "./gateway-api",
        }),
    })
    .prefault({})
    .meta({ description: "The Gateway API's CRDs, which waypoints need." });

export type GatewayApiSettings = z.output<typeof gatewayApi>;
