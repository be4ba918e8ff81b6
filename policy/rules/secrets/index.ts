/** What must stay secret, and what must not expire. */
import { forbidSecretsInPlainConfig } from "./forbid-secrets-in-plain-config";
import { limitCaExpiry } from "./limit-ca-expiry";

export const secrets = [forbidSecretsInPlainConfig, limitCaExpiry];
