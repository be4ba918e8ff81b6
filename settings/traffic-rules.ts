import { waypointOf } from "../components/plan/waypoints";
import { unsupported, type EdgeApi } from "../components/traffic/unsupported";
import { pathText, removeCommand, setCommand, type SettingPath } from "./commands";
import { shown } from "./problems";
import type { Finding, Parts, Rule } from "./rules";
import { nearest } from "./suggestions";

type Entry = NonNullable<Parts["traffic"]>[number];

/** A value that should be one of those known, with what was most likely meant. */
function unknownName(path: SettingPath, given: string, known: readonly string[]): Finding {
    const meant = nearest(given, known);
    return {
        path,
        given: JSON.stringify(given),
        allowed: known.map((name) => JSON.stringify(name)).join(", ") || "nothing yet",
        fix: setCommand(path, meant ?? known[0] ?? "<name>"),
    };
}

/** The data plane of a service's namespace; undefined while that can't be told. */
function planeOf({ namespace }: Entry, { namespaces = [], dataPlane }: Parts) {
    const served = namespaces.find(({ name }) => name !== undefined && name === namespace);
    return served === undefined ? undefined : (served.dataPlane ?? dataPlane);
}

const inTheMesh: Rule = (parts) =>
    (parts.traffic ?? []).flatMap((entry, i): Finding[] => {
        const { namespace } = entry;
        const names = parts.namespaces?.map(({ name }) => name);
        if (namespace === undefined || names === undefined || names.includes(undefined)) {
            return [];
        }
        const path = ["traffic", i, "namespace"];
        const inside = (parts.namespaces ?? []).flatMap((one) =>
            one.name === undefined || (one.dataPlane ?? parts.dataPlane) === "none"
                ? []
                : [one.name],
        );
        return inside.includes(namespace)
            ? []
            : [
                  {
                      ...unknownName(path, namespace, inside),
                      given: names.includes(namespace)
                          ? `${JSON.stringify(namespace)}, whose data plane is "none"`
                          : JSON.stringify(namespace),
                      from: [["namespaces"], ["dataPlane"]],
                  },
              ];
    });

const servicesExist: Rule = ({ traffic = [], workloads = [] }) =>
    traffic.flatMap(({ service, namespace, deployedBy, versions = [], mirror }, i): Finding[] => {
        if (service === undefined || namespace === undefined || deployedBy !== "stack") {
            return [];
        }
        const here = workloads.filter((one) => one.namespace === namespace);
        const workload = here.find(({ name }) => name === service);
        if (workload === undefined) {
            const path = ["traffic", i, "service"];
            const known = here.flatMap(({ name }) => name ?? []);
            const meant = nearest(service, known);
            const others = setCommand(["traffic", i, "deployedBy"], "others");
            return [
                {
                    ...unknownName(path, service, known),
                    fix:
                        meant === undefined
                            ? `${others}, where somebody else deploys it`
                            : `${setCommand(path, meant)}, or ${others}, where somebody else deploys it`,
                    from: [["workloads"]],
                },
            ];
        }
        const known = ["v1", ...(workload.versions ?? []).flatMap(({ name }) => name ?? [])];
        const named = [
            ...versions.map(({ name }, j) => ({ name, at: ["versions", j, "name"] })),
            { name: mirror?.version, at: ["mirror", "version"] },
        ];
        return named.flatMap(({ name, at }) =>
            name === undefined || known.includes(name)
                ? []
                : [
                      {
                          ...unknownName(["traffic", i, ...at], name, known),
                          from: [["workloads"]],
                      },
                  ],
        );
    });

const versionsShare: Rule = ({ traffic = [] }) =>
    traffic.flatMap(({ versions = [], mirror }, i): Finding[] => {
        const names = versions.flatMap(({ name }) => name ?? []);
        const allZero = versions.length > 0 && versions.every(({ weight }) => weight === 0);
        const twice = versions.flatMap(({ name }, j): Finding[] =>
            name === undefined || names.indexOf(name) === j
                ? []
                : [
                      {
                          path: ["traffic", i, "versions", j, "name"],
                          given: `${JSON.stringify(name)} again`,
                          allowed: "each version once",
                          fix: "take it out of the stack's file, or rename it",
                      },
                  ],
        );
        return [
            ...twice,
            ...(allZero
                ? [
                      {
                          path: ["traffic", i, "versions"],
                          given: `the weight 0 for ${names.join(", ") || "every version"}`,
                          allowed: "a weight above 0 for at least one version, which gets the rest",
                          fix: setCommand(["traffic", i, "versions", 0, "weight"], 100),
                      },
                  ]
                : []),
            ...(mirror?.version === undefined || names.includes(mirror.version)
                ? []
                : [
                      {
                          ...unknownName(
                              ["traffic", i, "mirror", "version"],
                              mirror.version,
                              names,
                          ),
                          from: [["traffic", i, "versions"]],
                      },
                  ]),
        ];
    });

