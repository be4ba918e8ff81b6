/** What each workload takes and by which data plane, and what of its pods isn't as their labels ask. */
import { controlPlanesOf } from "../policy/control-planes";
import type { Stack } from "../policy/found";
import { INJECT, REVISION, waypointIn } from "../policy/data-planes";
import { grouped } from "../policy/grouped";
import type { Finding } from "./findings";
import { ahead, namesIn, planesOf } from "./identity";
import { injectorsOf, membersOf } from "./members";
import type { Member } from "./members";
import { demandOn, taken } from "./mtls";

/** One workload, as a row of the table. */
export interface WorkloadRow {
    readonly namespace: string;
    /** `Deployment cart`. */
    readonly workload: string;
    readonly pods: number;
    /** `sidecar`, `ambient` or `none`; several while pods differ; `gateway` for gateways and waypoints. */
    readonly plane: string;
    /** Revisions and releases of its proxies: `default 1.31.3`. */
    readonly proxies: string;
    /** `namespace/name` of the waypoint its requests go through; empty for none. */
    readonly waypoint: string;
    /** What it takes from clients; several while pods differ; empty for gateways, whose listeners decide. */
    readonly takes: string;
    /** Who says so: `PeerAuthentication shop/default`; empty where nobody is asked. */
    readonly by: string;
    /** Whether it must be restarted to run as its labels ask. */
    readonly restart: boolean;
}

/** What one pod lacks; `Finding`s put those of a workload together. */
type Lack = Pick<Finding, "check" | "what" | "fix">;

const byWorkload = ({ namespace, workload }: Member): string => `${namespace} ${workload}`;

/** `Deployment shop/cart`. */
function subjectOf({ namespace, workload }: Member): string {
    const [kind = "", name = ""] = workload.split(" ");
    return `${kind} ${namespace}/${name}`;
}

const serves = ({ role }: Member): boolean => role === "app" || role === "gateway";

/** Every workload that serves or calls, by namespace and name. */
export function rowsOf(stack: Stack, restarting: ReadonlySet<string>): readonly WorkloadRow[] {
    const members = stack.view(membersOf).filter(serves);
    const namespaces = new Map(stack.all("namespace").map((found) => [found.shortName, found]));
    return [...grouped(members, (member) => [byWorkload(member)])]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([, group]) => {
            const [first] = group;
            if (first === undefined) return [];
            const { namespace, workload, role } = first;
            const app = role === "app";
            const labels = namespaces.get(namespace)?.object.metadata?.labels;
            const waypoint = group.some(({ plane }) => plane === "ambient")
                ? waypointIn({ ...labels, ...first.pod.metadata.labels }, namespace)
                : undefined;
            return [
                {
                    namespace,
                    workload,
                    pods: group.length,
                    plane: app ? distinct(group.map(({ plane }) => plane)) : "gateway",
                    proxies: distinct(group.map(proxyText)),
                    waypoint:
                        waypoint === undefined ? "" : `${waypoint.namespace}/${waypoint.name}`,
                    takes: app ? distinct(group.map((member) => takenBy(member, stack))) : "",
                    by: app && first.plane !== "none" ? demandFor(first, stack).by : "",
                    restart: restarting.has(subjectOf(first)),
                },
            ];
        });
}

function distinct(texts: readonly string[]): string {
    return [...new Set(texts.filter((text) => text !== ""))].sort().join(", ");
}

function proxyText({ proxy }: Member): string {
    return proxy === undefined ? "" : [proxy.revision, proxy.version].filter(Boolean).join(" ");
}

function demandFor({ namespace, pod }: Member, stack: Stack) {
    return demandOn(namespace, pod.metadata.labels ?? {}, stack);
}

function takenBy(member: Member, stack: Stack): string {
    const { mode, ports } = demandFor(member, stack);
    const rest = ports.map(({ port, mode: own }) => `; port ${port}: ${taken(member.plane, own)}`);
    return `${taken(member.plane, mode)}${member.plane === "none" ? "" : rest.join("")}`;
}

