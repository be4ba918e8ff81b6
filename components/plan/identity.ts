import type { Settings } from "../../settings/schema";

/**
 * Who a cluster is in its mesh. istiod refuses a ztunnel or proxy that claims another cluster name,
 * so every component takes its name from this one value.
 */
export interface ClusterIdentity {
    readonly clusterName: string;
    readonly network?: string;
    readonly meshId?: string;
    readonly trustDomain: string;
}

/** The identity that a stack's settings give its cluster. */
export function identityOf({ cluster, mesh }: Pick<Settings, "cluster" | "mesh">): ClusterIdentity {
    return {
        clusterName: cluster.name,
        ...(cluster.network === undefined ? {} : { network: cluster.network }),
        ...(mesh.id === undefined ? {} : { meshId: mesh.id }),
        trustDomain: mesh.trustDomain,
    };
}
