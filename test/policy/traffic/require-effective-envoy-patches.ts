import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const filter = (applyTo: string, operation: unknown, priority?: number) =>
    object("envoyFilter", "shop/limit", {
        spec: { priority, configPatches: [{ applyTo, patch: { operation } }] },
    });
const ignored = (operation: string, applyTo: string, code: string) =>
    `EnvoyFilter "shop/limit" has ${operation} for ${applyTo} in spec.configPatches[0], which istiod ignores; use ` +
    `MERGE (${code}).`;
const relative = (operation: string) =>
    `EnvoyFilter "shop/limit" has ${operation} in spec.configPatches[0] but no priority, so what it finds depends ` +
    "on other filters' age; set spec.priority (IST0151).";

export const table: RuleTable = {
    allowed: {
        "a merge": filter("ROUTE_CONFIGURATION", "MERGE"),
        "an addition": filter("CLUSTER", "ADD"),
        "the first place": filter("HTTP_FILTER", "INSERT_FIRST"),
        "a place beside another, in order": filter("HTTP_FILTER", "INSERT_BEFORE", 10),
        "a replacement, in order": filter("VIRTUAL_HOST", "REPLACE", -1),
    },
    denied: {
        "a route added": [filter("HTTP_ROUTE", "ADD"), [ignored("ADD", "HTTP_ROUTE", "IST0153")]],
        "routes removed": [
            filter("ROUTE_CONFIGURATION", "REMOVE", 10),
            [ignored("REMOVE", "ROUTE_CONFIGURATION", "IST0154")],
        ],
        "a cluster replaced": [
            filter("CLUSTER", "REPLACE", 10),
            [
                'EnvoyFilter "shop/limit" has REPLACE for CLUSTER in spec.configPatches[0], which istiod ignores; use ' +
                    "MERGE, or replace an HTTP_FILTER, NETWORK_FILTER or VIRTUAL_HOST (IST0152).",
            ],
        ],
        "a place beside another": [
            filter("HTTP_FILTER", "INSERT_BEFORE"),
            [relative("INSERT_BEFORE")],
        ],
        "a removal": [filter("HTTP_FILTER", "REMOVE", 0), [relative("REMOVE")]],
    },
    unknown: {
        "an operation that a preview can't know": [
            filter("CLUSTER", unknown.string),
            ["string value at .spec.configPatches.0.patch.operation can't be known during preview"],
        ],
    },
    config: {},
};
