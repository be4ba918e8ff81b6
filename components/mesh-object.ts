import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { problemAt, shown } from "../settings/problems";
import { manifestMisfits, mend, type Inputs, type Manifest } from "./kinds";

/** Arguments for MeshObject: the object itself, any part of which may be an output. */
export type MeshObjectArgs = Manifest extends infer One
    ? One extends Manifest
        ? Pick<One, "apiVersion" | "kind"> & {
              readonly metadata: k8s.types.input.meta.v1.ObjectMeta;
              readonly spec: Inputs<One["spec"]>;
          }
        : never
    : never;

/**
 * An object of Istio or the Gateway API, typed by its apiVersion and kind, and checked against its CRD
 * before anything is changed. What is an output is left to the API server.
 */
export class MeshObject extends k8s.apiextensions.CustomResource {
    /** @throws RunError that lists everything its CRD refuses. */
    constructor(name: string, args: MeshObjectArgs, opts?: pulumi.CustomResourceOptions) {
        const found = manifestMisfits(args, isOutput);
        if (found.length > 0) {
            throw new pulumi.RunError(
                [
                    `${args.kind} ${name} is not what its CRD takes; it was not made.`,
                    ...found.map((misfit) =>
                        problemAt(misfit.at, {
                            given: shown(misfit.given),
                            allowed: misfit.allowed,
                            fix: mend(misfit),
                        }),
                    ),
                ].join("\n\n"),
            );
        }
        // The name is fixed: what replaces it can't stand beside it.
        super(name, { ...args }, { deleteBeforeReplace: true, ...opts });
    }
}

function isOutput(value: unknown): boolean {
    return pulumi.Output.isInstance(value) || value instanceof Promise;
}
