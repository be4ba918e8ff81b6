import type { Settings } from "../../settings/schema";
import { planValues, type HelmPlanInput } from "../plan/helm-plan";
import { ISTIO_CNI, ISTIO_SYSTEM, SAIL_OPERATOR, ZTUNNEL } from "../plan/namespaces";
import { revisionsOf } from "../plan/revisions";
import type { IstioCNISpec, IstioRevisionTagSpec, IstioSpec, ZTunnelSpec } from "./crs.generated";
import { istioCniValues, istioValues, zTunnelValues } from "./values";

/** One of the operator's objects, cluster-scoped under a fixed name. */
export type SailObject =
    | { readonly kind: "Istio"; readonly name: string; readonly spec: IstioSpec }
    | { readonly kind: "IstioCNI"; readonly name: "default"; readonly spec: IstioCNISpec }
    | { readonly kind: "ZTunnel"; readonly name: "default"; readonly spec: ZTunnelSpec }
    | {
          readonly kind: "IstioRevisionTag";
          readonly name: string;
          readonly spec: IstioRevisionTagSpec;
      };

/** What an object makes run, by which its rollout can be seen. */
export interface Workload {
    readonly kind: "Deployment" | "DaemonSet";
    readonly namespace: string;
    readonly name: string;
    /** Start of its image, up to the tag: a variant such as `-distroless` may follow. */
    readonly image: string;
}

/** One object to apply, after those it needs are ready and have rolled out. */
export interface SailStep {
    /** Unique among the steps. */
    readonly role: string;
    readonly object: SailObject;
    readonly after: readonly string[];
    /** Conditions of the object that mean it is ready, as `pulumi.com/waitFor` takes them. */
    readonly ready: readonly string[];
    /** How long it may take to become ready. */
    readonly timeoutSeconds: number;
    /** Absent for a tag, which runs nothing. */
    readonly workload?: Workload;
}

/** What a Sail installation is planned from: the same plain settings as one by Helm. */
export type SailPlanInput = HelmPlanInput & Pick<Settings, "update">;

/** Where the operator itself runs. */
export const OPERATOR_NAMESPACE = SAIL_OPERATOR;

/** How long a revision that nothing uses is kept: long enough to notice and go back. Seconds. */
const GRACE_PERIOD = 3600;

/**
 * The operator's objects in the order of an upgrade: Istio, IstioCNI, ZTunnel, then tags, so that no
 * node agent is ever ahead of its istiod.
 *
 * Istio is ready by its condition Ready. Its `status.state` is Healthy only once IstioCNI and ZTunnel
 * are, which wait for it.
 * @see https://github.com/istio-ecosystem/sail-operator/tree/main/docs
 */
export function sailPlan(input: SailPlanInput): readonly SailStep[] {
    const { cni, ztunnel } = planValues(input);
    const { update } = input;
    const { revisions, stable, tags } = revisionsOf(input);
    const revisioned = update.strategy === "RevisionBased";
    // The operator runs one active revision per Istio object: the newest. Older ones stay for as long
    // as a tag or a workload points to them.
    const active = revisions.at(-1) ?? stable;
    // Its images are of its own release: a canary with the tag of the release beside it would be none.
    const { istiod } = planValues({ ...input, istioVersion: active.version });
    const ready = ["condition=Reconciled", "condition=Ready"];
    const image = (component: string, version: string) =>
        `${input.charts.hub}/${component}:${input.charts.tag ?? version}`;
    const profile = istiod.profile === undefined ? {} : { profile: istiod.profile };
    const steps: SailStep[] = [
        {
            role: "istio",
            object: {
                kind: "Istio",
                name: update.name,
                spec: {
                    version: versioned(active.version),
                    namespace: ISTIO_SYSTEM,
                    ...profile,
                    updateStrategy: revisioned
                        ? {
                              type: "RevisionBased",
                              inactiveRevisionDeletionGracePeriodSeconds:
                                  update.gracePeriodSeconds ?? GRACE_PERIOD,
                          }
                        : { type: "InPlace" },
                    values: istioValues(istiod),
                },
            },
            after: [],
            // A new revision's Ready is its own; in place, the old one's may still stand.
            ready: revisioned
                ? [`jsonpath={.status.activeRevisionName}=${active.name}`, ...ready]
                : ready,
            timeoutSeconds: 600,
            workload: {
                kind: "Deployment",
                namespace: ISTIO_SYSTEM,
                name: active.name === "default" ? "istiod" : `istiod-${active.name}`,
                image: image("pilot", active.version),
            },
        },
    ];
    if (cni !== undefined && ztunnel !== undefined) {
        const version = versioned(stable.version);
        steps.push(
            {
                role: "cni",
                object: {
                    kind: "IstioCNI",
                    name: "default",
                    spec: {
                        version,
                        namespace: ISTIO_CNI,
                        profile: cni.profile,
                        values: istioCniValues(cni),
                    },
                },
                after: ["istio"],
                ready,
                timeoutSeconds: 600,
                workload: {
                    kind: "DaemonSet",
                    namespace: ISTIO_CNI,
                    name: "istio-cni-node",
                    image: image("install-cni", stable.version),
                },
            },
            {
                role: "ztunnel",
                object: {
                    kind: "ZTunnel",
                    name: "default",
                    spec: {
                        version,
                        namespace: ZTUNNEL,
                        // Beside a canary, the nodes stay with the revision they are of.
                        targetRef: revisioned
                            ? { kind: "IstioRevision", name: stable.name }
                            : { kind: "Istio", name: update.name },
                        values: zTunnelValues(ztunnel),
                    },
                },
                after: ["cni"],
                ready,
                timeoutSeconds: 600,
                workload: {
                    kind: "DaemonSet",
                    namespace: ZTUNNEL,
                    name: "ztunnel",
                    image: image("ztunnel", stable.version),
                },
            },
        );
    }
    const last = steps.at(-1)?.role ?? "istio";
    return [
        ...steps,
        ...tags.map(({ name, revision }): SailStep => ({
            role: `tag-${name}`,
            object: {
                kind: "IstioRevisionTag",
                name,
                // Never the Istio object: that would promote at once whatever becomes active.
                spec: { targetRef: { kind: "IstioRevision", name: revision } },
            },
            after: [last],
            // It has no condition Ready, and its state waits for the first workload.
            ready: ["condition=Reconciled"],
            timeoutSeconds: 180,
        })),
    ];
}

/** A version as the operator's objects spell it. */
function versioned(version: string): string {
    return `v${version}`;
}
