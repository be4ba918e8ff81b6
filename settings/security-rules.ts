import { L7_KEYS } from "../components/security/authorization";
import { waypointOf } from "../components/plan/waypoints";
import { usesAmbient } from "../components/plan/namespaces";
import { pathText, removeCommand, setCommand, type SettingPath } from "./commands";
import type { Finding, Parts, Rule } from "./rules";
import { nearest } from "./suggestions";

interface Named {
    readonly namespace?: string | undefined;
    readonly service?: string | undefined;
}

const LISTS = ["authorization", "authentication"] as const;

/** Every policy of the section, with its place. */
function policies({ security }: Parts): readonly { policy: Named; path: SettingPath }[] {
    return LISTS.flatMap((list) =>
        (security?.[list] ?? []).map((policy, i) => ({ policy, path: ["security", list, i] })),
    );
}

/** Where a namespace stands in the config, and its data plane. */
function served(name: string | undefined, { namespaces = [], dataPlane }: Parts) {
    const at = namespaces.findIndex((one) => one.name !== undefined && one.name === name);
    const found = namespaces[at];
    return found === undefined
        ? undefined
        : { at, waypoint: found.waypoint, plane: found.dataPlane ?? dataPlane };
}

const policiesAreInTheMesh: Rule = (parts) =>
    policies(parts).flatMap(({ policy: { namespace }, path }): Finding[] => {
        const names = parts.namespaces?.map(({ name }) => name);
        if (namespace === undefined || names === undefined || names.includes(undefined)) {
            return [];
        }
        const inside = names.flatMap((name) =>
            name === undefined || served(name, parts)?.plane === "none" ? [] : [name],
        );
        const at = [...path, "namespace"];
        return inside.includes(namespace)
            ? []
            : [
                  {
                      path: at,
                      given: names.includes(namespace)
                          ? `${JSON.stringify(namespace)}, whose data plane is "none"`
                          : JSON.stringify(namespace),
                      allowed:
                          inside.map((name) => JSON.stringify(name)).join(", ") || "nothing yet",
                      fix: setCommand(at, nearest(namespace, inside) ?? inside[0] ?? "<name>"),
                      from: [["namespaces"], ["dataPlane"]],
                  },
              ];
    });

const namesAreFree: Rule = (parts) => {
    const owners = new Map<string, SettingPath>();
    const { security, namespaces = [] } = parts;
    const generated = namespaces.flatMap(({ name, defaultDeny, waypoint }, i) =>
        defaultDeny === true && name !== undefined
            ? ["default-deny", ...(waypoint === true ? ["only-waypoint"] : [])].map((policy) => ({
                  name: policy,
                  namespace: name,
                  path: ["namespaces", i, "defaultDeny"],
              }))
            : [],
    );
    const tokens = (security?.authentication ?? []).flatMap(({ name, namespace, required }, i) =>
        name === undefined || required === false
            ? []
            : [
                  {
                      name: `${name}-required`,
                      namespace,
                      path: ["security", "authentication", i, "name"],
                  },
              ],
    );
    const own = (security?.authorization ?? []).map(({ name, namespace }, i) => ({
        name,
        namespace,
        path: ["security", "authorization", i, "name"],
    }));
    return [...generated, ...tokens, ...own].flatMap(({ name, namespace, path }): Finding[] => {
        if (name === undefined || namespace === undefined) {
            return [];
        }
        const what = `${namespace}/${name}`;
        const first = owners.get(what);
        owners.set(what, first ?? path);
        return first === undefined
            ? []
            : [
                  {
                      path,
                      given: `${JSON.stringify(what)} again`,
                      allowed: `each AuthorizationPolicy once; the first comes from ${pathText(first)}`,
                      fix: setCommand(path, "<name>"),
                  },
              ];
    });
};

const requestsAreRead: Rule = (parts) => {
    const needs = [
        ...(parts.security?.authorization ?? []).flatMap(({ namespace, service, rules = [] }, i) =>
            rules.flatMap((rule, j) =>
                L7_KEYS.filter((key) => (rule[key] ?? []).length > 0).map((key) => ({
                    namespace,
                    service,
                    path: ["security", "authorization", i, "rules", j, key],
                    what: key,
                })),
            ),
        ),
        ...(parts.security?.authentication ?? []).map(({ namespace, service }, i) => ({
            namespace,
            service,
            path: ["security", "authentication", i],
            what: "tokens",
        })),
    ];
    return needs.flatMap(({ namespace, service, path, what }): Finding[] => {
        const where = served(namespace, parts);
        return where?.plane !== "ambient" ||
            where.waypoint !== false ||
            waypointOf({ namespace, service }, parts) !== undefined
            ? []
            : [
                  {
                      path,
                      given: `${what} in the ambient namespace ${JSON.stringify(namespace)} without a waypoint`,
                      allowed: "accounts, namespaces and ports there: ztunnel reads no requests",
                      fix: setCommand(["namespaces", where.at, "waypoint"], true),
                      from: [["namespaces", where.at], ["dataPlane"], ["waypoints"]],
                  },
              ];
    });
};

