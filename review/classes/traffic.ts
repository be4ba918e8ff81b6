/**
 * Istio's objects and the Gateway API's routes that say where requests go.
 * @see https://istio.io/latest/docs/reference/config/networking/
 */
import { becomes, updates, when } from "./rows";
import type { Row } from "./rows";

const TLS_WEAKER = becomes("DISABLE", "SIMPLE", "PASSTHROUGH", "OPTIONAL_MUTUAL");

const ROUTES = [
    "istio VirtualService",
    "HTTPRoute",
    "GRPCRoute",
    "TCPRoute",
    "TLSRoute",
    "UDPRoute",
];
/** Options of a route that change how a request is tried, not where it goes. */
const TRIES = [
    "timeout",
    "timeouts",
    "retries",
    "retry",
    "fault",
    "mirror",
    "mirrors",
    "mirrorPercentage",
    "headers",
    "corsPolicy",
    "name",
];

const routes = ROUTES.flatMap((kind): readonly Row[] => [
    ...updates(kind, [
        ...TRIES.flatMap(
            (option) =>
                [
                    [
                        `spec.http.*.${option}.**`,
                        "config-push",
                        "Requests are tried, copied or marked in another way; they go where they went.",
                    ],
                    [
                        `spec.rules.*.${option}.**`,
                        "config-push",
                        "Requests are tried or kept in another way; they go where they went.",
                    ],
                ] as const,
        ),
        [
            "spec.rules.*.sessionPersistence.**",
            "config-push",
            "Requests of one client stay together in another way.",
        ],
        ["spec.**", "traffic-shifted", "Requests go elsewhere, or are matched by other rules."],
    ]),
    when(
        "create",
        kind,
        "traffic-shifted",
        "A new route takes requests over that Kubernetes routed alone.",
    ),
    when(
        "delete",
        kind,
        "traffic-shifted",
        "Requests that the route took go by Kubernetes' rules, or nowhere.",
    ),
    when(
        "replace",
        kind,
        "traffic-shifted",
        "For a moment requests go by Kubernetes' rules, or nowhere.",
    ),
]);

