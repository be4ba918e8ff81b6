import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const ambient = object("namespace", "shop", {
    metadata: { labels: { "istio.io/dataplane-mode": "ambient" } },
});
const sidecars = object("namespace", "shop", {
    metadata: { labels: { "istio-injection": "enabled" } },
});
const idle = (subject: string, verb: string, fix: string, namespace = "shop") =>
    `${subject} ${verb} sidecars, but namespace "${namespace}" is ambient, so it does nothing; ${fix}.`;
const filter = object("envoyFilter", "shop/lua", { spec: {} });
const peer = (spec: object) => object("peerAuthentication", "shop/default", { spec });
const disabled = (field: string) =>
    `PeerAuthentication "shop/default" has spec.${field} DISABLE, which ambient takes for PERMISSIVE; ` +
    "say PERMISSIVE or STRICT.";

export const table: RuleTable = {
    allowed: {
        "the same with sidecars": [
            sidecars,
            filter,
            object("sidecar", "shop/default"),
            peer({ mtls: { mode: "DISABLE" } }),
        ],
        "a filter for a waypoint": [
            ambient,
            object("envoyFilter", "shop/lua", {
                spec: { targetRefs: [{ kind: "Gateway", name: "waypoint" }] },
            }),
        ],
        "mutual TLS": [
            ambient,
            peer({ mtls: { mode: "STRICT" }, portLevelMtls: { 80: { mode: "PERMISSIVE" } } }),
        ],
    },
    denied: {
        "what only sidecars apply": [
            [
                ambient,
                filter,
                object("sidecar", "shop/default"),
                object("proxyConfig", "shop/threads"),
                object("workloadEntry", "shop/vm"),
            ],
            [
                idle('EnvoyFilter "shop/lua"', "patches", "use a waypoint's routes and policies"),
                idle('Sidecar "shop/default"', "limits", "limit by AuthorizationPolicy"),
                idle('ProxyConfig "shop/threads"', "configures", "remove it"),
                'WorkloadEntry "shop/vm" is a machine without ztunnel, but namespace "shop" is ambient; ' +
                    "keep its namespace on sidecars.",
            ],
        ],
        "mutual TLS that can't be off": [
            [
                ambient,
                peer({ mtls: { mode: "DISABLE" }, portLevelMtls: { 80: { mode: "DISABLE" } } }),
            ],
            [disabled("mtls.mode"), disabled('portLevelMtls["80"].mode')],
        ],
    },
    unknown: {
        "a mode that isn't known yet": [
            [ambient, peer({ mtls: { mode: unknown.string } })],
            ['"default": string value at .spec.mtls.mode can\'t be known during preview'],
        ],
    },
    config: {
        planned: [
            {
                value: ["shop"],
                objects: [sidecars, filter, object("sidecar", "other/default")],
                messages: [
                    idle(
                        'EnvoyFilter "shop/lua"',
                        "patches",
                        "use a waypoint's routes and policies",
                    ),
                ],
            },
        ],
    },
};
