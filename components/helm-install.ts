import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { MeshInstall } from "./mesh";
import { chartSource } from "./plan/chart-source";
import { helmPlan, type ChartName, type HelmPlanInput } from "./plan/helm-plan";
import { keptCrds } from "./crds";

/**
 * Installs the mesh from Istio's charts: base, istiod and, for ambient, cni and ztunnel. Its
 * namespaces must exist. Each chart starts once those it needs are ready.
 */
export class HelmInstall extends pulumi.ComponentResource implements MeshInstall {
    /** @internal */
    public static readonly __pulumiType = "istio-mesh:mesh:HelmInstall";
    /** The revision that workloads select. */
    public readonly revision: pulumi.Output<string>;

    constructor(name: string, args: HelmPlanInput, opts?: pulumi.ComponentResourceOptions) {
        super(HelmInstall.__pulumiType, name, args, opts);
        const made = new Map<ChartName, k8s.helm.v4.Chart>();
        for (const { chart, namespace, values, after } of helmPlan(args)) {
            const needs = after.flatMap((other) => made.get(other) ?? []);
            made.set(
                chart,
                new k8s.helm.v4.Chart(
                    `${name}-${chart}`,
                    { ...chartSource(chart, args), name: chart, namespace, values: { ...values } },
                    {
                        parent: this,
                        dependsOn: needs,
                        ...(chart === "base" ? { transforms: [keptCrds] } : {}),
                    },
                ),
            );
        }
        this.revision = pulumi.output("default");
        this.registerOutputs({ revision: this.revision });
    }

    /** The provider waits for each chart's own Deployments and DaemonSets. */
    public once(name: string): pulumi.Input<string> {
        return name;
    }
}
