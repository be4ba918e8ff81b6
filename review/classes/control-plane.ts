/** istiod itself: its pods, its address, its autoscaler and its root of trust. */
import { isTree, listAt } from "../events/tree";
import { falls, updates, when } from "./rows";
import type { Condition, Row } from "./rows";

/** The chart names ztunnel's account in every mesh; without ambient there is no ztunnel to refuse. */
const noAmbientBefore: Condition = {
    says: "and istiod served no ambient mesh before",
    holds: ({ before }) =>
        !listAt(before, ["spec", "template", "spec", "containers"])
            .flatMap((container) => listAt(container, ["env"]))
            .some((variable) => isTree(variable) && variable["name"] === "PILOT_ENABLE_AMBIENT"),
};

export const controlPlane: readonly Row[] = [
    ...updates("istiod", [
        [
            "spec.template.spec.containers.discovery.image",
            "istiod-restart",
            "istiod changes its version or image, pod by pod.",
        ],
        [
            "spec.template.spec.containers.discovery.env.CLUSTER_ID.**",
            ["istiod-restart", "connections-cut"],
            "istiod knows its cluster by another name: proxies and ztunnels that say the old one get no certificates.",
        ],
        [
            "spec.template.spec.containers.discovery.env.ENABLE_CA_SERVER.**",
            ["istiod-restart", "data-plane-restart", "connections-cut"],
            "Another authority signs from now on: certificates of another root are no longer trusted.",
        ],
        [
            "spec.template.spec.containers.discovery.env.CA_TRUSTED_NODE_ACCOUNTS.**",
            "istiod-restart",
            "istiod signs certificates for pods at the request of these ztunnels, the first it serves.",
            noAmbientBefore,
        ],
        [
            "spec.template.spec.containers.discovery.env.CA_TRUSTED_NODE_ACCOUNTS.**",
            ["istiod-restart", "connections-cut"],
            "istiod signs certificates for pods only at the request of these ztunnels; others are refused.",
        ],
        ["spec.template.**", "istiod-restart", "istiod's pods are replaced, one after the other."],
        [
            "spec.replicas",
            "config-push",
            "istiods end; their proxies reconnect to the others and get their configuration anew.",
            falls(1, Infinity),
        ],
        [
            "spec.replicas",
            "nothing",
            "More istiods; proxies come over when they reconnect (every 30 minutes).",
        ],
        ["spec.strategy.**", "nothing", "Only the next rollout of istiod goes another way."],
        ["spec.**", "istiod-restart", "Another property of istiod's Deployment."],
    ]),
    when("create", "istiod", "nothing", "A new istiod; nobody is connected to it yet."),
    when(
        "delete",
        "istiod",
        ["istiod-restart", "connections-cut"],
        "istiod ends for good: no configuration, no injection, no certificates; running proxies fail when theirs expire (24 hours).",
    ),
    when(
        "replace",
        "istiod",
        ["istiod-restart"],
        "istiod is gone until its successor is ready; proxies keep what they have, new pods can't be injected.",
    ),
    ...updates("istiod autoscaler", [
        [
            "spec.minReplicas",
            "config-push",
            "Fewer istiods when there is little to do; their proxies reconnect.",
            falls(1),
        ],
        ["spec.**", "nothing", "istiod scales within other bounds; nothing restarts."],
    ]),
    when("delete", "istiod autoscaler", "nothing", "istiod keeps the number of replicas it has."),
    ...updates("istiod Service", [
        [
            "spec.selector.**",
            ["istiod-restart", "connections-cut"],
            "Proxies reach other pods under istiod's name, or none.",
        ],
        ["spec.ports.**", "config-push", "Proxies and the API server reach istiod by other ports."],
        ["spec.**", "config-push", "Proxies reach istiod in another way; those connected stay so."],
    ]),
    when(
        "delete",
        "istiod Service",
        ["istiod-restart", "connections-cut"],
        "Nobody reaches istiod any more: no configuration, no injection, no certificates.",
    ),
    ...updates("mesh CA", [
        ...["ca-cert.pem", "ca-key.pem", "cert-chain.pem"].map(
            (key) =>
                [
                    `data["${key}"]`,
                    "nothing",
                    "Another issuer: istiod signs by it from now on, and each workload has it with its next certificate.",
                ] as const,
        ),
        [
            "**",
            ["data-plane-restart", "connections-cut", "irreversible"],
            "Another root of trust: every certificate must be issued anew, and proxies with the old one are not trusted.",
        ],
    ]),
    when(
        "create",
        "mesh CA",
        ["istiod-restart", "connections-cut"],
        "istiod signs with it from its next start on; certificates of another root are no longer trusted.",
    ),
    when(
        "delete",
        "mesh CA",
        ["connections-cut", "irreversible"],
        "The root of trust is lost: istiod makes another, which nobody trusts yet.",
    ),
    when(
        "replace",
        "mesh CA",
        ["data-plane-restart", "connections-cut", "irreversible"],
        "Another root of trust.",
    ),
];
