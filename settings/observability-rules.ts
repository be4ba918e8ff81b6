import { pathText, removeCommand, setCommand, type SettingPath } from "./commands";
import { shown } from "./problems";
import { isReserved, RESERVED } from "./reserved";
import type { Finding, Parts, Rule } from "./rules";

const SECTION = "observability";
const at = (...steps: SettingPath): SettingPath => [SECTION, ...steps];

/** The section where it is switched on: switched off, nothing of it matters. */
function switchedOn({ observability }: Parts): NonNullable<Parts["observability"]> | undefined {
    return observability?.enabled === true ? observability : undefined;
}

const namespaceIsItsOwn: Rule = (parts) => {
    const name = switchedOn(parts)?.namespace;
    if (name === undefined) {
        return [];
    }
    const { namespaces = [], gateways = [] } = parts;
    const others = [
        ...namespaces.map((other, i) => ({ name: other.name, path: ["namespaces", i, "name"] })),
        ...gateways.map((other, i) => ({
            name: other.namespace,
            path: ["gateways", i, "namespace"],
        })),
    ];
    const taken = others.find((other) => other.name === name);
    if (taken === undefined && !isReserved(name)) {
        return [];
    }
    const free = others.some((other) => other.name === SECTION) ? `mesh-${SECTION}` : SECTION;
    return [
        {
            path: at("namespace"),
            given: JSON.stringify(name),
            allowed:
                taken === undefined
                    ? `a namespace of its own, which this stack makes: none of ${RESERVED}`
                    : `a namespace of its own, outside the mesh; this one is ${pathText(taken.path)}`,
            fix: setCommand(at("namespace"), free),
            ...(taken === undefined ? {} : { from: [taken.path] }),
        },
    ];
};

/** Dashboards and the graph show what Prometheus knows. */
const metricsAreThere: Rule = (parts) => {
    const section = switchedOn(parts);
    return section?.prometheus?.enabled === false
        ? (["grafana", "kiali"] as const).flatMap((tool): Finding[] =>
              section[tool]?.enabled === true
                  ? [
                        {
                            path: at(tool, "enabled"),
                            given: `true, with ${pathText(at("prometheus", "enabled"))} false`,
                            allowed:
                                "true only with a Prometheus to ask, this stack's or an existing one",
                            fix: `${setCommand(at("prometheus", "enabled"), true)}, or ${setCommand(at(tool, "enabled"), false)}`,
                        },
                    ]
                  : [],
          )
        : [];
};

const kialiKnowsItsGuests: Rule = (parts) => {
    const section = switchedOn(parts);
    const { kiali } = section ?? {};
    if (kiali?.enabled !== true || kiali.auth === undefined) {
        return [];
    }
    const { auth, openid } = kiali;
    const path = at("kiali", "openid");
    return [
        ...(auth === "anonymous" && parts.size === "production"
            ? [
                  {
                      path: at("kiali", "auth"),
                      given: `"anonymous", with size "production"`,
                      allowed: `"token", "openid": whoever reaches Kiali sees the whole mesh`,
                      fix: setCommand(at("kiali", "auth"), "token"),
                      from: [["size"]],
                  },
              ]
            : []),
        ...(auth === "openid" && openid === undefined
            ? [
                  {
                      path,
                      given: "nothing",
                      allowed: `issuer and clientId, with auth "openid"`,
                      fix: `write ${pathText(path)} in the stack's file, or ${setCommand(at("kiali", "auth"), "token")}`,
                  },
              ]
            : []),
        ...(auth !== "openid" && openid !== undefined
            ? [
                  {
                      path,
                      given: `a value, with auth ${JSON.stringify(auth)}`,
                      allowed: `only with auth "openid"`,
                      fix: `${setCommand(at("kiali", "auth"), "openid")}, or ${removeCommand(path)}`,
                  },
              ]
            : []),
    ];
};

const oneSource: Rule = (parts) => {
    const charts = switchedOn(parts)?.charts;
    return charts?.oci !== undefined && charts.directory !== undefined
        ? [
              {
                  path: at("charts"),
                  given: "oci and directory",
                  allowed: "one of oci, directory",
                  fix: `keep one, remove the other: ${removeCommand(at("charts", "oci"))}; ${removeCommand(at("charts", "directory"))}`,
              },
          ]
        : [];
};

/** What can be said of a tool only where this stack makes it. */
const OWN_KEYS = {
    prometheus: ["retention", "storage"],
    grafana: ["adminSecret", "dashboards", "storage"],
    jaeger: ["storage"],
} as const;

const existingIsLeftAlone: Rule = (parts) => {
    const section = switchedOn(parts);
    return Object.entries(OWN_KEYS).flatMap(([name, keys]) => {
        const tool: Readonly<Record<string, unknown>> =
            section?.[name as keyof typeof OWN_KEYS] ?? {};
        return tool["url"] === undefined
            ? []
            : keys.flatMap((key): Finding[] =>
                  tool[key] === undefined
                      ? []
                      : [
                            {
                                path: at(name, key),
                                given: `${shown(tool[key])}, with ${pathText(at(name, "url"))}`,
                                allowed: "nothing: an existing one is set up by its owner",
                                fix: removeCommand(at(name, key)),
                            },
                        ],
              );
    });
};

const spansArrive: Rule = (parts) => {
    const { jaeger, tracing } = switchedOn(parts) ?? {};
    const path = at("tracing", "collector");
    return jaeger?.enabled === true &&
        jaeger.url !== undefined &&
        tracing !== undefined &&
        tracing.collector === undefined
        ? [
              {
                  path,
                  given: `nothing, with ${pathText(at("jaeger", "url"))}`,
                  allowed: "<host>:<port>, where the existing Jaeger takes spans by OTLP over gRPC",
                  fix: setCommand(path, "<collector>"),
              },
          ]
        : [];
};

/** Proxies send spans themselves: what closes their namespace must let them. */
const spansGetOut: Rule = (parts) => {
    const section = switchedOn(parts);
    const name = section?.namespace;
    const own =
        section?.jaeger?.enabled === true &&
        section.jaeger.url === undefined &&
        section.tracing?.collector === undefined;
    if (name === undefined || !own) {
        return [];
    }
    return (parts.namespaces ?? []).flatMap((namespace, i): Finding[] => {
        const plane = namespace.dataPlane ?? parts.dataPlane;
        const hasProxies =
            plane === "sidecar" || (plane === "ambient" && namespace.waypoint === true);
        const closed = (path: SettingPath, list: readonly (string | undefined)[] | undefined) =>
            list === undefined || list.includes(name)
                ? []
                : [
                      {
                          path,
                          given: shown(list),
                          allowed: `a list with ${JSON.stringify(name)}: its proxies send spans there`,
                          fix: setCommand([...path, list.length], name),
                          from: [
                              ["namespaces", i, "dataPlane"],
                              ["dataPlane"],
                              at("tracing", "collector"),
                              at("jaeger", "url"),
                          ],
                      },
                  ];
        return [
            ...(plane === "sidecar"
                ? closed(["namespaces", i, "sidecarScope"], namespace.sidecarScope)
                : []),
            ...(hasProxies
                ? closed(["namespaces", i, "networkPolicy", "to"], namespace.networkPolicy?.to)
                : []),
        ];
    });
};

/** What must hold within `observability`, and between it and the rest of a stack's config. */
export const OBSERVABILITY_RULES: readonly Rule[] = [
    namespaceIsItsOwn,
    metricsAreThere,
    kialiKnowsItsGuests,
    oneSource,
    existingIsLeftAlone,
    spansArrive,
    spansGetOut,
];
