import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const policy = (operation: object) =>
    object("authorizationPolicy", "shop/cart", { spec: { rules: [{ to: [{ operation }] }] } });
const misspelt = (field: string, value: string, problem: string) =>
    `AuthorizationPolicy "shop/cart" can't match ${field} "${value}" in spec.rules[0]: ${problem}.`;
const methods = "GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH";
const resolved = "Envoy resolves //, /./ and /../ first; write what remains";
const number = "ports are numbers from 1 to 65535; write the number of the pod's port (IST0106)";

export const table: RuleTable = {
    allowed: {
        "plain values": policy({
            methods: ["GET", "PATCH", "/shop.Cart/Add"],
            paths: ["/", "/cart/*", "*.json", "{*}/x", "/a/{*}/b", "/..well"],
            hosts: ["shop.example.com", "*.example.com", "shop.example.com:*"],
            ports: ["8080"],
            notPorts: ["65535"],
        }),
        wildcards: policy({ methods: ["*"], paths: ["*"] }),
        "no operation": object("authorizationPolicy", "shop/cart", { spec: { rules: [{}] } }),
    },
    denied: {
        methods: [
            policy({ methods: ["get", "LIST"], notMethods: ["Post"] }),
            [
                misspelt("methods", "get", 'methods are upper case; write "GET" (KIA0102)'),
                misspelt(
                    "methods",
                    "LIST",
                    `it is no HTTP method; use one of ${methods}, or a gRPC call as /package.Service/Method (KIA0102)`,
                ),
                misspelt("notMethods", "Post", 'methods are upper case; write "POST" (KIA0102)'),
            ],
        ],
        paths: [
            policy({ paths: ["cart", "/cart?x=1", "/a//b", "/a/../b", "/a/."] }),
            [
                misspelt("paths", "cart", 'paths start with "/" or "*"; write "/cart"'),
                misspelt(
                    "paths",
                    "/cart?x=1",
                    "the query isn't part of the path; end it before ? or #",
                ),
                misspelt("paths", "/a//b", resolved),
                misspelt("paths", "/a/../b", resolved),
                misspelt("paths", "/a/.", resolved),
            ],
        ],
        hosts: [
            policy({ notHosts: ["Shop.example.com", "https://shop.example.com"] }),
            [
                misspelt(
                    "notHosts",
                    "Shop.example.com",
                    'hosts are lower case; write "shop.example.com"',
                ),
                misspelt(
                    "notHosts",
                    "https://shop.example.com",
                    "a host has no scheme and no path; write the host alone",
                ),
            ],
        ],
        ports: [
            policy({ ports: ["http", "0", "70000"] }),
            [
                misspelt("ports", "http", number),
                misspelt("ports", "0", number),
                misspelt("ports", "70000", number),
            ],
        ],
    },
    unknown: {
        "a path that a preview can't know": [
            policy({ methods: ["get"], paths: [unknown.string] }),
            ["string value at .spec.rules.0.to.0.operation.paths.0 can't be known during preview"],
            [misspelt("methods", "get", 'methods are upper case; write "GET" (KIA0102)')],
        ],
    },
    config: {},
};
