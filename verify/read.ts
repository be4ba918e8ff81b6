/** Reads of a cluster what a report is made of. Never writes. */
import { kinds, pluralOf } from "../policy/kinds";
import type { KindName } from "../policy/kinds";
import { isTree, listAt, textAt, treeAt } from "../review/events/tree";
import type { Tree } from "../review/events/tree";
import { rawText } from "../review/run/cluster";
import type { ClusterAccess } from "../review/run/cluster";
import { syncStatesIn } from "../sandbox/living/proxies";
import { named } from "./live";
import type { LiveObject, Snapshot } from "./live";

/** What is listed in the whole cluster. Istio's and the Gateway API's may be missing. */
const LISTED = [
    "namespace",
    "pod",
    "service",
    "deployment",
    "mutatingWebhookConfiguration",
    "destinationRule",
    "peerAuthentication",
    "gateway",
] as const satisfies readonly KindName[];

/** The label by which istiods are found, and everything else that is read of Deployments is left alone. */
const ISTIOD = "app=istiod";
const NAMESPACE = ["metadata", "namespace"];

/** An object that was read. */
type Item = Tree & LiveObject;

/** istiod's port with its debug pages. */
const DEBUG_PORT = 15014;

/**
 * Looks at a cluster.
 * @throws Error in kubectl's words where something can't be read that a report needs
 */
export async function readSnapshot(access: ClusterAccess): Promise<Snapshot> {
    const listed = await Promise.all(LISTED.map((kind) => list(access, kind)));
    const objects = listed.flat();
    const istiods = objects.filter(({ kind }) => kind === "Deployment");
    const homes = [...new Set(istiods.map((istiod) => textAt(istiod, NAMESPACE) ?? ""))];
    const configMaps = await Promise.all(homes.map((home) => configMapsIn(access, home)));
    const connected = await connectedTo(access, objects);
    return {
        objects: [...objects, ...configMaps.flat()],
        ...(connected === undefined ? {} : { connected }),
    };
}

async function list(access: ClusterAccess, kind: (typeof LISTED)[number]) {
    const { group, version } = kinds[kind];
    const api = group === "core" ? `/api/${version}` : `/apis/${group}/${version}`;
    const query = kind === "deployment" ? `?labelSelector=${encodeURIComponent(ISTIOD)}` : "";
    return items(kind, await rawText(access, `${api}/${pluralOf(kinds[kind])}${query}`));
}

/** istiod's own: the mesh's configuration and the injector's values. Others aren't any of our business. */
async function configMapsIn(access: ClusterAccess, namespace: string) {
    const path = `/api/v1/namespaces/${namespace}/configmaps`;
    return items("configMap", await rawText(access, path)).filter((found) =>
        /^istio(-|$)/.test(textAt(found, ["metadata", "name"]) ?? ""),
    );
}

/** The objects of a list; none where there is no such kind. */
function items(kind: KindName, text: string | undefined): readonly Item[] {
    const read = text === undefined ? undefined : (JSON.parse(text) as Tree);
    return listAt(read, ["items"])
        .filter(isTree)
        .map((item) => named(kind, item));
}

/** What istiods say of their proxies; undefined unless every one of them answers. */
async function connectedTo(
    access: ClusterAccess,
    objects: readonly Item[],
): Promise<Snapshot["connected"]> {
    const pods = objects.filter(
        (object) =>
            object.kind === "Pod" &&
            treeAt(object, ["metadata", "labels"])["app"] === "istiod" &&
            textAt(object, ["status", "phase"]) === "Running",
    );
    const answers = await Promise.all(
        pods.map((pod) => {
            const [namespace, name] = [NAMESPACE, ["metadata", "name"]].map(
                (path) => textAt(pod, path) ?? "",
            );
            const proxied = `/api/v1/namespaces/${namespace ?? ""}/pods/${name ?? ""}:${DEBUG_PORT}/proxy`;
            // Not allowed, or no way there: the report does without.
            return rawText(access, `${proxied}/debug/syncz`).catch(() => undefined);
        }),
    );
    if (answers.length === 0 || answers.includes(undefined)) return undefined;
    return new Map(answers.flatMap((text) => [...syncStatesIn(text ?? "")]));
}
