import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const service = (...ports: object[]) =>
    object("service", "shop/cart", { spec: { selector: { app: "cart" }, ports } });
const tcp = { name: "tcp-data", port: 9000, targetPort: 9001 };
const http = { name: "http", port: 80, targetPort: 8080 };
const policy = (rule: object, rest: object = {}) =>
    object("authorizationPolicy", "shop/cart", { spec: { rules: [rule], ...rest } });
const to = (operation: object) => ({ to: [{ operation }] });
const laid = (field: string, effect: string, protocol = "tcp", port = 9000) =>
    `AuthorizationPolicy "shop/cart" has ${field} in spec.rules[0], but port ${port} of Service "shop/cart" is ` +
    `${protocol}, ${effect}; limit the rule to HTTP ports.`;
const closed = "so every connection is refused";
const closing = "so more is refused than it says";

export const table: RuleTable = {
    allowed: {
        "HTTP only": [service(http), policy(to({ methods: ["GET"] }))],
        "a port that Istio sniffs": [service({ port: 9000 }), policy(to({ methods: ["GET"] }))],
        "no HTTP fields": [service(tcp), policy(to({ ports: ["9001"] }))],
        "a rule for the HTTP port": [
            service(http, tcp),
            policy(to({ methods: ["GET"], ports: ["8080"] })),
        ],
        "a rule for all but the TCP port": [
            service(http, tcp),
            policy(to({ methods: ["GET"], notPorts: ["9001"] })),
        ],
        "other workloads": [
            service(tcp),
            policy(to({ methods: ["GET"] }), { selector: { matchLabels: { app: "web" } } }),
        ],
        "a policy for another Service": [
            service(tcp),
            policy(to({ methods: ["GET"] }), { targetRefs: [{ kind: "Service", name: "web" }] }),
        ],
        "a provider that is asked": [
            service(tcp),
            policy(to({ methods: ["GET"] }), { action: "CUSTOM" }),
        ],
    },
    denied: {
        "allow by method": [
            [service(http, tcp), policy(to({ methods: ["GET"] }))],
            [laid("methods", closed)],
        ],
        "deny by path, for a target": [
            [
                service(tcp),
                policy(to({ notPaths: ["/healthz"] }), {
                    action: "DENY",
                    targetRefs: [{ kind: "Service", name: "cart" }],
                }),
            ],
            [laid("notPaths", closing)],
        ],
        "allow by token": [
            [
                service({ appProtocol: "redis", port: 9000 }),
                policy({ from: [{ source: { requestPrincipals: ["*"] } }] }),
            ],
            [laid("requestPrincipals", closed, "redis")],
        ],
        "a condition, on a port whose server speaks first": [
            [
                service({ port: 3306 }),
                policy({ when: [{ key: "request.headers[x]", values: ["a"] }] }),
            ],
            [laid("request.headers[x]", closed, "tcp", 3306)],
        ],
    },
    unknown: {
        "a port that a preview can't know": [
            [service({ name: unknown.string, port: 9000 }), policy(to({ methods: ["GET"] }))],
            ['"cart": string value at .spec.ports.0.name can\'t be known during preview'],
        ],
    },
    config: {},
};