/** Findings about pods, those of a workload put together. */
export function workloadFindings(
    stack: Stack,
    connected: ReadonlyMap<string, string> | undefined,
): readonly Finding[] {
    const members = stack.view(membersOf);
    const sizes = grouped(members, (member) => [byWorkload(member)]);
    const lacks = members.flatMap((member) =>
        [...lacksOf(member, stack), ...unconnected(member, connected)].map((lack) => ({
            member,
            lack,
        })),
    );
    const alike = grouped(lacks, ({ member, lack }) => [
        JSON.stringify([byWorkload(member), lack.check, lack.what]),
    ]);
    return [...alike.values()].flatMap((group) => {
        const [first] = group;
        if (first === undefined) return [];
        const all = sizes.get(byWorkload(first.member))?.length === group.length;
        return [
            {
                ...first.lack,
                subject: subjectOf(first.member),
                ...(all ? {} : { pods: group.map(({ member }) => member.name) }),
            },
        ];
    });
}

function* lacksOf(member: Member, stack: Stack): Generator<Lack> {
    if (serves(member) && member.proxy) yield* ofProxy(member, stack);
    if (member.role !== "app") return;
    yield* ofPlane(member, stack);
    yield* ofMtls(member, stack);
}

function restart({ namespace, workload }: Member): string {
    const [kind = "", name = ""] = workload.split(" ");
    return kind === "Pod"
        ? `Delete the pod and make it anew: kubectl -n ${namespace} delete pod ${name}`
        : `kubectl -n ${namespace} rollout restart ${kind.toLowerCase()} ${name}`;
}

/** Whether the data plane that serves a pod is the one that its labels ask for. */
function* ofPlane(member: Member, stack: Stack): Generator<Lack> {
    const { plane, wanted, namespace } = member;
    if (wanted.plane === "sidecar" && plane !== "sidecar") {
        // A revision that nobody injects is told of the namespace; of a pod's own label here.
        if (!stack.view(injectorsOf).has(wanted.revision)) {
            if (member.pod.metadata.labels?.[REVISION] !== wanted.revision) return;
            yield {
                check: "no-injector",
                what: `it has ${REVISION}=${wanted.revision}, a revision or tag that nobody injects, so it has no sidecar.`,
                fix: "Name a revision or tag that injects, or none.",
            };
            return;
        }
        yield {
            check: "no-sidecar",
            what: "its labels ask for a sidecar and it has none: it was made before the label, or while the injector didn't answer. It takes and sends plaintext.",
            fix: restart(member),
        };
    }
    if (wanted.plane !== "sidecar" && plane === "sidecar") {
        yield {
            check: "other-data-plane",
            what: `it has a sidecar, and its labels ask for ${wanted.plane === "none" ? "none" : "ambient"} now: the sidecar goes on until the pod is made anew.`,
            fix: restart(member),
        };
    }
    // The node agent comes while a pod is being started.
    const starting = member.pod.status?.phase === "Pending";
    if (wanted.plane === "ambient" && plane === "none" && !starting) {
        yield {
            check: "not-captured",
            what: "its labels ask for ambient, and the node agent hasn't led its traffic through ztunnel: it takes and sends plaintext.",
            fix: `Look at istio-cni-node's log on its node (kubectl -n istio-cni logs ds/istio-cni-node); then ${restart(member)}`,
        };
    }
    if (wanted.plane === "none" && wanted.because !== undefined && plane === "none") {
        yield {
            check: "outside-by-choice",
            what: `namespace ${namespace} is in the mesh and its pod isn't: ${wanted.because}. It takes and sends plaintext.`,
            fix: `Remove what keeps it out (such as ${INJECT}: "false"), or keep it in a namespace outside the mesh.`,
        };
    }
}

