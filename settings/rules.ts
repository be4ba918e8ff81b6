import { compareVersions, ISTIO_MINORS, minorOf } from "../components/plan/versions";
import { CONTROL_PLANE_NAMESPACES } from "../components/plan/namespaces";
import { sizingOf, type AutoscaledSizing } from "../components/plan/sizing";
import { pathText, removeCommand, setCommand, type Problem, type SettingPath } from "./problems";
import type { Settings } from "./schema";

/** What can be judged: every top-level setting that is right on its own. */
type Parts = Partial<Settings>;
type Rule = (parts: Parts) => readonly Problem[];

/** Namespaces that exist before any stack, or that Kubernetes keeps for itself. */
function isReserved(name: string): boolean {
    return (
        name === "default" || name.startsWith("kube-") || CONTROL_PLANE_NAMESPACES.includes(name)
    );
}

const target: Rule = ({ kubeContext }) =>
    kubeContext === undefined
        ? [
              {
                  path: ["kubeContext"],
                  given: "nothing",
                  allowed:
                      "the context that names the cluster to change; there is no default, so that a stack can't land on whatever context happens to be current",
                  fix: setCommand(["kubeContext"], "<context>"),
              },
          ]
        : [];

const reservedNamespaces: Rule = ({ namespaces = [] }) =>
    namespaces.flatMap(({ name }, i) =>
        isReserved(name)
            ? [
                  {
                      path: ["namespaces", i, "name"],
                      given: JSON.stringify(name),
                      allowed:
                          "a namespace of your own: not default, kube-*, or one of the mesh's own",
                      fix: setCommand(["namespaces", i, "name"], "my-app"),
                  },
              ]
            : [],
    );

const noTwice: Rule = ({ namespaces = [], workloads = [], gateways = [] }) => [
    ...twice("namespaces", namespaces, ({ name }) => name),
    ...twice("workloads", workloads, ({ namespace, name }) => `${namespace}/${name}`),
    ...twice("gateways", gateways, ({ namespace, name }) => `${namespace}/${name}`),
];

function twice<T>(list: string, items: readonly T[], identity: (item: T) => string): Problem[] {
    return items.flatMap((item, i) => {
        const first = items.findIndex((other) => identity(other) === identity(item));
        return first === i
            ? []
            : [
                  {
                      path: [list, i],
                      given: `${JSON.stringify(identity(item))} again`,
                      allowed: `each once; the first is ${pathText([list, first])}`,
                      fix: removeCommand([list, i]),
                  },
              ];
    });
}

const waypointNeedsAmbient: Rule = ({ namespaces = [], dataPlane }) =>
    namespaces.flatMap((namespace, i) => {
        const effective = namespace.dataPlane ?? dataPlane;
        return namespace.waypoint && effective !== undefined && effective !== "ambient"
            ? [
                  {
                      path: ["namespaces", i, "waypoint"],
                      given: `true, with data plane "${effective}"`,
                      allowed: "true only where the namespace's data plane is ambient",
                      fix: `${setCommand(["namespaces", i, "dataPlane"], "ambient")}, or ${removeCommand(["namespaces", i, "waypoint"])}`,
                  },
              ]
            : [];
    });

const workloadsHaveNamespaces: Rule = ({ workloads = [], namespaces }) =>
    namespaces === undefined
        ? []
        : workloads.flatMap(({ namespace }, i) =>
              namespaces.some(({ name }) => name === namespace)
                  ? []
                  : [
                        {
                            path: ["workloads", i, "namespace"],
                            given: JSON.stringify(namespace),
                            allowed:
                                namespaces.map(({ name }) => JSON.stringify(name)).join(", ") ||
                                "nothing yet: namespaces is empty",
                            fix: setCommand(["namespaces", namespaces.length, "name"], namespace),
                        },
                    ],
          );

