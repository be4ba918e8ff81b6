import { compareVersions } from "../components/plan/versions";
import { waypointOf } from "../components/plan/waypoints";
import { pathText, removeCommand, setCommand, type SettingPath } from "./commands";
import type { Finding, Parts, Rule } from "./rules";
import { nearest } from "./suggestions";
import { knownRevisions } from "./update-rules";

/** The first Istio that splits connections between two waypoints. */
const CANARY_SINCE = "1.31.0";

function quoted(names: readonly string[]): string {
    return names.map((name) => JSON.stringify(name)).join(", ") || "nothing yet";
}

/** A namespace's data plane; undefined while that can't be told. */
function planeOf(name: string | undefined, { namespaces = [], dataPlane }: Parts) {
    const served = namespaces.find((one) => one.name !== undefined && one.name === name);
    return served === undefined ? undefined : (served.dataPlane ?? dataPlane);
}

const waypointsAreInAmbient: Rule = (parts) =>
    (parts.waypoints ?? []).flatMap(({ namespace, name }, i): Finding[] => {
        const names = parts.namespaces?.map((one) => one.name);
        const reserved: Finding[] =
            name === "none"
                ? [
                      {
                          path: ["waypoints", i, "name"],
                          given: '"none"',
                          allowed: "another name: by this one Istio means no waypoint at all",
                          fix: setCommand(["waypoints", i, "name"], "<name>"),
                      },
                  ]
                : [];
        if (namespace === undefined || names === undefined || names.includes(undefined)) {
            return reserved;
        }
        const ambient = names.flatMap((one) =>
            one === undefined || planeOf(one, parts) !== "ambient" ? [] : [one],
        );
        const path = ["waypoints", i, "namespace"];
        return ambient.includes(namespace)
            ? reserved
            : [
                  ...reserved,
                  {
                      path,
                      given: names.includes(namespace)
                          ? `${JSON.stringify(namespace)}, whose data plane is ${JSON.stringify(planeOf(namespace, parts))}`
                          : JSON.stringify(namespace),
                      allowed: `an ambient namespace of this stack: ${quoted(ambient)}`,
                      fix: setCommand(path, nearest(namespace, ambient) ?? ambient[0] ?? "<name>"),
                      from: [["namespaces"], ["dataPlane"]],
                  },
              ];
    });

const servicesExistOnce: Rule = ({ waypoints = [], workloads = [] }) => {
    const owners = new Map<string, SettingPath>();
    return waypoints.flatMap(({ namespace, services = [] }, i) =>
        services.flatMap((service, j): Finding[] => {
            const path = ["waypoints", i, "services", j];
            if (namespace === undefined) {
                return [];
            }
            const known = workloads.flatMap((one) =>
                one.namespace === namespace && one.name !== undefined ? [one.name] : [],
            );
            const first = owners.get(`${namespace}/${service}`);
            owners.set(`${namespace}/${service}`, first ?? path);
            if (first !== undefined) {
                return [
                    {
                        path,
                        given: `${JSON.stringify(service)} again`,
                        allowed: `one waypoint for each service; the first is ${pathText(first)}`,
                        fix: removeCommand(path),
                    },
                ];
            }
            return known.includes(service)
                ? []
                : [
                      {
                          path,
                          given: JSON.stringify(service),
                          allowed: `one of workloads in ${namespace}: ${quoted(known)}; whoever deploys another labels its Service istio.io/use-waypoint himself`,
                          fix: setCommand(path, nearest(service, known) ?? known[0] ?? "<name>"),
                          from: [["workloads"]],
                      },
                  ];
        }),
    );
};

const revisionsExist: Rule = (parts) => {
    const plan = knownRevisions(parts);
    if (plan === undefined) {
        return [];
    }
    const names = [...plan.tags, ...plan.revisions].map((one) => one.name);
    return (parts.waypoints ?? []).flatMap(({ revision }, i): Finding[] => {
        const path = ["waypoints", i, "revision"];
        const meant = revision === undefined ? undefined : nearest(revision, names);
        return revision === undefined || names.includes(revision)
            ? []
            : [
                  {
                      path,
                      given: JSON.stringify(revision),
                      allowed: `a tag or revision of this stack: ${quoted(names)}`,
                      fix: meant === undefined ? removeCommand(path) : setCommand(path, meant),
                      from: [["update"]],
                  },
              ];
    });
};

/** What a namespace says of a waypoint that it hasn't. */
const settingsHaveWaypoint: Rule = ({ namespaces = [] }) =>
    namespaces.flatMap((namespace, i) =>
        (["waypointFor", "waypointCanary"] as const).flatMap((key): Finding[] =>
            namespace[key] === undefined || namespace.waypoint !== false
                ? []
                : [
                      {
                          path: ["namespaces", i, key],
                          given: "a value, without a waypoint",
                          allowed: "a value only with waypoint: true",
                          fix: `${setCommand(["namespaces", i, "waypoint"], true)}, or ${removeCommand(["namespaces", i, key])}`,
                      },
                  ],
        ),
    );