const denyMeansSomething: Rule = ({ security }) =>
    (security?.authorization ?? []).flatMap(({ action, rules }, i): Finding[] =>
        action !== "DENY" || rules === undefined || rules.length > 0
            ? []
            : [
                  {
                      path: ["security", "authorization", i, "rules"],
                      given: "nothing, with action DENY",
                      allowed: "at least one rule: without one, DENY matches nothing",
                      fix: setCommand(
                          ["security", "authorization", i, "rules", 0, "paths", 0],
                          "/*",
                      ),
                  },
              ],
    );

const oneKeySource: Rule = ({ security }) =>
    (security?.authentication ?? []).flatMap(({ jwks, jwksUri }, i): Finding[] =>
        jwks === undefined || jwksUri === undefined
            ? []
            : [
                  {
                      path: ["security", "authentication", i, "jwks"],
                      given: "jwks and jwksUri",
                      allowed: "one of the two",
                      fix: removeCommand(["security", "authentication", i, "jwks"]),
                  },
              ],
    );

const oneOwnerOutside: Rule = ({ security }) => {
    const owners = new Map<string, SettingPath>();
    return (security?.egress ?? []).flatMap(({ hosts = [] }, i) =>
        hosts.flatMap((host, j): Finding[] => {
            const path = ["security", "egress", i, "hosts", j];
            const first = owners.get(host);
            owners.set(host, first ?? path);
            return first === undefined
                ? []
                : [
                      {
                          path,
                          given: `${JSON.stringify(host)} again`,
                          allowed: `one owner for each host; the first is ${pathText(first)}`,
                          fix: removeCommand(path),
                      },
                  ];
        }),
    );
};

/** What of a namespace's settings its data plane has no use for, or would break it. */
const namespacesFit: Rule = (parts) =>
    (parts.namespaces ?? []).flatMap((namespace, i): Finding[] => {
        const plane = namespace.dataPlane ?? parts.dataPlane;
        const path = (key: string) => ["namespaces", i, key];
        const from = [["namespaces", i, "dataPlane"], ["dataPlane"]];
        const useless = (key: string, allowed: string): Finding => ({
            path: path(key),
            given: `a value, with data plane ${JSON.stringify(plane)}`,
            allowed,
            fix: removeCommand(path(key)),
            from,
        });
        const outside = ["mtls", "defaultDeny"] as const;
        // Without the node agent of ambient, every sidecar's init container sets up the network.
        const needsInit =
            plane === "sidecar" &&
            parts.namespaces?.every(({ name }) => name !== undefined) === true &&
            !usesAmbient({
                dataPlane: parts.dataPlane ?? "sidecar",
                namespaces: parts.namespaces.map(({ dataPlane }) => ({ dataPlane })),
            });
        return [
            ...(plane === "none"
                ? outside
                      .filter((key) => namespace[key] !== undefined && namespace[key] !== false)
                      .map((key) => useless(key, "nothing outside the mesh: nobody enforces it"))
                : []),
            ...(plane !== undefined && plane !== "sidecar" && namespace.sidecarScope !== undefined
                ? [useless("sidecarScope", "nothing where there are no sidecars")]
                : []),
            ...(namespace.ingressUseWaypoint === true && namespace.waypoint === false
                ? [useless("ingressUseWaypoint", "true only with a waypoint")]
                : []),
            ...(needsInit &&
            namespace.podSecurity !== undefined &&
            namespace.podSecurity !== "privileged"
                ? [
                      {
                          path: path("podSecurity"),
                          given: JSON.stringify(namespace.podSecurity),
                          allowed:
                              '"privileged" in a mesh of sidecars alone: their init container changes the network, which the others refuse',
                          fix: setCommand(path("podSecurity"), "privileged"),
                          from,
                      },
                  ]
                : []),
        ];
    });

/** What must hold between `security`, the namespaces' own settings and the rest of a stack's config. */
export const SECURITY_RULES: readonly Rule[] = [
    policiesAreInTheMesh,
    namesAreFree,
    requestsAreRead,
    denyMeansSomething,
    oneKeySource,
    oneOwnerOutside,
    namespacesFit,
];
