import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { keptCrds } from "./crds";
import type { MeshInstall, Rollouts } from "./mesh";
import { operatorSource } from "./plan/chart-source";
import { revisionsOf } from "./plan/revisions";
import { likelyCauses } from "./sail/causes";
import { LookAhead } from "./sail/look-ahead";
import { operatorReplicas, operatorValues } from "./sail/operator";
import { OPERATOR_NAMESPACE, sailPlan, type SailPlanInput, type SailStep } from "./sail/plan";
import { SAIL_API } from "./sail/schema";

/** Arguments for SailInstall. */
export interface SailInstallArgs extends SailPlanInput {
    /** Watches what the operator makes. Without it, readiness is what the objects' conditions say. */
    readonly rollouts?: Rollouts | undefined;
}

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

    /** Settled once everything that was made runs as its object says; absent where nobody watches. */
    private readonly rolledOut: pulumi.Output<unknown>[] = [];

    constructor(name: string, args: SailInstallArgs, opts?: pulumi.ComponentResourceOptions) {
        const { rollouts, ...settings } = args;
        super(SailInstall.__pulumiType, name, settings, opts);
        const operator = new k8s.helm.v4.Chart(
            `${name}-chart`,
            {
                ...operatorSource(settings.charts),
                name: "sail-operator",
                namespace: OPERATOR_NAMESPACE,
                values: { ...operatorValues(settings) },
            },
            {
                parent: this,
                transforms: [
                    keptCrds,
                    ...(operatorReplicas(settings) === 2 ? [secondOperator] : []),
                ],
            },
        );
        const plan = sailPlan(settings);
        const objects = plan.map(({ object }) => object);
        new LookAhead(`${name}-look-ahead`, { objects, charts: settings.charts }, { parent: this });
        const made = new Map<string, pulumi.Resource>();
        for (const step of plan) {
            const needs = step.after.flatMap((role) => made.get(role) ?? []);
            const causes = likelyCauses(step, settings);
            const object = this.object(`${name}-${step.role}`, step, causes, [operator, ...needs]);
            made.set(step.role, object);
            // A preview has nothing to wait for, and must know every name.
            if (rollouts !== undefined && !pulumi.runtime.isDryRun()) {
                this.rolledOut.push(object.id.apply(() => rollouts.finished(step, causes)));
            }
        }
        this.revision = pulumi.output(revisionsOf(settings).stable.name);
        this.registerOutputs({ revision: this.revision });
    }

    public once(name: string): pulumi.Input<string> {
        return this.rolledOut.length === 0 ? name : pulumi.all(this.rolledOut).apply(() => name);
    }

    /** One object of the operator, which waits for what it needs to be ready and to have rolled out. */
    private object(
        name: string,
        { object, ready, timeoutSeconds }: SailStep,
        causes: string,
        dependsOn: pulumi.Resource[],
    ): pulumi.CustomResource {
        const explain = new pulumi.ErrorHook(`${name}-causes`, async () => {
            await pulumi.log.error(causes, made);
            return false;
        });
        const made = new k8s.apiextensions.CustomResource(
            name,
            {
                apiVersion: SAIL_API,
                kind: object.kind,
                metadata: {
                    name: this.once(object.name),
                    annotations: {
                        "pulumi.com/waitFor": JSON.stringify(ready),
                        "pulumi.com/timeoutSeconds": String(timeoutSeconds),
                    },
                },
                spec: { ...object.spec },
            },
            {
                parent: this,
                dependsOn,
                // Its name is fixed, and its namespace can't be changed where it is.
                deleteBeforeReplace: true,
                replaceOnChanges: ["spec.namespace"],
                hooks: { onError: [explain] },
            },
        );
        return made;
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
