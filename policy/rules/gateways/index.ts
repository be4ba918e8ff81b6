/** What the mesh shows to the outside: TLS, hosts, ports, certificates and exposure. */
import { forbidConflictingGateways } from "./forbid-conflicting-gateways";
import { forbidExposedServices } from "./forbid-exposed-services";
import { forbidSharedCertificates } from "./forbid-shared-certificates";
import { forbidWildcardHosts } from "./forbid-wildcard-hosts";
import { requireCompleteTls } from "./require-complete-tls";
import { requireExistingCredentials } from "./require-existing-credentials";
import { requireGatewayWorkloads } from "./require-gateway-workloads";
import { requireHttps } from "./require-https";
import { requireModernTls } from "./require-modern-tls";

export const gateways = [
    forbidConflictingGateways,
    forbidExposedServices,
    forbidSharedCertificates,
    forbidWildcardHosts,
    requireCompleteTls,
    requireExistingCredentials,
    requireGatewayWorkloads,
    requireHttps,
    requireModernTls,
];
