import {
    compareVersions,
    ISTIO_MINORS,
    minorOf,
    RECOMMENDED_ISTIO,
} from "../../components/plan/versions";
import type { Plan, Resource } from "../events/changes";
import { textAt, treeAt } from "../events/tree";
import type { Tree } from "../events/tree";
import type { ClusterFacts } from "./cluster-facts";
import { containersOf } from "./planes";

/** One component's version before and after. */
export interface VersionLine {
    readonly what: string;
    readonly before?: string;
    readonly after?: string;
    /** What is to be known of it; absent where all is well. */
    readonly note?: string;
}

const TAGGED: Readonly<Record<string, string>> = {
    istiod: "istiod",
    cni: "CNI agent",
    ztunnel: "ztunnel",
};

/** Istio's versions in a stack, with end of life, order of versions and the cluster's own. */
export function versionsOf(plan: Plan, cluster: ClusterFacts | undefined): readonly VersionLine[] {
    const resources: readonly Resource[] = [...plan.changes, ...plan.unchanged];
    const lines = resources.flatMap(
        ({ subjects, object, before, after }): readonly VersionLine[] => {
            const role = TAGGED[subjects[0] ?? ""];
            if (role !== undefined && object !== undefined) {
                return [
                    lineOf(
                        `${role} ${object.namespace}/${object.name}`,
                        imageTag(before),
                        imageTag(after),
                    ),
                ];
            }
            if (["Istio", "IstioCNI", "ZTunnel"].includes(subjects[0] ?? "")) {
                const version = (side: Tree) =>
                    textAt(side, ["spec", "version"])?.replace(/^v/, "");
                return [
                    lineOf(
                        `${subjects[0] ?? ""} ${object?.name ?? ""}`,
                        version(before),
                        version(after),
                    ),
                ];
            }
            return [];
        },
    );
    const proxies = resources.flatMap(({ subjects, object, before, after }) =>
        subjects[0] === "injector config"
            ? [
                  lineOf(
                      `proxies of ${object?.name.replace("istio-sidecar-injector", "revision ") ?? ""}`.replace(
                          / $/,
                          " default",
                      ),
                      proxyTag(before),
                      proxyTag(after),
                  ),
              ]
            : [],
    );
    const all = [...lines, ...proxies]
        .filter(({ before, after }) => before !== undefined || after !== undefined)
        .sort((a, b) => (a.what < b.what ? -1 : 1));
    return cluster === undefined ? all : [...all, clusterLine(cluster, all)];
}

function lineOf(what: string, before: string | undefined, after: string | undefined): VersionLine {
    const note = after === undefined ? undefined : noteOn(before, after);
    return {
        what,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
        ...(note === undefined ? {} : { note }),
    };
}

function noteOn(before: string | undefined, after: string): string | undefined {
    const known = ISTIO_MINORS[minorOf(after)];
    const notes = [
        known?.endOfLife === undefined
            ? undefined
            : `gets no security fixes since ${known.endOfLife}; ${RECOMMENDED_ISTIO} does`,
        known === undefined && /^\d/.test(after) ? "its end of life isn't known here" : undefined,
        before === undefined ? undefined : step(before, after),
    ];
    const said = notes.filter((note) => note !== undefined);
    return said.length === 0 ? undefined : said.join("; ");
}

/** What is to be said of a step from one version to another. */
function step(before: string, after: string): string | undefined {
    if (!/^\d+\.\d+\.\d+/.test(before) || !/^\d+\.\d+\.\d+/.test(after)) return undefined;
    const [from, to] = [before, after].map((version) => Number(minorOf(version).split(".")[1]));
    const minors = (to ?? 0) - (from ?? 0);
    if (compareVersions(after, before) < 0) return "goes back: Istio supports only going forward";
    if (minors > 1) return `skips ${minors - 1} minor: Istio supports one at a time in place`;
    return minors === 1 ? "a new minor: read its upgrade notes" : undefined;
}

function clusterLine({ version }: ClusterFacts, lines: readonly VersionLine[]): VersionLine {
    const istio = lines.find(({ what }) => what.startsWith("istiod"))?.after ?? "";
    const range = ISTIO_MINORS[minorOf(istio)]?.kubernetes;
    const minor = (text: string) => Number(text.split(".")[1]);
    const outside =
        range !== undefined &&
        (minor(version) < minor(range[0]) || minor(version) > minor(range[1]));
    return {
        what: "Kubernetes",
        before: version,
        after: version,
        ...(outside
            ? { note: `Istio ${minorOf(istio)} is tested with ${range[0]} to ${range[1]}` }
            : {}),
    };
}

/** The version in the tag of a workload's image, without its variant. */
function imageTag(workload: Tree): string | undefined {
    const images = containersOf(workload).map((container) => textAt(container, ["image"]));
    return images[0]
        ?.split("@")[0]
        ?.split(":")
        .at(-1)
        ?.replace(/-(distroless|debug)$/, "");
}

function proxyTag(injector: Tree): string | undefined {
    const values = textAt(injector, ["data", "values"]);
    if (values === undefined) return undefined;
    try {
        return textAt(treeAt(JSON.parse(values) as Tree, ["global"]), ["tag"]);
    } catch {
        return undefined;
    }
}