const gatewaysCanBeInjected: Rule = ({ gateways = [], namespaces = [] }) =>
    gateways.flatMap(({ namespace }, i) => {
        const path = ["gateways", i, "namespace"];
        const given = JSON.stringify(namespace);
        if (isReserved(namespace)) {
            return [
                {
                    path,
                    given,
                    allowed:
                        "a namespace apart from the control plane and Kubernetes' own, so that it can be given to other people",
                    fix: setCommand(path, "istio-ingress"),
                },
            ];
        }
        const served = namespaces.find(({ name }) => name === namespace);
        return served?.dataPlane === "none"
            ? [
                  {
                      path,
                      given: `${given}, whose data plane is "none"`,
                      allowed:
                          "a namespace that allows injection: a gateway's proxy comes from istiod's injector",
                      fix: setCommand(path, "istio-ingress"),
                  },
              ]
            : [];
    });

const oneChartSource: Rule = ({ charts }) => {
    const given = (["repository", "oci", "directory"] as const).filter(
        (key) => charts?.[key] !== undefined,
    );
    return given.length > 1
        ? [
              {
                  path: ["charts"],
                  given: given.join(" and "),
                  allowed: "one of repository, oci, directory",
                  fix: given
                      .slice(1)
                      .map((key) => removeCommand(["charts", key]))
                      .join("; "),
              },
          ]
        : [];
};

const gatewayApiIsNewEnough: Rule = ({ gatewayApi, istioVersion }) => {
    const least = istioVersion && ISTIO_MINORS[minorOf(istioVersion)]?.gatewayApi;
    return gatewayApi !== undefined &&
        least !== undefined &&
        least !== "" &&
        compareVersions(gatewayApi.version, least) < 0
        ? [
              {
                  path: ["gatewayApi", "version"],
                  given: JSON.stringify(gatewayApi.version),
                  allowed: `${least} or newer: Istio ${istioVersion ?? ""} leaves out kinds of an older bundle`,
                  fix: setCommand(["gatewayApi", "version"], least),
              },
          ]
        : [];
};

/** Bounds that must hold between replica numbers once the size has filled in the rest. */
function replicasHold(path: SettingPath, sizing: AutoscaledSizing): Problem[] {
    const { minReplicas, maxReplicas, minAvailable } = sizing;
    const problems: Problem[] = [];
    if (maxReplicas < minReplicas) {
        problems.push({
            path: [...path, "maxReplicas"],
            given: `${maxReplicas}, below minReplicas ${minReplicas}`,
            allowed: `${minReplicas} or more`,
            fix: setCommand([...path, "maxReplicas"], String(minReplicas)),
        });
    }
    if (minAvailable !== undefined && minAvailable >= minReplicas) {
        const fits = minReplicas - 1;
        problems.push({
            path: [...path, "minAvailable"],
            given: `${minAvailable} of ${minReplicas} replicas: a drain could never evict a pod`,
            allowed: fits > 0 ? `1 to ${fits}` : "nothing while there is 1 replica",
            fix:
                fits > 0
                    ? setCommand([...path, "minAvailable"], String(fits))
                    : removeCommand([...path, "minAvailable"]),
        });
    }
    return problems;
}

const replicaNumbersAgree: Rule = ({ size, sizing, gateways = [] }) => {
    if (size === undefined || sizing === undefined) {
        return [];
    }
    const resolved = sizingOf(size, sizing);
    return [
        ...replicasHold(["sizing", "istiod"], resolved.istiod),
        ...replicasHold(["sizing", "waypoint"], resolved.waypoint),
        ...gateways.flatMap((gateway, i) =>
            replicasHold(["gateways", i], resolved.gateway(gateway)),
        ),
    ];
};

const RULES: readonly Rule[] = [
    target,
    reservedNamespaces,
    noTwice,
    waypointNeedsAmbient,
    workloadsHaveNamespaces,
    gatewaysCanBeInjected,
    oneChartSource,
    gatewayApiIsNewEnough,
    replicaNumbersAgree,
];

/** Everything that is wrong between settings that are each right on their own. */
export function crossRules(parts: Parts): Problem[] {
    return RULES.flatMap((rule) => rule(parts));
}