const gatewaysExist: Rule = ({ traffic = [], gateways = [] }) =>
    traffic.flatMap(({ gateway, hosts }, i): Finding[] => {
        const known = gateways.flatMap(({ namespace, name }) =>
            namespace === undefined || name === undefined ? [] : [`${namespace}/${name}`],
        );
        const path = ["traffic", i, "gateway"];
        if (gateway === undefined) {
            return hosts === undefined || hosts.length === 0
                ? []
                : [
                      {
                          path,
                          given: `nothing, with hosts ${hosts.join(", ")}`,
                          allowed:
                              known.map((name) => JSON.stringify(name)).join(", ") || "nothing yet",
                          fix: setCommand(path, known[0] ?? "<namespace>/<name>"),
                          from: [["gateways"]],
                      },
                  ];
        }
        if (!known.includes(gateway)) {
            return [{ ...unknownName(path, gateway, known), from: [["gateways"]] }];
        }
        return hosts === undefined || hosts.length > 0
            ? []
            : [
                  {
                      path: ["traffic", i, "hosts"],
                      given: "nothing, with a gateway",
                      allowed: "the names by which the service is called at the gateway",
                      fix: setCommand(["traffic", i, "hosts", 0], "shop.example.com"),
                  },
              ];
    });

const oneOwner: Rule = ({ traffic = [] }) => {
    const owners = new Map<string, SettingPath>();
    return traffic.flatMap(({ service, namespace, hosts = [], gateway }, i): Finding[] => {
        const claims = [
            ...(service === undefined || namespace === undefined
                ? []
                : [{ what: `${namespace}/${service}`, path: ["traffic", i] }]),
            ...hosts.flatMap((host, j) =>
                gateway === undefined
                    ? []
                    : [{ what: `${host} at ${gateway}`, path: ["traffic", i, "hosts", j] }],
            ),
        ];
        return claims.flatMap(({ what, path }): Finding[] => {
            const first = owners.get(what);
            owners.set(what, first ?? path);
            return first === undefined
                ? []
                : [
                      {
                          path,
                          given: `${JSON.stringify(what)} again`,
                          allowed: `one owner for each service and host; the first is ${pathText(first)}`,
                          fix: "merge the two in the stack's file, or take one out",
                      },
                  ];
        });
    });
};

const waypointSteers: Rule = (parts) =>
    (parts.traffic ?? []).flatMap((entry, i): Finding[] => {
        const at = (parts.namespaces ?? []).findIndex(
            ({ name }) => name !== undefined && name === entry.namespace,
        );
        const { namespace, service } = entry;
        const steered = waypointOf({ namespace, service }, parts);
        const known = parts.namespaces?.[at]?.waypoint !== undefined;
        return planeOf(entry, parts) !== "ambient" || !known || steered !== undefined
            ? []
            : [
                  {
                      path: ["traffic", i],
                      given: `the ambient namespace ${JSON.stringify(entry.namespace)} without a waypoint`,
                      allowed: "a namespace with sidecars or a waypoint: ztunnel knows no requests",
                      fix: setCommand(["namespaces", at, "waypoint"], true),
                      from: [["namespaces", at], ["waypoints"]],
                  },
              ];
    });

const proxiesCan: Rule = (parts) =>
    (parts.traffic ?? []).flatMap((entry, i): Finding[] => {
        const plane = planeOf(entry, parts);
        return plane === undefined || plane === "none"
            ? []
            : unsupported(entry, plane, edgeOf(entry, parts)).map(({ key, why }) => ({
                  path: ["traffic", i, key],
                  given: shown(entry[key]),
                  allowed: why,
                  fix: removeCommand(["traffic", i, key]),
                  from: [["namespaces"], ["dataPlane"], ["gateways"]],
              }));
    });

function edgeOf({ gateway }: Entry, { gateways = [] }: Parts): EdgeApi | undefined {
    const found = gateways.find(
        ({ namespace, name }) => gateway === `${namespace ?? ""}/${name ?? ""}`,
    );
    return found?.via === "gateway-api" ? "kubernetes" : "istio";
}

/** Istio reads the protocol off the port's name: what routes say must be what the port is called. */
const protocolsAgree: Rule = ({ traffic = [], workloads = [] }) =>
    traffic.flatMap(({ service, namespace, deployedBy, protocol }, i): Finding[] => {
        const at = workloads.findIndex(
            (one) => one.name === service && one.namespace === namespace && service !== undefined,
        );
        const spoken = workloads[at]?.protocol ?? "http";
        const path = ["traffic", i, "protocol"];
        return at === -1 || deployedBy !== "stack" || protocol === undefined || protocol === spoken
            ? []
            : [
                  {
                      path,
                      given: `"${protocol}", for a workload that speaks "${spoken}"`,
                      allowed: "the workload's own protocol, after which its port is named",
                      fix: `${setCommand(path, spoken)}, or ${setCommand(["workloads", at, "protocol"], protocol)}`,
                      from: [["workloads"]],
                  },
              ];
    });

/** What must hold between `traffic` and the rest of a stack's config. */
export const TRAFFIC_RULES: readonly Rule[] = [
    inTheMesh,
    servicesExist,
    versionsShare,
    gatewaysExist,
    oneOwner,
    waypointSteers,
    proxiesCan,
    protocolsAgree,
];
