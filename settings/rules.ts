import { compareVersions, ISTIO_MINORS, minorOf } from "../components/plan/versions";
import { WAYPOINT } from "../components/plan/namespaces";
import { AUTHORITY_RULES } from "./authority-rules";
import { pathText, removeCommand, setCommand, type SettingPath } from "./commands";
import { GATEWAY_RULES } from "./gateway-rules";
import { OBSERVABILITY_RULES } from "./observability-rules";
import type { Problem } from "./problems";
import { isReserved, RESERVED } from "./reserved";
import { replicaNumbersAgree } from "./replica-rules";
import { sailRules } from "./sail-rules";
import { SECURITY_RULES } from "./security-rules";
import type { Settings } from "./schema";
import { nearest } from "./suggestions";
import { updateRules } from "./update-rules";
import { TRAFFIC_RULES } from "./traffic-rules";
import { WAYPOINT_RULES } from "./waypoint-rules";

/** What is right on its own, of a value that may be wrong elsewhere. */
type Part<T> = T extends readonly (infer Element)[]
    ? readonly Part<Element>[]
    : T extends object
      ? { readonly [Key in keyof T]?: Part<T[Key]> | undefined }
      : T;

/** What can be judged: every setting that is right on its own. */
export type Parts = Part<Settings>;

/** A mistake between settings. */
export interface Finding extends Problem {
    /** Other places it was read from: while one of them is wrong itself, it says nothing. */
    readonly from?: readonly SettingPath[];
}

export type Rule = (parts: Parts) => readonly Finding[];

const target: Rule = ({ kubeContext }) =>
    kubeContext === undefined
        ? [
              {
                  path: ["kubeContext"],
                  given: "nothing",
                  allowed:
                      "the context that names the cluster to change; there is no default, so that a stack can't land on whatever context happens to be current",
                  fix: `choose one that kubectl config get-contexts -o name lists: ${setCommand(["kubeContext"], "<context>")}`,
              },
          ]
        : [];

const reservedNamespaces: Rule = ({ namespaces = [] }) =>
    namespaces.flatMap(({ name }, i) =>
        name !== undefined && isReserved(name)
            ? [
                  {
                      path: ["namespaces", i, "name"],
                      given: JSON.stringify(name),
                      allowed: `a namespace of your own, which this stack makes: none of ${RESERVED}`,
                      fix: setCommand(["namespaces", i, "name"], "my-app"),
                  },
              ]
            : [],
    );

/** One thing that the stack makes by a name of its own choosing. */
interface Named {
    readonly path: SettingPath;
    readonly identity: string;
}

/** Settings whose name is known, with what makes them unique. */
function named(
    list: "workloads" | "gateways" | "egressGateways" | "waypoints",
    items: readonly {
        readonly name?: string | undefined;
        readonly namespace?: string | undefined;
    }[],
): Named[] {
    return items.flatMap(({ name, namespace }, i) =>
        name === undefined || namespace === undefined
            ? []
            : [{ path: [list, i], identity: `${namespace}/${name}` }],
    );
}

const namesAreUnique: Rule = (parts) => {
    const { namespaces = [], workloads = [], gateways = [] } = parts;
    const served = namespaces.flatMap(({ name }, i) =>
        name === undefined ? [] : [{ path: ["namespaces", i], identity: name }],
    );
    // Every one of them is a Deployment with an account, so they share their names.
    const waypoints = namespaces.flatMap(({ name, waypoint }, i) =>
        name === undefined || waypoint !== true
            ? []
            : [{ path: ["namespaces", i, "waypoint"], identity: `${name}/${WAYPOINT}` }],
    );
    const deployed = [
        // Of two namespaces by one name, the second is reported as such already.
        ...new Map(waypoints.map((one) => [one.identity, one])).values(),
        ...named("waypoints", parts.waypoints ?? []),
        ...named("gateways", gateways),
        ...named("egressGateways", parts.egressGateways ?? []),
        ...named("workloads", workloads),
        ...workloads.flatMap(({ namespace, name, versions = [] }, i) =>
            versions.flatMap((version, j) =>
                namespace === undefined || name === undefined || version.name === undefined
                    ? []
                    : [
                          {
                              path: ["workloads", i, "versions", j],
                              // The workload itself is its version v1.
                              identity: `${namespace}/${name}${version.name === "v1" ? "" : `-${version.name}`}`,
                          },
                      ],
            ),
        ),
    ];
    return [...twice(served), ...twice(deployed)];
};

