import { sailControlPlaneOf, versionIn } from "../../control-planes";
import type { Found, Stack } from "../../found";
import { stackRule } from "../../rule";

/** The Istio that a ZTunnel belongs to: the one it names, by itself or by a revision, else the only one. */
function istioOf({ object }: Found<"ztunnel">, stack: Stack): Found<"istio"> | undefined {
    const all = stack.all("istio");
    const { kind, name = "" } = object.spec?.targetRef ?? {};
    if (kind === undefined) return all.length === 1 ? all[0] : undefined;
    return all.find(
        ({ shortName }) =>
            name === shortName || (kind === "IstioRevision" && name.startsWith(`${shortName}-v`)),
    );
}

/** `1.30.7` of a revision that the operator named `default-v1-30-7`. */
function versionOfRevision(name: string): string | undefined {
    return /-v(\d+)-(\d+)-(\d+)$/.exec(name)?.slice(1).join(".");
}

/** Whether a version is newer than another; false where either is unknown. */
function isAhead(version: string | undefined, of: string | undefined): boolean {
    if (version === undefined || of === undefined) return false;
    const [left = [], right = []] = [version, of].map((one) => one.split(".").map(Number));
    const at = left.findIndex((number, i) => number !== right[i]);
    return at >= 0 && (left[at] ?? 0) > (right[at] ?? 0);
}

const shown = (value: string | undefined) => (value === undefined ? "none" : `"${value}"`);

export const matchSailObjects = stackRule({
    name: "match-sail-objects",
    displayName: "Sail's objects agree on cluster, network and version",
    description:
        "ZTunnel has the cluster name and network of its Istio, and no node agent is newer than what it follows.",
    why:
        "Istio, IstioCNI and ZTunnel are three documents, and the operator takes each at its word. A ZTunnel that " +
        "claims another cluster than istiod knows is refused by istiod, and ambient is dead while every object may " +
        "look healthy. A data plane newer than its istiod gets configuration that it was never tested with.",
    severity: "critical",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Set ztunnel.multiCluster.clusterName and ztunnel.network in the ZTunnel's values to those under global in the " +
        "Istio's, and upgrade Istio first, then IstioCNI, then ZTunnel.",
    url: "https://github.com/istio-ecosystem/sail-operator/blob/main/docs/README.adoc",
    tags: ["ambient", "identity", "sail", "versions"],
    reads: ["istio", "istioCni"],
    judge: {
        *ztunnel(found, _, stack) {
            const { object, subject } = found;
            const istio = istioOf(found, stack);
            const plane = istio && sailControlPlaneOf(istio);
            const { targetRef, values, version } = object.spec ?? {};
            const own = values?.ztunnel ?? {};
            if (istio !== undefined && plane !== undefined) {
                // With a reference, the operator copies what the object doesn't say itself.
                const copied = targetRef === undefined ? undefined : plane;
                const cluster =
                    own.multiCluster?.clusterName ?? copied?.clusterName ?? "Kubernetes";
                if (cluster !== plane.clusterName) {
                    yield (
                        `${subject} is in cluster "${cluster}" and ${istio.subject} in cluster ` +
                        `"${plane.clusterName}", so istiod refuses it; set values.ztunnel.multiCluster.clusterName ` +
                        `to "${plane.clusterName}".`
                    );
                }
                const network = own.network ?? copied?.global?.network;
                if ((network ?? "") !== (plane.global?.network ?? "")) {
                    yield (
                        `${subject} is in network ${shown(network)} and ${istio.subject} in network ` +
                        `${shown(plane.global?.network)}; set values.ztunnel.network to that of the Istio.`
                    );
                }
                const followed = versionOfRevision(targetRef?.name ?? "") ?? plane.version;
                if (isAhead(versionIn(version), followed)) {
                    yield (
                        `${subject} of version ${shown(version)} is ahead of the istiod ${shown(followed)} that it ` +
                        "follows; upgrade Istio first."
                    );
                }
            }
            for (const cni of stack.all("istioCni")) {
                if (isAhead(versionIn(version), versionIn(cni.object.spec?.version))) {
                    yield (
                        `${subject} of version ${shown(version)} is ahead of ${cni.subject} of version ` +
                        `${shown(cni.object.spec?.version)}; upgrade IstioCNI first.`
                    );
                }
            }
        },
        *istioCni({ object, subject }, _, stack) {
            const version = object.spec?.version;
            const planes = stack.all("istio");
            if (
                planes.length > 0 &&
                planes.every((istio) =>
                    isAhead(versionIn(version), versionIn(istio.object.spec?.version)),
                )
            ) {
                yield (
                    `${subject} of version ${shown(version)} is ahead of ` +
                    `${planes.map((istio) => `${istio.subject} of version ${shown(istio.object.spec?.version)}`).join(" and ")}; ` +
                    "upgrade Istio first."
                );
            }
        },
    },
});