const canariesExist: Rule = ({ namespaces = [], waypoints = [], istioVersion }) =>
    namespaces.flatMap(({ name, waypointCanary }, i): Finding[] => {
        if (waypointCanary === undefined) {
            return [];
        }
        const at = ["namespaces", i, "waypointCanary"];
        const here = waypoints.filter((one) => one.namespace === name && name !== undefined);
        const found = here.find((one) => one.name === waypointCanary.name);
        const names = here.filter((one) => one.for !== "workload").flatMap((one) => one.name ?? []);
        const path = [...at, "name"];
        const unknown: Finding[] =
            waypointCanary.name === undefined || names.includes(waypointCanary.name)
                ? []
                : [
                      {
                          path,
                          given: `${JSON.stringify(waypointCanary.name)}${found === undefined ? "" : ', which is for "workload"'}`,
                          allowed: `one of waypoints in ${name ?? "the namespace"}, for "service" or "all": ${quoted(names)}`,
                          fix: setCommand(
                              path,
                              nearest(waypointCanary.name, names) ?? names[0] ?? "<name>",
                          ),
                          from: [["waypoints"]],
                      },
                  ];
        return [
            ...unknown,
            ...(istioVersion === undefined || compareVersions(istioVersion, CANARY_SINCE) >= 0
                ? []
                : [
                      {
                          path: at,
                          given: `a value, with istioVersion ${JSON.stringify(istioVersion)}`,
                          allowed: `a canary from Istio ${CANARY_SINCE} on: older ones ignore it`,
                          fix: removeCommand(at),
                          from: [["istioVersion"]],
                      },
                  ]),
        ];
    });

/**
 * What holds for all of a namespace is judged by its waypoint and, where a service has its own, by that.
 * ztunnel alone would see the service's waypoint for every caller.
 */
const wholeNamespaceIsJudged: Rule = ({ namespaces = [], waypoints = [], security }) => {
    const split = (name: string | undefined) => {
        const at = namespaces.findIndex((one) => one.name !== undefined && one.name === name);
        const own = waypoints.some(
            (one) => one.namespace === name && (one.services ?? []).length > 0,
        );
        return own && namespaces[at]?.waypoint === false ? at : undefined;
    };
    const wide = [
        ...namespaces.flatMap(({ name, defaultDeny }, i) =>
            defaultDeny === true ? [{ name, path: ["namespaces", i, "defaultDeny"] }] : [],
        ),
        ...(["authorization", "authentication"] as const).flatMap((list) =>
            (security?.[list] ?? []).flatMap(({ namespace, service }, i) =>
                service === undefined ? [{ name: namespace, path: ["security", list, i] }] : [],
            ),
        ),
    ];
    return wide.flatMap(({ name, path }): Finding[] => {
        const at = split(name);
        return at === undefined
            ? []
            : [
                  {
                      path,
                      given: `all of ${name ?? ""}, where some services have a waypoint of their own and others none`,
                      allowed:
                          "single services there, or a waypoint of the namespace: ztunnel would take the services' waypoint for the caller",
                      fix: setCommand(["namespaces", at, "waypoint"], true),
                      from: [["namespaces", at], ["waypoints"]],
                  },
              ];
    });
};

/** Requests to Services go past a waypoint that is for pods alone, and so past what is told to it of them. */
const servicesPassWaypoint: Rule = (parts) => {
    const { namespaces = [], waypoints = [], traffic = [], security } = parts;
    const told = [
        ...traffic.map(({ namespace, service }, i) => ({
            namespace,
            service,
            path: ["traffic", i],
        })),
        ...(["authorization", "authentication"] as const).flatMap((list) =>
            (security?.[list] ?? []).map(({ namespace, service }, i) => ({
                namespace,
                service,
                path: ["security", list, i],
            })),
        ),
        ...namespaces.flatMap(({ name, defaultDeny }, i) =>
            defaultDeny === true
                ? [{ namespace: name, service: undefined, path: ["namespaces", i, "defaultDeny"] }]
                : [],
        ),
    ];
    return told.flatMap(({ namespace, service, path }): Finding[] => {
        const passed = waypointOf({ namespace, service }, parts);
        if (passed?.for !== "workload" || planeOf(namespace, parts) !== "ambient") {
            return [];
        }
        const named = waypoints.findIndex(
            (one) => one.name === passed.name && one.namespace === namespace,
        );
        const at = namespaces.findIndex(({ name }) => name === namespace);
        const key = named === -1 ? ["namespaces", at, "waypointFor"] : ["waypoints", named, "for"];
        return [
            {
                path,
                given: `what waypoint ${JSON.stringify(passed.name)} would have to do, which is for "workload"`,
                allowed:
                    'a waypoint for "service" or "all": requests to Services go past one for pods alone',
                fix: setCommand(key, "all"),
                from: [["namespaces", at], ["waypoints"]],
            },
        ];
    });
};

/** What must hold for waypoints beside the namespaces' own, and for canaries between them. */
export const WAYPOINT_RULES: readonly Rule[] = [
    waypointsAreInAmbient,
    servicesExistOnce,
    revisionsExist,
    settingsHaveWaypoint,
    canariesExist,
    wholeNamespaceIsJudged,
    servicesPassWaypoint,
];
