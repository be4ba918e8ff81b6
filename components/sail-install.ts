import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { keptCrds } from "./crds";
import type { MeshInstall } from "./mesh";
import { operatorSource } from "./plan/chart-source";
import { revisionsOf } from "./plan/revisions";
import { operatorReplicas, operatorValues } from "./sail/operator";
import { OPERATOR_NAMESPACE, sailPlan, type SailPlanInput } from "./sail/plan";
import { SAIL_API } from "./sail/schema";

/**
 * Installs the mesh through the Sail Operator: its chart, then the objects from which it makes istiod
 * and, for ambient, the node agents. Their namespaces must exist: the operator makes none.
 *
 * Each object starts once those it needs are ready, and goes before them, while the operator is still
 * there to take its finalizer off.
 */
export class SailInstall extends pulumi.ComponentResource implements MeshInstall {
    /** @internal */
    public static readonly __pulumiType = "istio-mesh:mesh:SailInstall";
    /** The revision that workloads select. */
    public readonly revision: pulumi.Output<string>;

    constructor(name: string, args: SailPlanInput, opts?: pulumi.ComponentResourceOptions) {
        super(SailInstall.__pulumiType, name, args, opts);
        const operator = new k8s.helm.v4.Chart(
            `${name}-chart`,
            {
                ...operatorSource(args.charts),
                name: "sail-operator",
                namespace: OPERATOR_NAMESPACE,
                values: { ...operatorValues(args) },
            },
            {
                parent: this,
                transforms: [keptCrds, ...(operatorReplicas(args) === 2 ? [secondOperator] : [])],
            },
        );
        const made = new Map<string, pulumi.Resource>();
        for (const { role, object, after, ready, timeoutSeconds } of sailPlan(args)) {
            made.set(
                role,
                new k8s.apiextensions.CustomResource(
                    `${name}-${role}`,
                    {
                        apiVersion: SAIL_API,
                        kind: object.kind,
                        metadata: {
                            name: object.name,
                            annotations: {
                                "pulumi.com/waitFor": JSON.stringify(ready),
                                "pulumi.com/timeoutSeconds": String(timeoutSeconds),
                            },
                        },
                        spec: { ...object.spec },
                    },
                    {
                        parent: this,
                        dependsOn: [operator, ...after.flatMap((role) => made.get(role) ?? [])],
                        // Its name is fixed, and its namespace can't be changed where it is.
                        deleteBeforeReplace: true,
                        replaceOnChanges: ["spec.namespace"],
                    },
                ),
            );
        }
        this.revision = pulumi.output(revisionsOf(args).stable.name);
        this.registerOutputs({ revision: this.revision });
    }
}

/** The chart writes one replica and has no value for it. */
const secondOperator: pulumi.ResourceTransform = ({ type, props, opts }) => {
    if (type !== "kubernetes:apps/v1:Deployment") {
        return undefined;
    }
    const { spec } = props as { spec?: object };
    return { props: { ...props, spec: { ...spec, replicas: 2 } }, opts };
};
