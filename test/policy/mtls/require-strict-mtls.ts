import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const policy = (name: string, spec?: object) => object("peerAuthentication", name, { spec });
const mode = (name: string, value?: string) => policy(name, { mtls: { mode: value } });
const meshWide = (given: string, name = "istio-system/default") =>
    `PeerAuthentication "${name}" ${given} for the whole mesh, which means PERMISSIVE; set it to STRICT.`;

export const table: RuleTable = {
    allowed: {
        "strict for the mesh": mode("istio-system/default", "STRICT"),
        "strict for a namespace": mode("shop/default", "STRICT"),
        "a namespace that inherits": mode("shop/default", "UNSET"),
        "a workload that inherits": policy("shop/cart", {
            selector: { matchLabels: { app: "cart" } },
        }),
        "one workload of the root namespace that inherits": policy("istio-system/edge", {
            selector: { matchLabels: { app: "edge" } },
        }),
        "another kind": object("destinationRule", "shop/cart", {
            spec: { trafficPolicy: { tls: { mode: "DISABLE" } } },
        }),
    },
    denied: {
        "plain text in a namespace": [
            mode("shop/default", "PERMISSIVE"),
            [
                'PeerAuthentication "shop/default" has spec.mtls.mode PERMISSIVE, which lets plain text in; set it to STRICT.',
            ],
        ],
        "plain text only": [
            mode("istio-system/default", "DISABLE"),
            [
                'PeerAuthentication "istio-system/default" has spec.mtls.mode DISABLE, which turns mutual TLS off; set it to STRICT.',
            ],
        ],
        "a mesh without a mode": [
            policy("istio-system/default", {}),
            [meshWide("leaves out spec.mtls.mode")],
        ],
        "a mesh whose mode is unset": [
            mode("istio-system/default", "UNSET"),
            [meshWide("has mode UNSET")],
        ],
    },
    unknown: {
        "a mode that a preview can't know": [
            mode("shop/default", unknown.string),
            ["string value at .spec.mtls.mode can't be known during preview"],
        ],
    },
    config: {
        rootNamespace: [
            {
                value: "mesh",
                objects: [policy("mesh/default", {}), policy("istio-system/default", {})],
                messages: [meshWide("leaves out spec.mtls.mode", "mesh/default")],
            },
        ],
    },
};
