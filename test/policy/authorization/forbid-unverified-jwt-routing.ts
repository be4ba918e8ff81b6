import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

import { edgePods, http, listening } from "../../support/gateways";

const route = (match: object, gateways?: string[]) =>
    object("virtualService", "ingress/web", {
        spec: { hosts: ["a"], gateways, http: [{}, { match: [match] }] },
    });
const byClaim = { headers: { "@request.auth.claims.group": { exact: "admin" } } };
const edge = [edgePods(), listening([http(["a"])])];
const tokens = (spec: object = {}, name = "ingress/tokens") =>
    object("requestAuthentication", name, { spec });
const unverified = (claim = "@request.auth.claims.group") =>
    `VirtualService "ingress/web" matches "${claim}" in spec.http[1].match, but no RequestAuthentication ` +
    'verifies tokens at Deployment "ingress/edge" of Gateway "ingress/edge"; add one for its pods (IST0149).';
const inMesh =
    'VirtualService "ingress/web" matches "@request.auth.claims.group" in spec.http[1].match for the mesh ' +
    "gateway, where claims can't be matched; route by claims at a gateway only.";

export const table: RuleTable = {
    allowed: {
        "tokens of the gateway": [
            ...edge,
            route(byClaim, ["edge"]),
            tokens({ selector: { matchLabels: { istio: "edge" } } }),
        ],
        "tokens of the mesh": [
            ...edge,
            route(byClaim, ["ingress/edge"]),
            tokens({}, "istio-system/tokens"),
        ],
        "tokens by target": [
            ...edge,
            route(byClaim, ["edge"]),
            tokens({ targetRefs: [{ kind: "Gateway", name: "edge" }] }),
        ],
        "routes by other headers": [
            ...edge,
            route({ headers: { "x-group": { exact: "a" } } }, ["edge"]),
        ],
        "a gateway that another program runs": route(byClaim, ["edge"]),
    },
    denied: {
        "no tokens": [[...edge, route(byClaim, ["edge"])], [unverified()]],
        "no tokens, and the absence of a claim": [
            [...edge, route({ withoutHeaders: { "@request.auth.claims[a/b]": {} } }, ["edge"])],
            [unverified("@request.auth.claims[a/b]")],
        ],
        "tokens elsewhere": [
            [...edge, route(byClaim, ["edge"]), tokens({}, "shop/tokens")],
            [unverified()],
        ],
        "the mesh": [route(byClaim), [inMesh]],
        "the mesh, too": [
            [...edge, route(byClaim, ["mesh", "edge"])],
            [inMesh, unverified()],
        ],
    },
    unknown: {
        "a gateway that a preview can't know": [
            [...edge, route(byClaim, [unknown.string])],
            ['"web": string value at .spec.gateways.0 can\'t be known during preview'],
        ],
    },
    config: {},
};
