import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { GatewayApiSettings } from "../settings/gateway-api";
import { keptCrds } from "./crds";
import { gatewayApiFiles } from "./plan/gateway-api-source";

/** Arguments for GatewayApi. */
export type GatewayApiArgs = Pick<GatewayApiSettings, "version" | "channel" | "directory">;

/** Installs the Gateway API's CRDs, which neither Istio's charts nor Sail bring along. */
export class GatewayApi extends pulumi.ComponentResource {
    /** @internal */
    public static readonly __pulumiType = "istio-mesh:mesh:GatewayApi";

    constructor(name: string, args: GatewayApiArgs, opts?: pulumi.ComponentResourceOptions) {
        super(GatewayApi.__pulumiType, name, args, opts);
        new k8s.yaml.v2.ConfigGroup(
            `${name}-crds`,
            { files: gatewayApiFiles(args) },
            { parent: this, transforms: [keptCrds] },
        );
        this.registerOutputs({});
    }
}
