/** Whether istiod, ztunnel and proxies agree on who they are, and on each other's releases. */
import { controlPlanesOf, versionIn } from "../policy/control-planes";
import type { ControlPlane } from "../policy/control-planes";
import type { Stack } from "../policy/found";
import { imageOf } from "../policy/images";
import { envOf } from "../policy/pods";
import { compareVersions } from "../policy/versions";
import type { Finding } from "./findings";
import { isTrue } from "./live";
import { membersOf } from "./members";
import type { Member } from "./members";

/** Findings about node proxies: every ztunnel, and nodes that lack one. */
export function ztunnelFindings(stack: Stack): readonly Finding[] {
    const members = stack.view(membersOf);
    const planes = stack.view(controlPlanesOf);
    return [
        ...members
            .filter(({ role }) => role === "ztunnel")
            .flatMap((ztunnel) => [...judged(ztunnel, planes)]),
        ...withoutZtunnel(members),
    ];
}

function* judged(ztunnel: Member, planes: readonly ControlPlane[]): Generator<Finding> {
    const { pod, namespace, name } = ztunnel;
    const subject = `Pod ${name}`;
    // Without an istiod in sight there is nothing to compare with; `not-connected` says so where it can.
    if (planes.length === 0) return;
    const cluster = envOf(pod, "ISTIO_META_CLUSTER_ID") ?? envOf(pod, "CLUSTER_ID") ?? "Kubernetes";
    if (!planes.some(({ clusterName }) => clusterName === cluster)) {
        yield {
            check: "cluster-name",
            subject,
            what: `this ztunnel says it is in cluster ${quoted(cluster)}, but istiod knows only ${namesIn(planes)}: istiod refuses it ("authentication failure"), and no ambient pod on its node has traffic.`,
            fix: "Give both the same name: multiCluster.clusterName of ztunnel's chart, or cluster.name of a stack of this program; then restart ztunnel. docs/ztunnel-cluster-name.md has the whole story.",
        };
    }
    const account = `${namespace}/${pod.spec.serviceAccountName ?? "default"}`;
    const trusts = ({ trustedZtunnel }: ControlPlane) =>
        trustedZtunnel.split(",").some((one) => one.trim() === account);
    if (!planes.some(trusts)) {
        yield {
            check: "untrusted-ztunnel",
            subject,
            what: `this ztunnel runs as ${account}, but istiod trusts ${planes.map(({ trustedZtunnel }) => trustedZtunnel).join(", ")}: it is ready and gets no certificate for any pod.`,
            fix: `Set pilot.trustedZtunnelNamespace: ${namespace} for istiod, and pilot.trustedZtunnelName where the account isn't named ztunnel.`,
        };
    }
    const version = versionIn(
        imageOf(pod.spec.containers?.find(({ image }) => image)?.image ?? "").tag,
    );
    yield* ahead(subject, "ztunnel", version, planes);
}

/** A proxy must never be newer than the istiod that tells it what to do. */
export function* ahead(
    subject: string,
    what: string,
    version: string | undefined,
    planes: readonly ControlPlane[],
): Generator<Finding> {
    const versions = planes.flatMap((plane) => plane.version ?? []);
    if (version === undefined || versions.length === 0) return;
    if (versions.some((each) => compareVersions(version, each) <= 0)) return;
    yield {
        check: "proxy-ahead",
        subject,
        what: `${what} ${version} is newer than its istiod ${versions.join(", ")}, which may send it what it doesn't understand.`,
        fix: `Upgrade istiod to ${version} first; or bring the ${what} back to ${versions.at(-1) ?? ""}.`,
    };
}

function* withoutZtunnel(members: readonly Member[]): Generator<Finding> {
    const served = new Set(
        members
            .filter(
                ({ role, pod }) => role === "ztunnel" && isTrue(pod.status?.conditions, "Ready"),
            )
            .map(({ pod }) => pod.spec.nodeName),
    );
    const ambient = new Map<string, string[]>();
    for (const { plane, pod, name } of members) {
        const { nodeName } = pod.spec;
        if (plane !== "ambient" || nodeName === undefined || served.has(nodeName)) continue;
        ambient.set(nodeName, [...(ambient.get(nodeName) ?? []), name]);
    }
    for (const [node, pods] of ambient) {
        yield {
            check: "no-ztunnel",
            subject: `Node ${node}`,
            what: "no ztunnel is ready here, so these ambient pods can't be reached and can't call anyone.",
            fix: `kubectl get pods -A -l app=ztunnel --field-selector spec.nodeName=${node} shows it or its absence; its log says why.`,
            pods,
        };
    }
}

/** The control planes that a proxy may belong to: that of its revision, else all. */
export function planesOf(member: Member, stack: Stack): readonly ControlPlane[] {
    const planes = stack.view(controlPlanesOf);
    const own = planes.filter(({ revision }) => revision === member.proxy?.revision);
    return own.length > 0 ? own : planes;
}

/** Names of clusters, as istiods know them. */
export function namesIn(planes: readonly ControlPlane[]): string {
    return [...new Set(planes.map(({ clusterName }) => quoted(clusterName)))].join(", ");
}

function quoted(text: string): string {
    return JSON.stringify(text);
}