export const traffic: readonly Row[] = [
    ...routes,
    ...updates("istio DestinationRule", [
        [
            "spec.trafficPolicy.tls.mode",
            "security-weakened",
            "Requests to the host leave without mTLS of the mesh.",
            TLS_WEAKER,
        ],
        [
            "spec.subsets.*.trafficPolicy.tls.mode",
            "security-weakened",
            "Requests to the subset leave without mTLS of the mesh.",
            TLS_WEAKER,
        ],
        [
            "spec.trafficPolicy.portLevelSettings.**",
            "traffic-shifted",
            "Requests to single ports are balanced or encrypted in another way.",
        ],
        [
            "spec.trafficPolicy.tls.**",
            "traffic-shifted",
            "Requests to the host are encrypted in another way.",
        ],
        [
            "spec.trafficPolicy.loadBalancer.**",
            "traffic-shifted",
            "Requests are spread over the host's pods in another way.",
        ],
        [
            "spec.trafficPolicy.**",
            "config-push",
            "Limits, health checks or connection settings of the host.",
        ],
        ["spec.subsets.**", "traffic-shifted", "Subsets lead to other pods."],
        ["spec.**", "traffic-shifted", "The rule holds for another host, or for other clients."],
    ]),
    when(
        "create",
        "istio DestinationRule",
        "security-weakened",
        "Requests to the host leave without mTLS of the mesh.",
        {
            says: "with TLS mode DISABLE",
            holds: ({ after }) => JSON.stringify(after).includes('"mode":"DISABLE"'),
        },
    ),
    when("create", "istio DestinationRule", "config-push", "Settings for requests to a host."),
    when(
        "delete",
        "istio DestinationRule",
        "traffic-shifted",
        "Routes to its subsets lead nowhere; its settings end.",
    ),
    when(
        "replace",
        "istio DestinationRule",
        "traffic-shifted",
        "For a moment routes to its subsets lead nowhere.",
    ),
    ...updates("istio Gateway", [
        [
            "spec.servers.*.tls.**",
            "security-weakened",
            "TLS of a server: another certificate, or less of it.",
        ],
        ["spec.servers.**", "traffic-shifted", "The gateway serves other hosts or ports."],
        ["spec.selector.**", "traffic-shifted", "Other gateways serve these hosts."],
    ]),
    when(
        "create",
        "istio Gateway",
        "traffic-shifted",
        "A gateway's proxies listen for more hosts or ports.",
    ),
    when(
        "delete",
        "istio Gateway",
        ["traffic-shifted", "connections-cut"],
        "The gateway's proxies close these ports.",
    ),
    when(
        "replace",
        "istio Gateway",
        ["traffic-shifted", "connections-cut"],
        "For a moment the gateway's proxies close these ports.",
    ),
    ...updates("istio ServiceEntry", [
        [
            'metadata.labels["istio.io/use-waypoint"]',
            "traffic-shifted",
            "Requests leave by another waypoint, or by none.",
        ],
        [
            "spec.**",
            "traffic-shifted",
            "Requests to the host go elsewhere, or by another protocol.",
        ],
    ]),
    when(
        "create",
        "istio ServiceEntry",
        "traffic-shifted",
        "The mesh knows a host more: its rules hold for it, and REGISTRY_ONLY lets it pass.",
    ),
    when(
        "delete",
        "istio ServiceEntry",
        "traffic-shifted",
        "The host is unknown to the mesh: REGISTRY_ONLY refuses it.",
    ),
    when(
        "replace",
        "istio ServiceEntry",
        "traffic-shifted",
        "For a moment the host is unknown to the mesh.",
    ),
    ...updates("istio Sidecar", [
        [
            "spec.outboundTrafficPolicy.**",
            "traffic-shifted",
            "Calls to hosts that the proxy doesn't know pass, or are refused.",
        ],
        ["spec.ingress.**", "traffic-shifted", "Proxies listen for other requests."],
        [
            "spec.**",
            "config-push",
            "Proxies know fewer or more hosts; those no longer named are unknown to them.",
        ],
    ]),
    when("create", "istio Sidecar", "config-push", "Proxies know only the hosts it names."),
    when(
        "delete",
        "istio Sidecar",
        "config-push",
        "Proxies know every host again, and need the memory for it.",
    ),
    when("replace", "istio Sidecar", "config-push", "For a moment proxies know every host."),
    ...updates("istio Telemetry", [
        ["spec.**", "config-push", "Other logs, metrics or traces; requests aren't touched."],
    ]),
    when("create", "istio Telemetry", "config-push", "Other logs, metrics or traces."),
    when(
        "delete",
        "istio Telemetry",
        "config-push",
        "Logs, metrics and traces as the mesh has them.",
    ),
    when(
        "replace",
        "istio Telemetry",
        "config-push",
        "For a moment logs, metrics and traces as the mesh has them.",
    ),
    ...updates("istio ProxyConfig", [
        [
            "spec.**",
            "data-plane-restart",
            "Proxies read it at their start: running ones keep the old value until their pods restart.",
        ],
    ]),
    when("create", "istio ProxyConfig", "data-plane-restart", "Proxies read it at their start."),
    when(
        "delete",
        "istio ProxyConfig",
        "data-plane-restart",
        "Proxies fall back to the mesh's when they restart.",
    ),
    when("replace", "istio ProxyConfig", "data-plane-restart", "Proxies read it at their start."),
    ...["istio WorkloadEntry", "istio WorkloadGroup"].flatMap((kind): readonly Row[] => [
        ...updates(kind, [
            ["spec.**", "traffic-shifted", "Requests reach other machines outside the cluster."],
        ]),
        when(
            "create",
            kind,
            "traffic-shifted",
            "Requests may reach a machine outside the cluster.",
        ),
        when("delete", kind, "traffic-shifted", "Requests no longer reach the machine."),
        when("replace", kind, "traffic-shifted", "For a moment requests don't reach the machine."),
    ]),
];
