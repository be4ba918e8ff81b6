/** What must stay secret, who may look, and what must not expire. */
import { forbidAnonymousKiali } from "./forbid-anonymous-kiali";
import { forbidSecretsInPlainConfig } from "./forbid-secrets-in-plain-config";
import { limitCaExpiry } from "./limit-ca-expiry";

export const secrets = [forbidAnonymousKiali, forbidSecretsInPlainConfig, limitCaExpiry];
