import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOf } from "./child";
import { keptCrds } from "./crds";
import { toolChart } from "./observability/charts";
import { kialiOperatorValues, kialiSpec } from "./observability/kiali-spec";
import { checkedTool, type ToolArgs } from "./observability/tool-args";
import { NAMES } from "./observability/tools";

/**
 * The mesh as a graph: Kiali's operator by its chart, and the Kiali that it makes, told where metrics,
 * dashboards and traces are. The section's namespace must exist.
 */
export class Kiali extends pulumi.ComponentResource {
    /** @internal */
    public static readonly __pulumiType = "istio-mesh:mesh:Kiali";

    /** @throws RunError that lists every wrong argument. */
    constructor(name: string, given: ToolArgs, opts?: pulumi.ComponentResourceOptions) {
        const args = checkedTool(`Kiali ${name}`, given);
        const { kiali, namespace } = args.observability;
        super(Kiali.__pulumiType, name, { kiali }, opts);
        const operator = new k8s.helm.v4.Chart(
            `${name}-operator`,
            {
                ...toolChart("kiali-operator", args),
                name: NAMES.kialiOperator,
                namespace,
                values: kialiOperatorValues(args),
            },
            { ...childOf(this, opts), transforms: [keptCrds] },
        );
        new k8s.apiextensions.CustomResource(
            `${name}-kiali`,
            {
                apiVersion: "kiali.io/v1alpha1",
                kind: "Kiali",
                metadata: { name: NAMES.kiali, namespace },
                spec: kialiSpec(args),
            },
            // Goes first: only the operator takes its finalizer off.
            { parent: this, deleteBeforeReplace: true, dependsOn: operator },
        );
        this.registerOutputs({});
    }
}
