/**
 * Namespaces: whose labels decide which data plane their pods are in.
 * Ambient captures and releases running pods at once, sidecars come and go with pods:
 * https://istio.io/latest/docs/ambient/usage/add-workloads/ and
 * https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/
 */
import { textAt } from "../events/tree";
import type { Tree, Value } from "../events/tree";
import { becomes, goes, updates, when } from "./rows";
import type { Condition, Row } from "./rows";

const MODE = "istio.io/dataplane-mode";

function injects(namespace: Tree): boolean {
    const label = (key: string) => textAt(namespace, ["metadata", "labels", key]);
    return label("istio-injection") === "enabled" || label("istio.io/rev") !== undefined;
}

function captured(namespace: Tree): boolean {
    return textAt(namespace, ["metadata", "labels", MODE]) === "ambient";
}

const stillAmbient: Condition = {
    says: "and the namespace is ambient afterwards",
    holds: ({ after }) => captured(after),
};

const stillInjected: Condition = {
    says: "and the namespace is injected before and afterwards",
    holds: ({ before, after }) => injects(before) && injects(after),
};

const notMoreInjected: Condition = {
    says: "and the namespace is no longer injected",
    holds: ({ before, after }) => injects(before) && !injects(after),
};

const neverInjected: Condition = {
    says: "and the namespace is injected neither before nor afterwards",
    holds: ({ before, after }) => !injects(before) && !injects(after),
};

const withSidecars: Condition = {
    says: "becomes ambient and the namespace was injected",
    holds: ({ before, difference }) => difference.after === "ambient" && injects(before),
};

const LEVELS = ["restricted", "baseline", "privileged"];
const levelOf = (value: Value | undefined) =>
    LEVELS.indexOf(typeof value === "string" ? value : "privileged");
const looser: Condition = {
    says: "becomes looser",
    holds: ({ difference: { before, after } }) => levelOf(after) > levelOf(before),
};

const RELABELLED = "Pods keep the sidecar they have until they restart, then another revision's.";
const UNTOUCHED = "No pod has a sidecar or gets one.";
const UNMESHED =
    "Running pods keep their sidecar; restarted ones have none: no mTLS, no L7, no policies.";

export const namespaces: readonly Row[] = [
    ...updates("Namespace", [
        [
            `metadata.labels["${MODE}"]`,
            "data-plane-restart",
            "Pods move to ambient as they restart: until then their sidecars stay. Without a waypoint their L7 routes and policies end then.",
            withSidecars,
        ],
        [
            `metadata.labels["${MODE}"]`,
            "traffic-shifted",
            "Running pods are captured at once: mTLS from their next connection on.",
            becomes("ambient"),
        ],
        [
            `metadata.labels["${MODE}"]`,
            "security-weakened",
            "Running pods are released at once: no mTLS and no policies, until they have a sidecar, if they are to get one.",
        ],
        ['metadata.labels["istio-injection"]', "nothing", UNTOUCHED, neverInjected],
        [
            'metadata.labels["istio-injection"]',
            "data-plane-restart",
            "Pods keep their sidecars until they restart; ambient captures them afterwards.",
            stillAmbient,
        ],
        ['metadata.labels["istio-injection"]', "data-plane-restart", RELABELLED, stillInjected],
        [
            'metadata.labels["istio-injection"]',
            ["data-plane-restart", "security-weakened"],
            UNMESHED,
            notMoreInjected,
        ],
        [
            'metadata.labels["istio-injection"]',
            "data-plane-restart",
            "Pods get a sidecar when they restart.",
        ],
        ['metadata.labels["istio.io/rev"]', "nothing", UNTOUCHED, neverInjected],
        [
            'metadata.labels["istio.io/rev"]',
            "data-plane-restart",
            "Pods keep their sidecars until they restart; ambient captures them afterwards.",
            stillAmbient,
        ],
        ['metadata.labels["istio.io/rev"]', "data-plane-restart", RELABELLED, stillInjected],
        [
            'metadata.labels["istio.io/rev"]',
            ["data-plane-restart", "security-weakened"],
            UNMESHED,
            notMoreInjected,
        ],
        [
            'metadata.labels["istio.io/rev"]',
            "data-plane-restart",
            "Pods get a sidecar when they restart.",
        ],
        [
            'metadata.labels["istio.io/use-waypoint"]',
            ["traffic-shifted", "security-weakened"],
            "Requests no longer go through a waypoint: L7 routes and policies bound to it end.",
            goes,
        ],
        [
            'metadata.labels["istio.io/use-waypoint"]',
            "traffic-shifted",
            "Requests to the namespace's services go through this waypoint from now on.",
        ],
        [
            'metadata.labels["istio.io/use-waypoint-namespace"]',
            "traffic-shifted",
            "Requests go through a waypoint of another namespace.",
        ],
        [
            'metadata.labels["istio.io/use-waypoint-canary"]',
            "traffic-shifted",
            "A share of new connections goes through this second waypoint, or no longer does.",
        ],
        [
            'metadata.labels["istio.io/use-waypoint-canary-namespace"]',
            "traffic-shifted",
            "The second waypoint is one of another namespace.",
        ],
        [
            'metadata.annotations["istio.io/use-waypoint-canary-weight"]',
            "traffic-shifted",
            "Another share of new connections goes through the second waypoint.",
        ],
        [
            'metadata.labels["istio.io/ingress-use-waypoint"]',
            "traffic-shifted",
            "Requests from gateways go through the waypoint, or past it.",
        ],
        [
            'metadata.labels["topology.istio.io/network"]',
            "traffic-shifted",
            "Pods of the namespace count to another network.",
        ],
        [
            'metadata.labels["pod-security.kubernetes.io/enforce"]',
            "security-weakened",
            "Pods with more rights are let in.",
            looser,
        ],
        [
            'metadata.labels["pod-security.kubernetes.io/enforce"]',
            "nothing",
            "Pods with many rights are refused when they start anew.",
        ],
        ["metadata.**", "nothing", "A label or annotation that no data plane reads."],
    ]),
    when("create", "Namespace", "nothing", "A new namespace; nothing runs in it yet."),
    when(
        "delete",
        "Namespace",
        "irreversible",
        "Everything in the namespace is deleted with it, also what this stack didn't make.",
    ),
    when(
        "replace",
        "Namespace",
        "irreversible",
        "Everything in the namespace is deleted, also what this stack didn't make.",
    ),
];
