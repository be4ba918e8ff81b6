/** Who may call what: authorization policies, and the tokens they rely on. */
import { forbidAllowAll } from "./forbid-allow-all";
import { forbidWellKnownOutputHeaders } from "./forbid-well-known-output-headers";
import { requireEffectiveAuthorization } from "./require-effective-authorization";
import { requireJwtAudiences } from "./require-jwt-audiences";
import { requireNormalizedAuthorizationValues } from "./require-normalized-authorization-values";
import { requireSafeAuthorizationPatterns } from "./require-safe-authorization-patterns";
import { requireSecureJwtIssuers } from "./require-secure-jwt-issuers";
import { requireValidPrincipals } from "./require-valid-principals";

export const authorization = [
    forbidAllowAll,
    forbidWellKnownOutputHeaders,
    requireEffectiveAuthorization,
    requireJwtAudiences,
    requireNormalizedAuthorizationValues,
    requireSafeAuthorizationPatterns,
    requireSecureJwtIssuers,
    requireValidPrincipals,
];
