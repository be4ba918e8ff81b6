/** What outlives what: CRDs, namespaces, keys, and the order of an uninstall. */
import { protectCaSecret } from "./protect-ca-secret";
import { protectCrds } from "./protect-crds";
import { protectMeshNamespaces } from "./protect-mesh-namespaces";
import { requireRevisionGracePeriod } from "./require-revision-grace-period";
import { requireTeardownOrder } from "./require-teardown-order";
import { requireValidationFailurePolicy } from "./require-validation-failure-policy";

export const lifecycle = [
    protectCaSecret,
    protectCrds,
    protectMeshNamespaces,
    requireRevisionGracePeriod,
    requireTeardownOrder,
    requireValidationFailurePolicy,
];
