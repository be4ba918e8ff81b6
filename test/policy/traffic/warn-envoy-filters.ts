import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const filter = (applyTo: unknown[], annotations?: object) =>
    object("envoyFilter", "shop/limit", {
        metadata: { annotations },
        spec: { configPatches: applyTo.map((one) => ({ applyTo: one })) },
    });
const bare = (what: string, annotation = "istio-mesh/reason") =>
    `EnvoyFilter "shop/limit" patches ${what} of Envoy's configuration, which any upgrade may change; use an API ` +
    `of Istio's, or say why not in annotation ${annotation}.`;

export const table: RuleTable = {
    allowed: {
        "a reason": filter(["HTTP_FILTER"], {
            "istio-mesh/reason": "Local rate limits have no API.",
        }),
        "another kind": object("wasmPlugin", "shop/limit"),
    },
    denied: {
        "no reason": [
            filter(["HTTP_FILTER", "CLUSTER", "CLUSTER"]),
            [bare("HTTP_FILTER, CLUSTER")],
        ],
        "an empty reason": [
            filter(["ROUTE_CONFIGURATION"], { "istio-mesh/reason": " " }),
            [bare("ROUTE_CONFIGURATION")],
        ],
        "nothing to patch": [filter([]), [bare("nothing")]],
    },
    unknown: {
        "a target that a preview can't know": [
            filter([unknown.string]),
            ["string value at .spec.configPatches.0.applyTo can't be known during preview"],
        ],
    },
    config: {
        annotation: [
            {
                value: "example.com/why",
                objects: [
                    filter(["CLUSTER"], { "example.com/why": "A test." }),
                    filter(["CLUSTER"], { "istio-mesh/reason": "A test." }),
                ],
                messages: [bare("CLUSTER", "example.com/why")],
            },
        ],
    },
};
