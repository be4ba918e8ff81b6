import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const selector = { matchLabels: { app: "cart" } };
const policy = (portLevelMtls?: object, selected: object | undefined = selector) =>
    object("peerAuthentication", "shop/cart", {
        spec: { selector: selected, mtls: { mode: "STRICT" }, portLevelMtls },
    });
const open = (mode: string, port: string) =>
    `PeerAuthentication "shop/cart" has mode ${mode} on port ${port}, which lets plain text in; ` +
    `set it to STRICT, or allow the port in this rule's "ports".`;

export const table: RuleTable = {
    allowed: {
        "no ports": policy(),
        "a strict port": policy({ 8080: { mode: "STRICT" } }),
        "a port that inherits": policy({ 8080: { mode: "UNSET" } }),
    },
    denied: {
        "two open ports": [
            policy({ 8080: { mode: "PERMISSIVE" }, 9090: { mode: "DISABLE" } }),
            [open("PERMISSIVE", "8080"), open("DISABLE", "9090")],
        ],
        "ports of a whole namespace": [
            policy({ 8080: { mode: "STRICT" } }, {}),
            [
                'PeerAuthentication "shop/cart" has spec.portLevelMtls but no selector, which istiod refuses; ' +
                    "add spec.selector.matchLabels or remove the ports (IST0106).",
            ],
        ],
    },
    unknown: {
        "a port's mode that a preview can't know, after one that it can": [
            policy({ 8080: { mode: "DISABLE" }, 9090: { mode: unknown.string } }),
            ["string value at .spec.portLevelMtls.9090.mode can't be known during preview"],
            [open("DISABLE", "8080")],
        ],
    },
    config: {
        ports: [
            {
                value: ["9090"],
                objects: policy({ 8080: { mode: "DISABLE" }, 9090: { mode: "DISABLE" } }),
                messages: [open("DISABLE", "8080")],
            },
        ],
    },
};