/** Whether an Envoy is of the cluster, revision and release that it should be. */
function* ofProxy(member: Member, stack: Stack): Generator<Lack> {
    const { proxy, wanted, role } = member;
    if (proxy === undefined) return;
    const planes = planesOf(member, stack);
    const again = restart(member);
    if (planes.length > 0 && !planes.some(({ clusterName }) => clusterName === proxy.clusterName)) {
        yield {
            check: "cluster-name",
            what: `its proxy says it is in cluster ${JSON.stringify(proxy.clusterName)}, but istiod knows only ${namesIn(planes)} and refuses it.`,
            fix: `Its proxy was told before istiod's name changed, or by its own annotations; take those away, then ${again}`,
        };
    }
    yield* ahead("", "proxy", proxy.version, planes);
    // istiod itself brings the pods of waypoints and Gateways up to date.
    if (proxy.revision === undefined || wanted.plane !== "sidecar") return;
    const revision = stack.view(injectorsOf).get(wanted.revision);
    if (revision !== undefined && revision !== proxy.revision) {
        const tag = revision === wanted.revision ? "" : `, by tag "${wanted.revision}"`;
        yield {
            check: "old-revision",
            what: `its proxy is of revision "${proxy.revision}", and its labels ask for "${revision}"${tag}.`,
            fix: again,
        };
        return;
    }
    const [istiod] = planes;
    if (proxy.version !== undefined && planes.length === 1 && istiod?.version !== undefined) {
        if (![...ahead("", "", proxy.version, planes)].length && proxy.version !== istiod.version) {
            yield {
                check: "old-version",
                what: `its proxy is ${proxy.version}, and its istiod is ${istiod.version}.`,
                fix: again,
            };
        }
    }
    const metadata = istiod?.meshConfig?.defaultConfig?.proxyMetadata;
    if (role === "app" && metadata?.["ISTIO_META_ENABLE_HBONE"] === "true" && !proxy.hbone) {
        yield {
            check: "without-hbone",
            what: "its sidecar is from before the mesh had ambient, so it speaks plaintext to ambient pods, which STRICT ones refuse.",
            fix: again,
        };
    }
}

/** Whether a workload lets plaintext in. */
function* ofMtls(member: Member, stack: Stack): Generator<Lack> {
    const { plane } = member;
    if (plane === "none") return;
    const demand = demandFor(member, stack);
    const rest = demand.ports.map(({ port, mode }) => ({ mode, where: ` on port ${port}` }));
    for (const { mode, where } of [{ mode: demand.mode, where: "" }, ...rest]) {
        const takes = taken(plane, mode);
        if (takes === "mTLS") continue;
        const said =
            mode === "DISABLE" ? `${demand.by} says DISABLE` : `${demand.by} says PERMISSIVE`;
        const by = where === "" ? said : `a PeerAuthentication says ${mode}${where}`;
        yield takes === "plaintext"
            ? {
                  check: "plaintext-only",
                  what: `it takes plaintext only${where}: ${by}.`,
                  fix: "Set its mode to STRICT, or to PERMISSIVE while clients outside the mesh move in.",
              }
            : {
                  check: "plaintext-taken",
                  what: `it takes plaintext beside mutual TLS${where}: ${demand.by === "Istio's default" && where === "" ? "no PeerAuthentication says otherwise, and Istio's default is PERMISSIVE" : by}.`,
                  fix: "Set STRICT: security.mtls for the mesh, namespaces[].mtls for one namespace, or a PeerAuthentication.",
              };
    }
}

/** Whether an istiod knows a proxy and has its word that it took everything. */
function* unconnected(
    { role, proxy, name, pod }: Member,
    connected: ReadonlyMap<string, string> | undefined,
): Generator<Lack> {
    if (connected === undefined || (proxy === undefined && role !== "ztunnel")) return;
    const state = connected.get(name);
    if (state === "synced") return;
    const log = `kubectl -n ${pod.metadata.namespace ?? ""} logs ${pod.metadata.name ?? ""} -c istio-proxy`;
    yield state === undefined
        ? {
              check: "not-connected",
              what: "no istiod knows its proxy: it gets no configuration, and no certificate once its own expires.",
              fix: `${log} says why: an address, a name of the cluster or a token that istiod refuses.`,
          }
        : {
              check: "not-connected",
              what: `its proxy hasn't taken what istiod sent: ${state}.`,
              fix: `${log} says what it refused; or wait and ask again.`,
          };
}

/** Whether there is a control plane at all. */
export function hasControlPlane(stack: Stack): boolean {
    return stack.view(controlPlanesOf).length > 0;
}
