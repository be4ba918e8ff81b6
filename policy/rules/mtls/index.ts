/** Encryption and identity between workloads: who must speak mutual TLS, and how clients verify. */
import { forbidDisabledClientTls } from "./forbid-disabled-client-tls";
import { forbidPortLevelMtlsExceptions } from "./forbid-port-level-mtls-exceptions";
import { matchMtlsOfClientAndServer } from "./match-mtls-of-client-and-server";
import { requireCertificateVerification } from "./require-certificate-verification";
import { requireMeshWideMtls } from "./require-mesh-wide-mtls";
import { requireStrictMtls } from "./require-strict-mtls";

export const mtls = [
    forbidDisabledClientTls,
    forbidPortLevelMtlsExceptions,
    matchMtlsOfClientAndServer,
    requireCertificateVerification,
    requireMeshWideMtls,
    requireStrictMtls,
];
