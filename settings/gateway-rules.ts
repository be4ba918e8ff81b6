import { ROUTED } from "../components/egress/routes";
import { pathText, removeCommand, setCommand, type SettingPath } from "./commands";
import { isReserved, RESERVED } from "./reserved";
import type { Finding, Parts, Rule } from "./rules";
import { nearest } from "./suggestions";

type EgressEntry = NonNullable<NonNullable<Parts["security"]>["egress"]>[number];
type Gateway = NonNullable<Parts["egressGateways"]>[number];

const gatewaysCanBeInjected: Rule = ({ gateways = [], egressGateways = [], namespaces = [] }) => {
    const all = [
        ...gateways.map(({ namespace }, i) => ({
            namespace,
            path: ["gateways", i, "namespace"],
            usual: "istio-ingress",
            injected: true,
        })),
        ...egressGateways.map(({ namespace, via }, i) => ({
            namespace,
            path: ["egressGateways", i, "namespace"],
            usual: "istio-egress",
            // istiod deploys a waypoint without its injector.
            injected: via !== "waypoint",
        })),
    ];
    return all.flatMap(({ namespace, path, usual, injected }) => {
        if (namespace === undefined) {
            return [];
        }
        const fix = setCommand(path, usual);
        if (isReserved(namespace)) {
            return [
                {
                    path,
                    given: JSON.stringify(namespace),
                    allowed: `a namespace apart from the control plane and Kubernetes' own, so that it can be given to other people: none of ${RESERVED}`,
                    fix,
                },
            ];
        }
        const served = namespaces.find(({ name }) => name === namespace);
        return served?.dataPlane === "none" && injected
            ? [
                  {
                      path,
                      given: `${JSON.stringify(namespace)}, whose data plane is "none"`,
                      allowed:
                          "a namespace that allows injection: a gateway's proxy comes from istiod's injector",
                      fix,
                  },
              ]
            : [];
    });
};

/** An entry that names an egress gateway, with both their places. */
interface Leaving {
    readonly entry: EgressEntry;
    readonly path: SettingPath;
    /** As `<namespace>/<name>`. */
    readonly named: string;
    readonly gateway: Gateway;
    readonly at: SettingPath;
}

/** Entries whose egress gateway is known. */
function leaving({ security, egressGateways = [] }: Parts): readonly Leaving[] {
    return (security?.egress ?? []).flatMap((entry, i): Leaving[] => {
        const at = egressGateways.findIndex(
            ({ namespace, name }) => entry.gateway === `${namespace ?? ""}/${name ?? ""}`,
        );
        const gateway = egressGateways[at];
        return gateway === undefined || entry.gateway === undefined
            ? []
            : [
                  {
                      entry,
                      path: ["security", "egress", i],
                      named: entry.gateway,
                      gateway,
                      at: ["egressGateways", at],
                  },
              ];
    });
}

const egressGatewaysExist: Rule = ({ security, egressGateways = [] }) => {
    const known = egressGateways.flatMap(({ namespace, name }) =>
        namespace === undefined || name === undefined ? [] : [`${namespace}/${name}`],
    );
    return (security?.egress ?? []).flatMap(({ gateway }, i): Finding[] => {
        const path = ["security", "egress", i, "gateway"];
        return gateway === undefined || known.includes(gateway)
            ? []
            : [
                  {
                      path,
                      given: JSON.stringify(gateway),
                      allowed:
                          known.map((name) => JSON.stringify(name)).join(", ") || "nothing yet",
                      fix:
                          known.length === 0
                              ? `${setCommand(["egressGateways", 0, "name"], gateway.split("/")[1] ?? "<name>")}, or ${removeCommand(path)}`
                              : setCommand(path, nearest(gateway, known) ?? known[0] ?? "<name>"),
                      from: [["egressGateways"]],
                  },
              ];
    });
};

const egressNamesAreFree: Rule = ({ security }) => {
    const names = (security?.egress ?? []).map(({ name }) => name);
    return names.flatMap((name, i): Finding[] => {
        const first = names.indexOf(name);
        return name === undefined || first === i
            ? []
            : [
                  {
                      path: ["security", "egress", i, "name"],
                      given: `${JSON.stringify(name)} again`,
                      allowed: `each name once; the first is ${pathText(["security", "egress", first])}`,
                      fix: setCommand(["security", "egress", i, "name"], "<name>"),
                  },
              ];
    });
};

