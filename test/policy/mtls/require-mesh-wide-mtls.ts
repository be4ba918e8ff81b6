import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const istiod = object("deployment", "istio-system/istiod", {
    spec: { template: { metadata: { labels: { app: "istiod" } } } },
});
const sail = object("istio", "default", { spec: { namespace: "mesh" } });
const ahead = object("deployment", "istio-system/istiod", {
    metadata: { labels: { "managed-by": "sail-operator" } },
    spec: { template: { metadata: { labels: { app: "istiod" } } } },
});
const policy = (name: string, spec: object) => object("peerAuthentication", name, { spec });
const strict = { mtls: { mode: "STRICT" } };
const open = (subject: string, root: string) =>
    `${subject} runs a mesh that takes plain text: no PeerAuthentication without a selector in namespace ` +
    `"${root}" has spec.mtls.mode STRICT; add one, named default (KIA0205).`;
const openIstiod = open('Deployment "istio-system/istiod"', "istio-system");

export const table: RuleTable = {
    allowed: {
        "a strict mesh": [istiod, policy("istio-system/default", strict)],
        "a strict mesh of Sail's": [sail, policy("mesh/default", strict)],
        "another Deployment": object("deployment", "shop/cart", { spec: { template: {} } }),
        "a remote cluster": object("istio", "default", { spec: { profile: "remote" } }),
        "a mesh whose root is elsewhere": [
            istiod,
            object("configMap", "istio-system/istio", {
                data: { mesh: "rootNamespace: policies" },
            }),
            policy("policies/default", strict),
        ],
    },
    denied: {
        "no policy": [istiod, [openIstiod]],
        "no policy of Sail's": [sail, [open('Istio "default"', "mesh")]],
        "no policy of Sail's, told once where its istiod is known": [[sail, ahead], [openIstiod]],
        "a policy elsewhere": [[istiod, policy("shop/default", strict)], [openIstiod]],
        "a policy for some": [
            [
                istiod,
                policy("istio-system/default", {
                    ...strict,
                    selector: { matchLabels: { a: "b" } },
                }),
            ],
            [openIstiod],
        ],
        "a policy that lets plain text in": [
            [istiod, policy("istio-system/default", { mtls: { mode: "PERMISSIVE" } })],
            [openIstiod],
        ],
    },
    unknown: {
        "a policy's mode that a preview can't know": [
            [istiod, policy("istio-system/default", { mtls: { mode: unknown.string } })],
            ['"istiod": string value at .spec.mtls.mode can\'t be known during preview'],
        ],
    },
    config: {},
};
