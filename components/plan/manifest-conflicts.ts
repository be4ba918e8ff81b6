/** What is wrong between the objects of a user's own YAML, or between them and the stack's settings. */
import { pathText } from "../../settings/commands";
import type { Problem } from "../../settings/problems";
import type { Settings } from "../../settings/schema";
import type { Manifest } from "../kinds";
import { faults } from "./manifest-faults";
import { named, routesIn, type Destination, type Placed } from "./placed-manifest";

/** What of a stack the objects are judged by. */
export type ConflictsInput = Pick<Settings, "namespaces" | "traffic" | "dataPlane">;

/** Everything that is wrong between objects, or between them and the stack's settings. */
export function conflicts(objects: readonly Placed[], input: ConflictsInput): readonly Problem[] {
    const owners = ownersIn(input);
    const subsets = subsetsIn(objects, input);
    return objects.flatMap((placed) => {
        const { kind } = placed.object;
        return [
            ...(["VirtualService", "DestinationRule"].includes(kind)
                ? ownedTwice(placed, owners)
                : []),
            ...(kind === "VirtualService" ? unknownSubsets(placed, subsets) : []),
            ...faults(placed, input),
        ];
    });
}

/** A Service's name in full, where a host may be one's. */
function fullHost(host: string, namespace: string | undefined): string {
    const [name = "", second, third] = host.split(".");
    if (second === undefined) return `${name}.${namespace ?? ""}`;
    return third === undefined || third === "svc" ? `${name}.${second}` : host;
}

/** What an object speaks for, and where it says so. */
interface Claim {
    /** In words: `VirtualServices for web.shop`. */
    readonly what: string;
    readonly inside: string;
    /** Whether a second one is lost: at a gateway Istio puts VirtualServices together. */
    readonly alone: boolean;
}

const MESH = "mesh";

function hostClaim(host: string, gateway: string): string {
    return `VirtualServices for ${host}${gateway === MESH ? "" : ` at ${gateway}`}`;
}

/** Rules of one namespace alone are put together; another namespace's hold for its own clients. */
function ruleClaim(host: string, namespace: string | undefined): string {
    return `DestinationRules of ${namespace ?? ""} for ${host}`;
}

/** Who speaks for a host already: what `traffic` makes. */
function ownersIn({ traffic }: ConflictsInput): Map<string, string> {
    return new Map(
        traffic.flatMap(({ service, namespace, gateway = "", hosts }, i) => {
            const host = `${service}.${namespace}`;
            const claims = [
                hostClaim(host, MESH),
                ruleClaim(host, namespace),
                ...hosts.map((name) => hostClaim(name, gateway)),
            ];
            return claims.map((claim) => [claim, pathText(["traffic", i])] as const);
        }),
    );
}

function claimsOf(object: Manifest): readonly Claim[] {
    const { kind, metadata, spec } = object;
    const { namespace } = metadata;
    if (kind === "DestinationRule") {
        const host = fullHost((spec as Destination).host ?? "", namespace);
        return [{ what: ruleClaim(host, namespace), inside: "spec.host", alone: true }];
    }
    const { hosts = [], gateways = [MESH], exportTo } = routesIn(object);
    // Told to some namespaces only, two may well share a host.
    if (exportTo !== undefined) return [];
    return hosts.flatMap((host, i) =>
        gateways.map((gateway) => {
            const inside = `spec.hosts[${i}]`;
            if (gateway === MESH) {
                return { what: hostClaim(fullHost(host, namespace), MESH), inside, alone: true };
            }
            const at = gateway.includes("/") ? gateway : `${namespace ?? ""}/${gateway}`;
            return { what: hostClaim(host, at), inside, alone: false };
        }),
    );
}

function ownedTwice(
    { object, path, lineOf }: Placed,
    owners: Map<string, string>,
): readonly Problem[] {
    return claimsOf(object).flatMap(({ what, inside, alone }): Problem[] => {
        const line = lineOf(inside);
        const first = owners.get(what);
        if (alone) owners.set(what, first ?? line);
        return first === undefined
            ? []
            : [
                  {
                      path,
                      given: `${line}: ${named(object)} is the second of the ${what}; the first is ${first}`,
                      allowed: "one owner for each host: of two, Istio takes parts of one",
                      fix: `merge the two, or take one out (${line})`,
                  },
              ];
    });
}

/** Subsets by host, where the stack itself says which there are. */
function subsetsIn(
    objects: readonly Placed[],
    { traffic }: ConflictsInput,
): ReadonlyMap<string, readonly string[]> {
    const found = new Map<string, readonly string[]>(
        traffic.map(({ service, namespace, versions }) => [
            `${service}.${namespace}`,
            versions.map(({ name }) => name),
        ]),
    );
    for (const { object } of objects) {
        if (object.kind !== "DestinationRule") continue;
        const { host = "", subsets = [] } = object.spec as {
            host?: string;
            subsets?: readonly { name?: string }[];
        };
        const key = fullHost(host, object.metadata.namespace);
        const names = subsets.flatMap(({ name }) => name ?? []);
        found.set(key, [...(found.get(key) ?? []), ...names]);
    }
    return found;
}

function unknownSubsets(
    { object, path, lineOf }: Placed,
    subsets: ReadonlyMap<string, readonly string[]>,
): readonly Problem[] {
    return (["http", "tcp", "tls"] as const).flatMap((protocol) =>
        (routesIn(object)[protocol] ?? []).flatMap(({ route = [] }, i) =>
            route.flatMap(({ destination = {} }, j): Problem[] => {
                const { host = "", subset } = destination;
                const known = subsets.get(fullHost(host, object.metadata.namespace));
                // Without a DestinationRule in sight it may be another stack's.
                if (subset === undefined || known === undefined || known.includes(subset)) {
                    return [];
                }
                const inside = `spec.${protocol}[${i}].route[${j}].destination.subset`;
                return [
                    {
                        path,
                        given: `${lineOf(inside)}: ${named(object)} routes to subset ${JSON.stringify(subset)} of ${host}`,
                        allowed:
                            known.map((name) => JSON.stringify(name)).join(", ") ||
                            "none: its DestinationRule has no subsets",
                        fix: `correct ${inside} (${lineOf(inside)}), or add the subset: requests to it get 503`,
                    },
                ];
            }),
        ),
    );
}
