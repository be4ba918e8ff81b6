import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOf } from "./child";
import { Grafana } from "./grafana";
import { Jaeger } from "./jaeger";
import { Kiali } from "./kiali";
import { MeshObject } from "./mesh-object";
import { checkedTool, type ToolArgs } from "./observability/tool-args";
import { toolsOf } from "./observability/tools";
import { meshTelemetry } from "./observability/telemetry";
import { Prometheus } from "./prometheus";

/**
 * All that shows what happens in a mesh: each tool that is switched on, in a namespace of their own outside
 * the mesh, and what is traced. Needs istiod ready, which validates.
 */
export class MeshObservability extends pulumi.ComponentResource {
    /** @internal */
    public static readonly __pulumiType = "istio-mesh:mesh:MeshObservability";

    /** @throws RunError that lists every wrong argument. */
    constructor(name: string, given: ToolArgs, opts?: pulumi.ComponentResourceOptions) {
        const args = checkedTool(`MeshObservability ${name}`, given);
        const { observability, size } = args;
        super(MeshObservability.__pulumiType, name, { observability, size }, opts);
        const tools = toolsOf(args);
        const child = childOf(this, opts);
        if (tools !== undefined) {
            const namespace = new k8s.core.v1.Namespace(
                `${name}-namespace`,
                {
                    metadata: {
                        name: tools.namespace,
                        // What watches the mesh must not depend on it.
                        labels: { "istio-injection": "disabled" },
                    },
                },
                child,
            );
            const inside = { parent: this, dependsOn: namespace };
            if (tools.prometheus !== undefined) new Prometheus(`${name}-prometheus`, args, inside);
            if (tools.grafana?.own === true) new Grafana(`${name}-grafana`, args, inside);
            if (tools.jaeger?.own === true) new Jaeger(`${name}-jaeger`, args, inside);
            if (tools.kiali) new Kiali(`${name}-kiali`, args, inside);
        }
        const telemetry = meshTelemetry(args);
        if (telemetry !== undefined) {
            new MeshObject(`${name}-telemetry`, telemetry, child);
        }
        this.registerOutputs({});
    }
}
