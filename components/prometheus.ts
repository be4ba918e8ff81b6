import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOf } from "./child";
import { keptCrds } from "./crds";
import { toolChart } from "./observability/charts";
import { monitors } from "./observability/monitors";
import { prometheusValues } from "./observability/prometheus-values";
import { checkedTool, type ToolArgs } from "./observability/tool-args";
import { toolsOf } from "./observability/tools";

/**
 * Metrics: a Prometheus by the chart kube-prometheus-stack, unless one exists, and what it is to scrape.
 * The section's namespace must exist.
 */
export class Prometheus extends pulumi.ComponentResource {
    /** @internal */
    public static readonly __pulumiType = "istio-mesh:mesh:Prometheus";

    /** @throws RunError that lists every wrong argument. */
    constructor(name: string, given: ToolArgs, opts?: pulumi.ComponentResourceOptions) {
        const args = checkedTool(`Prometheus ${name}`, given);
        const { prometheus, namespace } = args.observability;
        super(Prometheus.__pulumiType, name, { prometheus }, opts);
        const child = childOf(this, opts);
        // The kinds of the monitors come with the chart.
        const after =
            toolsOf(args)?.prometheus?.own === true
                ? {
                      parent: this,
                      dependsOn: new k8s.helm.v4.Chart(
                          `${name}-chart`,
                          {
                              ...toolChart("kube-prometheus-stack", args),
                              name: "prometheus",
                              namespace,
                              values: prometheusValues(args),
                          },
                          { ...child, transforms: [keptCrds] },
                      ),
                  }
                : child;
        for (const monitor of monitors(args)) {
            new k8s.apiextensions.CustomResource(
                `${name}-${monitor.metadata.name}`,
                { ...monitor },
                { ...after, deleteBeforeReplace: true },
            );
        }
        this.registerOutputs({});
    }
}