function twice(things: readonly Named[]): Finding[] {
    return things.flatMap(({ path, identity }, i) => {
        const first = things.find((other) => other.identity === identity);
        const before = things.indexOf(first ?? { path, identity });
        return first === undefined || before === i
            ? []
            : [
                  {
                      path,
                      given: `${JSON.stringify(identity)} again`,
                      allowed: `each name once; the first is ${pathText(first.path)}`,
                      // No command that removes it: that would shift what the other fixes name.
                      fix: `take it out of the stack's file, or rename it: ${setCommand([...path, "name"], "<name>")}`,
                  },
              ];
    });
}

const waypointNeedsAmbient: Rule = ({ namespaces = [], dataPlane }) =>
    namespaces.flatMap((namespace, i) => {
        const effective = namespace.dataPlane ?? dataPlane;
        return namespace.waypoint === true && effective !== undefined && effective !== "ambient"
            ? [
                  {
                      path: ["namespaces", i, "waypoint"],
                      given: `true, with data plane "${effective}"`,
                      allowed: "true only where the namespace's data plane is ambient",
                      fix: `${setCommand(["namespaces", i, "dataPlane"], "ambient")}, or ${removeCommand(["namespaces", i, "waypoint"])}`,
                      from: [["namespaces", i, "dataPlane"], ["dataPlane"]],
                  },
              ]
            : [];
    });

const workloadsHaveNamespaces: Rule = ({ workloads = [], namespaces }) => {
    const known = namespaces?.map(({ name }) => name);
    if (known === undefined || known.includes(undefined)) {
        return [];
    }
    const names = known.filter((name) => name !== undefined);
    const added: string[] = [];
    return workloads.flatMap(({ namespace }, i) => {
        if (namespace === undefined || names.includes(namespace)) {
            return [];
        }
        const path = ["workloads", i, "namespace"];
        const meant = nearest(namespace, names);
        if (meant === undefined && !added.includes(namespace)) {
            added.push(namespace);
        }
        const position = names.length + added.indexOf(namespace);
        return [
            {
                path,
                given: JSON.stringify(namespace),
                allowed:
                    names.map((name) => JSON.stringify(name)).join(", ") ||
                    "nothing yet: namespaces is empty",
                fix:
                    meant === undefined
                        ? setCommand(["namespaces", position, "name"], namespace)
                        : setCommand(path, meant),
            },
        ];
    });
};

/** Charts come from one place. */
function oneSource(
    path: SettingPath,
    from: Readonly<Partial<Record<"repository" | "oci" | "directory", string | undefined>>> = {},
): Finding[] {
    const given = (["repository", "oci", "directory"] as const).filter(
        (key) => from[key] !== undefined,
    );
    return given.length > 1
        ? [
              {
                  path,
                  given: given.join(" and "),
                  allowed: "one of repository, oci, directory",
                  fix: `keep one, remove the others: ${given.map((key) => removeCommand([...path, key])).join("; ")}`,
              },
          ]
        : [];
}

const oneChartSource: Rule = ({ charts }) => [
    ...oneSource(["charts"], charts),
    ...oneSource(["charts", "operator"], charts?.operator),
];

const gatewayApiIsNewEnough: Rule = ({ gatewayApi, istioVersion }) => {
    const version = gatewayApi?.version;
    const least =
        istioVersion === undefined ? undefined : ISTIO_MINORS[minorOf(istioVersion)]?.gatewayApi;
    return version !== undefined && least !== undefined && compareVersions(version, least) < 0
        ? [
              {
                  path: ["gatewayApi", "version"],
                  given: JSON.stringify(version),
                  allowed: `${least} or newer: Istio ${istioVersion ?? ""} leaves out kinds of an older bundle`,
                  fix: setCommand(["gatewayApi", "version"], least),
              },
          ]
        : [];
};

const RULES: readonly Rule[] = [
    target,
    reservedNamespaces,
    namesAreUnique,
    waypointNeedsAmbient,
    workloadsHaveNamespaces,
    ...GATEWAY_RULES,
    ...WAYPOINT_RULES,
    oneChartSource,
    gatewayApiIsNewEnough,
    replicaNumbersAgree,
    ...updateRules,
    ...sailRules,
    ...TRAFFIC_RULES,
    ...SECURITY_RULES,
    ...OBSERVABILITY_RULES,
    ...AUTHORITY_RULES,
];

/** Everything that is wrong between settings that are each right on their own. */
export function crossRules(parts: Parts, wrong: readonly SettingPath[]): Problem[] {
    const judged = (path: SettingPath) =>
        !wrong.some((place) => place.every((step, i) => step === path[i]));
    return RULES.flatMap((rule) => rule(parts)).flatMap(({ from = [], ...problem }) =>
        [problem.path, ...from].every(judged) ? [problem] : [],
    );
}
