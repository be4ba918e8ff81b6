import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const service = (key: string, ...weights: unknown[]) =>
    object("virtualService", "shop/web", {
        spec: { [key]: [{ route: weights.map((weight) => ({ weight })) }] },
    });
const odd = (sum: string, key = "http", total = 100) =>
    `VirtualService "shop/web" has weights ${sum} in spec.${key}[0], not ${total}; Istio takes them in proportion, ` +
    `but this team reads them as parts of ${total}.`;

export const table: RuleTable = {
    allowed: {
        "per cent": service("http", 90, 10),
        "one destination": service("http", 5),
        "equal parts, unsaid": service("http", undefined, undefined),
    },
    denied: {
        "parts of four": [service("http", 1, 3), [odd("1 + 3 = 4")]],
        "one without a weight": [service("tcp", 90, undefined), [odd("90 + 0 = 90", "tcp")]],
        "too much": [service("tls", 60, 60), [odd("60 + 60 = 120", "tls")]],
    },
    unknown: {
        "a weight that a preview can't know": [
            service("http", 90, unknown.number),
            ["number value at .spec.http.0.route.1.weight can't be known during preview"],
        ],
    },
    config: {
        total: [
            {
                value: 4,
                objects: [service("http", 1, 3), service("http", 90, 10)],
                messages: [odd("90 + 10 = 100", "http", 4)],
            },
        ],
    },
};
