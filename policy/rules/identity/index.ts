/** Who is who: cluster, network, mesh and trust domain, alike in all parts. */
import { matchClusterName } from "./match-cluster-name";
import { matchNetwork } from "./match-network";
import { matchTrustedZtunnel } from "./match-trusted-ztunnel";
import { requireMeshId } from "./require-mesh-id";
import { requireTrustDomain } from "./require-trust-domain";
import { requireVisibleMeshNamespaces } from "./require-visible-mesh-namespaces";

export const identity = [
    matchClusterName,
    matchNetwork,
    matchTrustedZtunnel,
    requireMeshId,
    requireTrustDomain,
    requireVisibleMeshNamespaces,
];
