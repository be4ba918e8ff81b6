import type { EgressGatewaySettings } from "../../settings/schema";
import type { EgressSettings } from "../../settings/security";
import type { AuthorizationPolicySpec, Manifest } from "../kinds";
import { chartSelector } from "../plan/gateway-objects";
import { serviceEntry } from "../security/egress";
import { gatewayApiExits } from "./gateway-api-objects";
import { istioExits } from "./istio-objects";
import { exitsOf, PASSED_PORT, READ_PORT } from "./routes";

type PolicyRule = NonNullable<AuthorizationPolicySpec["rules"]>[number];

/** Every host that a stack lets out by a gateway. */
export function leavingBy(
    { namespace, name }: Pick<EgressGatewaySettings, "namespace" | "name">,
    egress: readonly EgressSettings[],
): readonly EgressSettings[] {
    return egress.filter(({ gateway }) => gateway === `${namespace}/${name}`);
}

/**
 * All objects by which requests leave by a gateway, the gateway itself but for Istio's own kind apart. They
 * are all in its namespace: callers need to know no other.
 */
export function egressPlan(
    gateway: EgressGatewaySettings,
    entries: readonly EgressSettings[],
): readonly Manifest[] {
    const { name, namespace, via } = gateway;
    const place = {
        namespace,
        // ztunnel hands what it takes for the host to this waypoint.
        ...(via === "waypoint" ? { labels: { "istio.io/use-waypoint": name } } : {}),
    };
    return [
        ...entries.map((entry) => serviceEntry(entry, place)),
        ...(via === "chart" ? istioExits(gateway, entries.flatMap(exitsOf)) : []),
        ...(via === "gateway-api" ? gatewayApiExits(gateway, entries) : []),
        ...(via === "waypoint"
            ? entries.flatMap((entry) => atWaypoint(namespace, entry))
            : atGateway(gateway, entries)),
    ];
}

/** A waypoint knows every caller by the tunnel, so each host has a policy of its own. */
function atWaypoint(namespace: string, entry: EgressSettings): readonly Manifest[] {
    return entry.namespaces.length === 0
        ? []
        : [
              {
                  apiVersion: "security.istio.io/v1",
                  kind: "AuthorizationPolicy",
                  metadata: { name: entry.name, namespace },
                  spec: {
                      targetRefs: [
                          { group: "networking.istio.io", kind: "ServiceEntry", name: entry.name },
                      ],
                      action: "ALLOW",
                      rules: [{ from: [{ source: { namespaces: entry.namespaces } }] }],
                  },
              },
          ];
}

/** Who may leave for which host, once any host is for some namespaces only. */
function atGateway(
    { name, namespace, via }: EgressGatewaySettings,
    entries: readonly EgressSettings[],
): readonly Manifest[] {
    if (entries.every(({ namespaces }) => namespaces.length === 0)) {
        return [];
    }
    const rules = entries.flatMap((entry): PolicyRule[] => {
        const [first] = exitsOf(entry);
        const { hosts, namespaces } = entry;
        return [
            ...(first?.read === undefined
                ? []
                : [
                      {
                          ...(namespaces.length === 0
                              ? {}
                              : { from: [{ source: { namespaces } }] }),
                          to: [
                              {
                                  operation: {
                                      // With the port, where a caller writes it.
                                      hosts: hosts.flatMap((host) => [host, `${host}:*`]),
                                      ports: [String(READ_PORT)],
                                  },
                              },
                          ],
                      },
                  ]),
            ...(first?.passed === undefined
                ? []
                : [
                      {
                          // What stays encrypted shows no certificate of the caller.
                          to: [{ operation: { ports: [String(PASSED_PORT)] } }],
                          when: [{ key: "connection.sni", values: hosts }],
                      },
                  ]),
        ];
    });
    return [
        {
            apiVersion: "security.istio.io/v1",
            kind: "AuthorizationPolicy",
            metadata: { name, namespace },
            spec: {
                ...(via === "chart"
                    ? { selector: { matchLabels: chartSelector(name) } }
                    : {
                          targetRefs: [
                              { group: "gateway.networking.k8s.io", kind: "Gateway", name },
                          ],
                      }),
                action: "ALLOW",
                rules,
            },
        },
    ];
}
