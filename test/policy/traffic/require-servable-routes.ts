import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const service = (spec: object) =>
    object("virtualService", "shop/web", { spec: { hosts: ["web"], ...spec } });
const to = (...weights: unknown[]) => ({ route: weights.map((weight) => ({ weight })) });
const said = (rest: string) => `VirtualService "shop/web" ${rest}`;

export const table: RuleTable = {
    allowed: {
        "weights in any proportion": service({ http: [to(1, 3)], tcp: [to(undefined)] }),
        "one action each": service({
            http: [to(100), { redirect: {} }, { directResponse: {} }, { delegate: { name: "a" } }],
        }),
        "every host at a gateway": service({ hosts: ["*"], gateways: ["edge"], http: [to(1)] }),
        "no weight for one": service({ http: [to(100, undefined)] }),
    },
    denied: {
        "no routes": [
            service({}),
            [said("has no http, tls or tcp routes, so istiod refuses it; add one (IST0106).")],
        ],
        "every host of the mesh": [
            service({ hosts: ["*"], http: [to(1)] }),
            [
                said(
                    'is for host "*" in the mesh, which istiod refuses; name the hosts, or a gateway in spec.gateways ' +
                        "(IST0106).",
                ),
            ],
        ],
        "a host twice": [
            service({ hosts: ["web", "cart", "web"], http: [to(1)] }),
            [said('has host "web" twice, so istiod refuses it; remove one (IST0106).')],
        ],
        "nothing, and too much, to do": [
            service({ http: [{ match: [] }, { ...to(1), redirect: {} }] }),
            [
                said(
                    "does nothing in spec.http[0]; set one of route, redirect, directResponse or delegate (IST0106).",
                ),
                said("has route and redirect in spec.http[1]; keep one (IST0106)."),
            ],
        ],
        "weights of nothing": [
            service({ http: [to(0, 0), to(undefined, undefined, 0)] }),
            [
                said(
                    "has no weight above 0 in spec.http[0], so istiod refuses it; give one of the 2 destinations a " +
                        "weight (IST0106).",
                ),
                said(
                    "has no weight above 0 in spec.http[1], so istiod refuses it; give one of the 3 destinations a " +
                        "weight (IST0106).",
                ),
            ],
        ],
        "a weight below nothing": [
            service({ tcp: [to(5, -1)] }),
            [said("has weight -1 in spec.tcp[0], so istiod refuses it; set 0 or more (IST0106).")],
        ],
    },
    unknown: {
        "a weight that a preview can't know": [
            service({ http: [to(unknown.number, 1)] }),
            ["number value at .spec.http.0.route.0.weight can't be known during preview"],
        ],
    },
    config: {},
};
