/** What every part of a running mesh says about the cluster it is in: the seed of ambient's worst failure. */

/** A Deployment or DaemonSet, as far as variables go. */
export interface WithContainers {
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly namespace?: string };
    readonly spec: {
        readonly template: {
            readonly spec: {
                readonly containers: readonly {
                    readonly env?: readonly { readonly name: string; readonly value?: string }[];
                }[];
            };
        };
    };
}

const VARIABLES: readonly string[] = ["CLUSTER_ID", "ISTIO_META_CLUSTER_ID"];

/** The name that each workload gives the cluster, by `Deployment istio-system/istiod`; only those that give one. */
export function clusterNames(
    workloads: readonly WithContainers[],
): Readonly<Record<string, string>> {
    return Object.fromEntries(
        workloads.flatMap(({ kind, metadata, spec }) =>
            spec.template.spec.containers.flatMap(({ env = [] }) =>
                env
                    .filter(({ name }) => VARIABLES.includes(name))
                    .map(({ value }) => [
                        `${kind} ${metadata.namespace ?? ""}/${metadata.name}`,
                        value ?? "",
                    ]),
            ),
        ),
    );
}
