/** What is wrong with one object of a user's own YAML that no CRD sees: istiod would refuse it, or do worse. */
import type { Problem } from "../../settings/problems";
import type { Settings } from "../../settings/schema";
import type { AuthorizationPolicySpec, Manifest } from "../kinds";
import { named, routesIn, type Placed, type Weighted } from "./placed-manifest";

/** Everything that is wrong with one object, whatever else there is. */
export function faults(
    placed: Placed,
    input: Pick<Settings, "namespaces" | "dataPlane">,
): readonly Problem[] {
    const { kind } = placed.object;
    if (kind === "Gateway") return withoutCertificate(placed);
    if (kind === "AuthorizationPolicy") return unreadRequests(placed, input);
    return ["VirtualService", "HTTPRoute", "GRPCRoute"].includes(kind) ? weightless(placed) : [];
}

/** Routes by which nobody gets anything. */
function weightless({ object, path, lineOf }: Placed): readonly Problem[] {
    const lists =
        object.kind === "VirtualService"
            ? (["http", "tcp", "tls"] as const).flatMap((protocol) =>
                  (routesIn(object)[protocol] ?? []).map(({ route = [] }, i) => ({
                      weights: route.map(({ weight = 0 }) => weight),
                      // Of one destination alone istiod asks no weight.
                      least: 2,
                      inside: `spec.${protocol}[${i}].route`,
                  })),
              )
            : (
                  (object.spec as { rules?: readonly { backendRefs?: readonly Weighted[] }[] })
                      .rules ?? []
              ).map(({ backendRefs = [] }, i) => ({
                  weights: backendRefs.map(({ weight = 1 }) => weight),
                  least: 1,
                  inside: `spec.rules[${i}].backendRefs`,
              }));
    return lists.flatMap(({ weights, least, inside }): Problem[] =>
        weights.length < least || weights.some((weight) => weight > 0)
            ? []
            : [
                  {
                      path,
                      given: `${lineOf(inside)}: ${named(object)} has no weight above 0 in ${inside}`,
                      allowed: "a weight above 0 for at least one destination, which gets the rest",
                      fix: `give one of them a weight (${lineOf(inside)})`,
                  },
              ],
    );
}

/** Protocols of Istio's own Gateway that end TLS at the gateway. */
const ENDS_TLS = ["HTTPS", "TLS"];

function withoutCertificate({ object, path, lineOf }: Placed): readonly Problem[] {
    if (object.apiVersion.startsWith("networking.istio.io/")) {
        const { servers = [] } = object.spec as {
            servers?: readonly { port?: { protocol?: string }; tls?: object }[];
        };
        return servers.flatMap(({ port, tls }, i): Problem[] =>
            tls !== undefined || !ENDS_TLS.includes(port?.protocol ?? "")
                ? []
                : [
                      uncertified(object, path, lineOf(`spec.servers[${i}]`), {
                          place: `spec.servers[${i}]`,
                          protocol: port?.protocol ?? "",
                          add: "tls with mode SIMPLE and credentialName, or mode PASSTHROUGH",
                      }),
                  ],
        );
    }
    const { listeners = [] } = object.spec as {
        listeners?: readonly {
            protocol?: string;
            tls?: { mode?: string; certificateRefs?: readonly object[] };
        }[];
    };
    return listeners.flatMap(({ protocol = "", tls }, i): Problem[] =>
        !ENDS_TLS.includes(protocol) ||
        tls?.mode === "Passthrough" ||
        (tls?.certificateRefs ?? []).length > 0
            ? []
            : [
                  uncertified(object, path, lineOf(`spec.listeners[${i}]`), {
                      place: `spec.listeners[${i}]`,
                      protocol,
                      add: "tls.certificateRefs with a Secret, or tls.mode Passthrough",
                  }),
              ],
    );
}

function uncertified(
    object: Manifest,
    path: Problem["path"],
    line: string,
    { place, protocol, add }: Readonly<Record<"place" | "protocol" | "add", string>>,
): Problem {
    return {
        path,
        given: `${line}: ${named(object)} has protocol ${protocol} and no certificate in ${place}`,
        allowed: add,
        fix: `add ${add} (${line})`,
    };
}

type AuthorizationRule = NonNullable<AuthorizationPolicySpec["rules"]>[number];

/** What of a rule is about requests, as the policy spells it. */
function ofRequests({ from = [], to = [], when = [] }: AuthorizationRule): readonly string[] {
    const sources = [
        "requestPrincipals",
        "notRequestPrincipals",
        "remoteIpBlocks",
        "notRemoteIpBlocks",
    ] as const;
    const operations = ["hosts", "notHosts", "methods", "notMethods", "paths", "notPaths"] as const;
    return [
        ...from.flatMap(({ source = {} }) => sources.filter((key) => source[key] !== undefined)),
        ...to.flatMap(({ operation = {} }) =>
            operations.filter((key) => operation[key] !== undefined),
        ),
        ...when.flatMap(({ key }) => (key.startsWith("request.") ? [key] : [])),
    ];
}

/** Rules about requests where only ztunnel judges, which reads none: ALLOW then denies, DENY denies more. */
function unreadRequests(
    { object, path, lineOf }: Placed,
    { namespaces, dataPlane }: Pick<Settings, "namespaces" | "dataPlane">,
): readonly Problem[] {
    const served = namespaces.find(({ name }) => name === object.metadata.namespace);
    const {
        targetRefs,
        targetRef,
        rules = [],
    } = object.spec as {
        targetRefs?: readonly object[];
        targetRef?: object;
        rules?: readonly AuthorizationRule[];
    };
    if (
        (served?.dataPlane ?? dataPlane) !== "ambient" ||
        served === undefined ||
        targetRefs !== undefined ||
        targetRef !== undefined
    ) {
        return [];
    }
    return rules.flatMap((rule, i): Problem[] => {
        const found = ofRequests(rule);
        if (found.length === 0) return [];
        const line = lineOf(`spec.rules[${i}]`);
        return [
            {
                path,
                given: `${line}: ${named(object)} has ${found.join(", ")} in spec.rules[${i}], in an ambient namespace and without targetRefs`,
                allowed:
                    "principals, namespaces, ipBlocks and ports there: ztunnel reads no requests",
                fix: served.waypoint
                    ? `bind it to the waypoint: spec.targetRefs with a Service, or with Gateway waypoint (${line})`
                    : `set waypoint: true for namespace ${served.name}, and spec.targetRefs with a Service (${line})`,
            },
        ];
    });
}
