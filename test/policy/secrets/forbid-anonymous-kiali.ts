import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const kiali = (auth?: object) => object("kiali", "observability/kiali", { spec: { auth } });

export const table: RuleTable = {
    allowed: {
        "a token": kiali({ strategy: "token" }),
        "an OpenID issuer": kiali({ strategy: "openid", openid: { client_id: "kiali" } }),
        "the operator's default, a token": kiali(),
        "nothing said": object("kiali", "observability/kiali", {}),
    },
    denied: {
        anybody: [
            kiali({ strategy: "anonymous" }),
            [
                'Kiali "observability/kiali" lets anybody in, who then sees all of the mesh; set its auth.strategy to token, openid, openshift or header.',
            ],
        ],
    },
    unknown: {
        "a strategy that a preview can't know": [
            kiali({ strategy: unknown.string }),
            ["string value at .spec.auth.strategy can't be known during preview"],
        ],
    },
    config: {},
};
