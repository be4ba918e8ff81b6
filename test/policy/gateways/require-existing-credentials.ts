import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

import { edgePods, https, listening } from "../../support/gateways";

const namespace = object("namespace", "ingress");
const hosts = ["shop.example.com"];
const secret = (data: object, name = "ingress/edge") => object("secret", name, { data });
const pair = { "tls.crt": "YQ==", "tls.key": "YQ==" };
// The Gateway is elsewhere: what counts is where its pods are.
const given = [namespace, edgePods(), listening([https(hosts)], "shop/edge")];
const listener = (ref: object) =>
    object("gateway", "ingress/edge", {
        spec: { listeners: [{ tls: { certificateRefs: [ref] } }] },
    });
const missing = (place: string, gateway = "shop/edge", name = "edge") =>
    `Gateway "${gateway}" names Secret "ingress/${name}" in ${place}.tls, which the stack doesn't make, though it ` +
    'makes namespace "ingress"; add the Secret or a Certificate, or list ' +
    `"ingress/${name}" in this rule's "external" (IST0101).`;
const empty =
    'Gateway "shop/edge" names Secret "ingress/edge" in spec.servers[0].tls, which has neither tls.crt and ' +
    "tls.key nor cert and key; put the certificate under these (IST0161).";

export const table: RuleTable = {
    allowed: {
        "a Secret": [...given, secret(pair)],
        "a Secret whose values a preview can't know": [
            ...given,
            secret({ "tls.crt": unknown.string, "tls.key": unknown.string }),
        ],
        "a generic Secret in plain text": [
            ...given,
            object("secret", "ingress/edge", { stringData: { cert: "a", key: "b" } }),
        ],
        "a Certificate": [
            ...given,
            object("certificate", "ingress/edge", { spec: { secretName: "edge" } }),
        ],
        "a namespace that another program makes": [
            edgePods(),
            listening([https(hosts)], "shop/edge"),
        ],
        "pods that another program makes": [namespace, listening([https(hosts)], "shop/edge")],
        "another kind of credential": [
            namespace,
            listener({ group: "a.example.com", kind: "Vault", name: "edge" }),
        ],
        "a listener's Secret": [namespace, listener({ name: "edge" }), secret(pair)],
        "a listener's Secret of a namespace made elsewhere": [
            namespace,
            listener({ name: "edge", namespace: "certs" }),
        ],
    },
    denied: {
        "no Secret": [given, [missing("spec.servers[0]")]],
        "a Secret in the Gateway's namespace": [
            [...given, secret(pair, "shop/edge")],
            [missing("spec.servers[0]")],
        ],
        "a Secret without a key": [[...given, secret({ "tls.crt": "YQ==" })], [empty]],
        "an empty Secret": [[...given, object("secret", "ingress/edge")], [empty]],
        "a listener without": [
            [namespace, listener({ name: "edge" })],
            [missing("spec.listeners[0]", "ingress/edge")],
        ],
    },
    unknown: {
        "a name that a preview can't know": [
            [namespace, listener({ name: unknown.string })],
            [
                '"edge": string value at .spec.listeners.0.tls.certificateRefs.0.name can\'t be known during preview',
            ],
        ],
    },
    config: {
        external: [
            {
                value: ["ingress/edge"],
                objects: [
                    namespace,
                    edgePods(),
                    listening(
                        [https(hosts), https(hosts, { credentialName: "b" }, 444)],
                        "shop/edge",
                    ),
                ],
                messages: [missing("spec.servers[1]", "shop/edge", "b")],
            },
        ],
    },
};
