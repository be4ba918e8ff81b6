/** Workloads and their Services: what a mesh is for. */
import { falls, updates, when } from "./rows";
import type { Row } from "./rows";

export const workloads: readonly Row[] = [
    ...updates("workload", [
        ["spec.template.**", "data-plane-restart", "The workload's own pods are replaced."],
        [
            "spec.replicas",
            "connections-cut",
            "Pods of the workload end, and their open connections with them.",
            falls(1),
        ],
        ["spec.replicas", "nothing", "More pods; none restarts."],
        ["spec.strategy.**", "nothing", "Only the next rollout goes another way."],
        ["spec.updateStrategy.**", "nothing", "Only the next rollout goes another way."],
        ["spec.**", "data-plane-restart", "Another property of the workload."],
    ]),
    when("create", "workload", "nothing", "A new workload."),
    when(
        "delete",
        "workload",
        ["traffic-shifted", "connections-cut"],
        "The workload ends; requests to it fail.",
    ),
    when(
        "replace",
        "workload",
        ["data-plane-restart", "connections-cut"],
        "The workload is gone until its successor is ready.",
    ),
    ...updates("Service", [
        ["spec.selector.**", "traffic-shifted", "The Service leads to other pods, or to none."],
        [
            "spec.ports.**",
            "traffic-shifted",
            "The Service answers on other ports or speaks another protocol.",
        ],
        [
            'metadata.labels["istio.io/use-waypoint"]',
            "traffic-shifted",
            "Requests go through another waypoint, or through none.",
        ],
        [
            'metadata.labels["istio.io/use-waypoint-canary"]',
            "traffic-shifted",
            "A share of new connections goes through this second waypoint, or no longer does.",
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
        ["spec.**", "traffic-shifted", "The Service is reached in another way."],
    ]),
    when("create", "Service", "config-push", "Proxies learn of a new service."),
    when("delete", "Service", "traffic-shifted", "Requests to its name fail."),
    when(
        "replace",
        "Service",
        ["traffic-shifted", "connections-cut"],
        "Its name leads nowhere for a moment, and its address changes.",
    ),
];
