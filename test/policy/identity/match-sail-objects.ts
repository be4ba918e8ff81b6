import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

interface Said {
    readonly version?: string;
    readonly cluster?: string;
    readonly network?: string;
}

const istio = (said: Said = {}, name = "default") =>
    object("istio", name, {
        spec: {
            version: said.version ?? "v1.31.3",
            values: {
                global: {
                    ...(said.network !== undefined && { network: said.network }),
                    ...(said.cluster !== undefined && {
                        multiCluster: { clusterName: said.cluster },
                    }),
                },
            },
        },
    });

const ztunnel = (said: Said = {}, targetRef?: { kind: string; name: string }) =>
    object("ztunnel", "default", {
        spec: {
            version: said.version ?? "v1.31.3",
            ...(targetRef && { targetRef }),
            values: {
                ztunnel: {
                    ...(said.network !== undefined && { network: said.network }),
                    ...(said.cluster !== undefined && {
                        multiCluster: { clusterName: said.cluster },
                    }),
                },
            },
        },
    });

const cni = (version: string) => object("istioCni", "default", { spec: { version } });

const REF = { kind: "Istio", name: "default" };
const OLD = { kind: "IstioRevision", name: "default-v1-30-7" };

const otherCluster = (own: string, known: string) =>
    `ZTunnel "default" is in cluster "${own}" and Istio "default" in cluster "${known}", so istiod refuses it; ` +
    `set values.ztunnel.multiCluster.clusterName to "${known}".`;
const otherNetwork = (own: string, known: string) =>
    `ZTunnel "default" is in network ${own} and Istio "default" in network ${known}; ` +
    "set values.ztunnel.network to that of the Istio.";

export const table: RuleTable = {
    allowed: {
        "names said alike": [
            istio({ cluster: "c1", network: "n1" }),
            cni("v1.31.3"),
            ztunnel({ cluster: "c1", network: "n1" }),
        ],
        "names said nowhere: both default to the same": [istio(), ztunnel()],
        "names that the operator copies": [
            istio({ cluster: "c1", network: "n1" }),
            ztunnel({}, REF),
        ],
        "node agents behind": [istio(), cni("v1.30.7"), ztunnel({ version: "v1.30.0" })],
        "node agents of the stable revision, beside a canary": [
            istio({ version: "v1.31.3" }),
            cni("v1.30.7"),
            ztunnel({ version: "v1.30.7" }, OLD),
        ],
        "an alias, whose version only the operator knows": [
            istio({ version: "v1.30-latest" }),
            ztunnel({ version: "v1.31.3" }),
        ],
        "the Istio that it names, not the one beside": [
            istio({ cluster: "c1" }),
            istio({ cluster: "c2" }, "other"),
            ztunnel({ cluster: "c1" }, REF),
        ],
        "two to belong to, and nothing that says which": [
            istio({ cluster: "c1" }),
            istio({ cluster: "c2" }, "other"),
            ztunnel(),
        ],
        "a ZTunnel alone": ztunnel({ cluster: "c1" }),
        "a patch of two digits that comes after one of one": [
            istio({ version: "v1.31.10" }),
            ztunnel({ version: "v1.31.9" }),
        ],
    },
    denied: {
        "a cluster that only istiod knows by its name": [
            [istio({ cluster: "homelab-cluster" }), ztunnel()],
            [otherCluster("Kubernetes", "homelab-cluster")],
        ],
        "a cluster said twice, differently, beside the reference that would copy it": [
            [istio({ cluster: "c1", network: "n1" }), ztunnel({ cluster: "c2" }, REF)],
            [otherCluster("c2", "c1")],
        ],
        "another network, on either side": [
            [istio({ network: "n1" }), ztunnel({ network: "n2" })],
            [otherNetwork('"n2"', '"n1"')],
        ],
        "a network on one side alone": [
            [istio(), ztunnel({ network: "n2" })],
            [otherNetwork('"n2"', "none")],
        ],
        "node agents ahead of istiod": [
            [istio({ version: "v1.30.7" }), cni("v1.31.3"), ztunnel({ version: "v1.31.3" })],
            [
                'ZTunnel "default" of version "v1.31.3" is ahead of the istiod "1.30.7" that it follows; upgrade Istio first.',
                'IstioCNI "default" of version "v1.31.3" is ahead of Istio "default" of version "v1.30.7"; upgrade Istio first.',
            ],
        ],
        "a ztunnel ahead of the revision that it follows": [
            [istio(), cni("v1.31.3"), ztunnel({}, OLD)],
            [
                'ZTunnel "default" of version "v1.31.3" is ahead of the istiod "1.30.7" that it follows; upgrade Istio first.',
            ],
        ],
        "a ztunnel ahead of the CNI agent": [
            [istio(), cni("v1.31.2"), ztunnel()],
            [
                'ZTunnel "default" of version "v1.31.3" is ahead of IstioCNI "default" of version "v1.31.2"; upgrade IstioCNI first.',
            ],
        ],
    },
    unknown: {
        "a cluster name that isn't known yet": [
            [istio({ cluster: unknown.string }), ztunnel({ cluster: "c1" })],
            [
                '"default": string value at .spec.values.global.multiCluster.clusterName can\'t be known during preview',
            ],
        ],
    },
    config: {},
};
