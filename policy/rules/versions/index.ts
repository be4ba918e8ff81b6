/** Which releases run, side by side and one after the other. */
import { forbidEndOfLifeVersions } from "./forbid-end-of-life-versions";
import { forbidVersionAliases } from "./forbid-version-aliases";
import { limitVersionSkew } from "./limit-version-skew";
import { matchGatewayApiVersion } from "./match-gateway-api-version";
import { matchKubernetesVersion } from "./match-kubernetes-version";
import { requireExistingWebhookService } from "./require-existing-webhook-service";
import { requireUpgradeOrder } from "./require-upgrade-order";

export const versions = [
    forbidEndOfLifeVersions,
    forbidVersionAliases,
    limitVersionSkew,
    matchGatewayApiVersion,
    matchKubernetesVersion,
    requireExistingWebhookService,
    requireUpgradeOrder,
];