/** What a gateway can't tell apart, once requests for several hosts come to it. */
const gatewaysTellApart: Rule = (parts) =>
    leaving(parts).flatMap(({ entry, path, named, gateway, at }): Finding[] => {
        const { hosts = [], ports = [] } = entry;
        const direct = removeCommand([...path, "gateway"]);
        const wildcards = hosts.flatMap((host, i): Finding[] =>
            host.startsWith("*.")
                ? [
                      {
                          path: [...path, "hosts", i],
                          given: `${JSON.stringify(host)}, by the egress gateway "${named}"`,
                          allowed:
                              "a full name there: a wildcard has no address that the gateway could send requests on to",
                          fix: `name the hosts one by one, or ${direct}`,
                          from: [["egressGateways"]],
                      },
                  ]
                : [],
        );
        if (gateway.via === "waypoint" || gateway.via === undefined) {
            return wildcards;
        }
        const protocols = ports.flatMap(({ protocol }, i): Finding[] => {
            if (protocol === undefined || ROUTED.includes(protocol)) {
                return [];
            }
            return [
                {
                    path: [...path, "ports", i, "protocol"],
                    given: `"${protocol}", by the egress gateway "${named}"`,
                    allowed: `${ROUTED.join(", ")} there: other connections don't say which host they are for`,
                    fix: direct,
                    from: [at],
                },
            ];
        });
        const kinds = ports.map(({ protocol }) =>
            protocol === undefined ? undefined : ["HTTP", "GRPC"].includes(protocol),
        );
        const again = kinds.flatMap((kind, i): Finding[] =>
            kind === undefined || kinds.indexOf(kind) === i || protocols.length > 0
                ? []
                : [
                      {
                          path: [...path, "ports", i],
                          given: `a second port of ${kind ? "HTTP or GRPC" : "HTTPS or TLS"}, by the egress gateway "${named}"`,
                          allowed:
                              "one port of each there: by its host alone, the gateway couldn't tell which is meant",
                          fix: `${removeCommand([...path, "ports", i])}, or ${direct}`,
                          from: [at],
                      },
                  ],
        );
        return [...wildcards, ...protocols, ...again];
    });

/** Namespaces that call by a gateway, with their places and data planes. */
function callers({ entry }: Leaving, { namespaces = [], dataPlane }: Parts) {
    const named = entry.namespaces ?? [];
    return namespaces.flatMap((namespace, at) => {
        const { name } = namespace;
        const plane = namespace.dataPlane ?? dataPlane;
        const calls =
            name !== undefined &&
            plane !== undefined &&
            plane !== "none" &&
            (named.length === 0 || named.includes(name));
        return calls ? [{ at, name, plane, namespace }] : [];
    });
}

/** ztunnel hands requests to waypoints alone, sidecars to all but them. */
const callersGoByGateway: Rule = (parts) =>
    leaving(parts).flatMap((one): Finding[] => {
        const { entry, path, named, gateway, at } = one;
        if (gateway.via === undefined || entry.namespaces === undefined) {
            return [];
        }
        const wanted = gateway.via === "waypoint" ? "ambient" : "sidecar";
        const all = callers(one, parts);
        const past = all.filter(({ plane }) => plane !== wanted);
        const fits = all.find(({ plane }) => plane === wanted);
        if (past.length === 0) {
            return [];
        }
        const other = wanted === "ambient" ? "chart" : "waypoint";
        return [
            {
                path: [...path, "gateway"],
                given: `${JSON.stringify(named)} by ${gateway.via}, for callers in ${past.map(({ name, plane }) => `${name} (${plane})`).join(", ")}`,
                allowed: `callers with ${wanted === "ambient" ? "ambient: sidecars go past a waypoint" : "sidecars: ztunnel hands requests to waypoints alone"}`,
                fix:
                    fits !== undefined && entry.namespaces.length === 0
                        ? setCommand([...path, "namespaces", 0], fits.name)
                        : setCommand([...at, "via"], other),
                from: [["namespaces"], ["dataPlane"], at],
            },
        ];
    });

/** What closes a namespace must leave the way to its egress gateway open. */
const callersReachGateway: Rule = (parts) =>
    leaving(parts).flatMap((one): Finding[] => {
        const { gateway, named } = one;
        const home = gateway.namespace;
        if (gateway.via === "waypoint" || gateway.via === undefined || home === undefined) {
            return [];
        }
        return callers(one, parts).flatMap(({ at, name, plane, namespace }): Finding[] => {
            if (plane !== "sidecar" || name === home) {
                return [];
            }
            const lists = [
                { list: namespace.sidecarScope, path: ["namespaces", at, "sidecarScope"] },
                {
                    list: namespace.networkPolicy?.to,
                    path: ["namespaces", at, "networkPolicy", "to"],
                },
            ];
            return lists.flatMap(({ list, path }): Finding[] =>
                list === undefined || list.includes(home)
                    ? []
                    : [
                          {
                              path,
                              given: `${JSON.stringify(list)}, with the egress gateway "${named}"`,
                              allowed: `a list with ${JSON.stringify(home)}: its requests leave by that namespace`,
                              fix: setCommand([...path, list.length], home),
                              from: [["egressGateways"], ["security", "egress"]],
                          },
                      ],
            );
        });
    });

/** What must hold for gateways, of both directions, and for what leaves by them. */
export const GATEWAY_RULES: readonly Rule[] = [
    gatewaysCanBeInjected,
    egressGatewaysExist,
    egressNamesAreFree,
    gatewaysTellApart,
    callersGoByGateway,
    callersReachGateway,
];
