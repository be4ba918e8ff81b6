import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOf } from "./child";
import { JAEGER_SERVICES, jaegerConfig, jaegerSpec } from "./observability/jaeger-objects";
import { checkedTool, type ToolArgs } from "./observability/tool-args";
import { NAMES } from "./observability/tools";
import { NOT_AWAITED } from "./plan/awaiting";

/** Traces: Jaeger, to which the mesh's proxies send spans. The section's namespace must exist. */
export class Jaeger extends pulumi.ComponentResource {
    /** @internal */
    public static readonly __pulumiType = "istio-mesh:mesh:Jaeger";

    /** @throws RunError that lists every wrong argument. */
    constructor(name: string, given: ToolArgs, opts?: pulumi.ComponentResourceOptions) {
        const args = checkedTool(`Jaeger ${name}`, given);
        const { jaeger, namespace } = args.observability;
        super(Jaeger.__pulumiType, name, { jaeger }, opts);
        const child = { ...childOf(this, opts), deleteBeforeReplace: true };
        const metadata = { name: NAMES.jaeger, namespace };
        const config = new k8s.core.v1.ConfigMap(
            `${name}-config`,
            { metadata, data: { "config.yaml": jaegerConfig(args) } },
            child,
        );
        new k8s.apps.v1.StatefulSet(
            `${name}-stateful-set`,
            { metadata, spec: jaegerSpec(args) },
            { parent: this, deleteBeforeReplace: true, dependsOn: config },
        );
        for (const [service, spec] of Object.entries(JAEGER_SERVICES)) {
            new k8s.core.v1.Service(
                `${name}-${service}`,
                { metadata: { name: service, namespace, annotations: NOT_AWAITED }, spec },
                child,
            );
        }
        this.registerOutputs({});
    }
}
