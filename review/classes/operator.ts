/**
 * The Sail Operator's objects, where only the objects themselves are known: what the operator makes of them
 * is classed by the other tables wherever the look-ahead says what it will be.
 * @see https://github.com/istio-ecosystem/sail-operator/blob/main/docs/README.adoc
 */
import { updates, when } from "./rows";
import type { Row } from "./rows";

export const operator: readonly Row[] = [
    ...["Istio", "IstioRevision"].flatMap((kind): readonly Row[] => [
        ...updates(kind, [
            [
                "spec.version",
                ["istiod-restart", "data-plane-restart"],
                "istiod changes its version; running proxies keep theirs until they restart.",
            ],
            [
                "spec.updateStrategy.type",
                "istiod-restart",
                "The next version comes as a revision beside the old one, or in its place.",
            ],
            ["spec.updateStrategy.**", "nothing", "Only how long an unused revision stays."],
            [
                "spec.values.meshConfig.trustDomain",
                ["data-plane-restart", "connections-cut", "security-weakened"],
                "Every workload gets another identity.",
            ],
            [
                "spec.values.meshConfig.defaultConfig.**",
                "data-plane-restart",
                "Proxies read this at their start.",
            ],
            [
                "spec.values.meshConfig.outboundTrafficPolicy.**",
                "traffic-shifted",
                "Calls that leave the mesh pass, or are refused.",
            ],
            [
                "spec.values.meshConfig.**",
                "config-push",
                "A behaviour of the whole mesh; istiod pushes it to every proxy.",
            ],
            [
                "spec.values.pilot.autoscale*",
                "nothing",
                "istiod scales within other bounds; nothing restarts.",
            ],
            [
                "spec.values.pilot.replicaCount",
                "config-push",
                "Another number of istiods; proxies of those that end reconnect.",
            ],
            [
                "spec.values.pilot.**",
                "istiod-restart",
                "istiod's pods are replaced, one after the other.",
            ],
            [
                "spec.values.global.multiCluster.**",
                ["istiod-restart", "data-plane-restart", "connections-cut"],
                "istiod knows its cluster by another name: proxies that say the old one get no certificates.",
            ],
            [
                "spec.values.global.waypoint.**",
                "gateway-restart",
                "istiod rolls every waypoint out anew.",
            ],
            [
                "spec.values.global.proxy.**",
                "data-plane-restart",
                "New pods get the new settings of the proxy; running ones keep theirs until they restart.",
            ],
            [
                "spec.values.global.**",
                ["istiod-restart", "data-plane-restart"],
                "A value that istiod and the templates of proxies read.",
            ],
            [
                "spec.values.sidecarInjectorWebhook.**",
                "data-plane-restart",
                "Pods are injected in another way from now on.",
            ],
            [
                "spec.profile",
                ["istiod-restart", "data-plane-restart"],
                "Another set of values under the stack's own.",
            ],
        ]),
        when(
            "create",
            kind,
            "nothing",
            "The operator installs a control plane; nobody is connected to it yet.",
        ),
        when(
            "delete",
            kind,
            ["istiod-restart", "connections-cut"],
            "The operator removes istiod: no configuration, no injection, no certificates.",
        ),
        when(
            "replace",
            kind,
            ["istiod-restart", "connections-cut"],
            "The operator removes istiod and installs it anew.",
        ),
    ]),
    ...updates("IstioRevisionTag", [
        [
            "spec.targetRef.**",
            "data-plane-restart",
            "Pods that select the tag get another revision's sidecar when they restart.",
        ],
    ]),
    when(
        "create",
        "IstioRevisionTag",
        "nothing",
        "A new name for a revision; nobody selects it yet.",
    ),
    when(
        "delete",
        "IstioRevisionTag",
        ["data-plane-restart", "security-weakened"],
        "Pods that select the tag start without a sidecar.",
    ),
    when(
        "replace",
        "IstioRevisionTag",
        "data-plane-restart",
        "For a moment pods that select the tag start without a sidecar.",
    ),
    ...updates("IstioCNI", [
        [
            "spec.**",
            "node-level",
            "The operator replaces the CNI agent node by node; pods that start meanwhile wait for it.",
        ],
    ]),
    when("create", "IstioCNI", "node-level", "A CNI agent starts on every node."),
    when(
        "delete",
        "IstioCNI",
        ["node-level", "security-weakened"],
        "New pods are no longer redirected to the mesh.",
    ),
    when("replace", "IstioCNI", "node-level", "The CNI agent is gone on all nodes at once."),
    ...updates("ZTunnel", [
        [
            "spec.**",
            ["node-level", "connections-cut"],
            "The operator replaces ztunnel node by node; connections of every captured pod on the node end after the grace period.",
        ],
    ]),
    when("create", "ZTunnel", "node-level", "A ztunnel starts on every node."),
    when(
        "delete",
        "ZTunnel",
        ["node-level", "connections-cut", "security-weakened"],
        "Pods still captured lose their network; the others their mTLS.",
    ),
    when(
        "replace",
        "ZTunnel",
        ["node-level", "connections-cut"],
        "ztunnel is gone on all nodes at once.",
    ),
];
