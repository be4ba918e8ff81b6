/** Who may call what: authorization policies, and the tokens they rely on. */
import { forbidAllowAll } from "./forbid-allow-all";
import { forbidHttpRulesOnTcpPorts } from "./forbid-http-rules-on-tcp-ports";
import { forbidUnverifiedJwtRouting } from "./forbid-unverified-jwt-routing";
import { forbidWellKnownOutputHeaders } from "./forbid-well-known-output-headers";
import { requireAuthorizationPolicy } from "./require-authorization-policy";
import { requireDefaultDeny } from "./require-default-deny";
import { requireEffectiveAuthorization } from "./require-effective-authorization";
import { requireExistingPrincipals } from "./require-existing-principals";
import { requireJwtAudiences } from "./require-jwt-audiences";
import { requireJwtEnforcement } from "./require-jwt-enforcement";
import { requireNormalizedAuthorizationValues } from "./require-normalized-authorization-values";
import { requirePathNormalization } from "./require-path-normalization";
import { requireSafeAuthorizationPatterns } from "./require-safe-authorization-patterns";
import { requireSecureJwtIssuers } from "./require-secure-jwt-issuers";
import { requireValidPrincipals } from "./require-valid-principals";

export const authorization = [
    forbidAllowAll,
    forbidHttpRulesOnTcpPorts,
    forbidUnverifiedJwtRouting,
    forbidWellKnownOutputHeaders,
    requireAuthorizationPolicy,
    requireDefaultDeny,
    requireEffectiveAuthorization,
    requireExistingPrincipals,
    requireJwtAudiences,
    requireJwtEnforcement,
    requireNormalizedAuthorizationValues,
    requirePathNormalization,
    requireSafeAuthorizationPatterns,
    requireSecureJwtIssuers,
    requireValidPrincipals,
];
