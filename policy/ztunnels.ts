/** ztunnel, whoever makes it: a chart's DaemonSet, or Sail's object, which may take values of an Istio. */
import {
    type ControlPlane,
    controlPlanesOf,
    sailControlPlaneOf,
    versionIn,
} from "./control-planes";
import type { Found, Stack } from "./found";
import { imageOf } from "./images";
import { envOf } from "./pods";

export interface Ztunnel {
    readonly found: Found<"daemonSet"> | Found<"ztunnel">;
    readonly namespace: string;
    /** `namespace/serviceaccount`, which istiod must trust. */
    readonly account: string;
    /** Undefined where it takes the name from an Istio that the stack doesn't have. */
    readonly clusterName: string | undefined;
    /** Empty for none; undefined where it takes it from an Istio that the stack doesn't have. */
    readonly network: string | undefined;
    /** `1.31.3`; undefined where image or object name no exact one. */
    readonly version: string | undefined;
    /** The control planes that it may connect to; empty where none of them is in the stack. */
    readonly planes: readonly ControlPlane[];
    /** Where its cluster name and network are set, as a message names them. */
    readonly fields: { readonly clusterName: string; readonly network: string };
}

/** Its own default, as istiod's is. */
const DEFAULT_CLUSTER = "Kubernetes";

/** The ztunnel that a DaemonSet is; undefined for others. The chart labels its pods so. */
export function ztunnelOf(found: Found<"daemonSet">, stack: Stack): Ztunnel | undefined {
    const template = found.object.spec?.template ?? {};
    if (template.metadata?.labels?.["app"] !== "ztunnel") return undefined;
    return {
        found,
        namespace: found.namespace,
        get account() {
            return `${found.namespace}/${template.spec?.serviceAccountName ?? "default"}`;
        },
        get clusterName() {
            return envOf(template, "ISTIO_META_CLUSTER_ID") ?? DEFAULT_CLUSTER;
        },
        get network() {
            return envOf(template, "NETWORK") ?? "";
        },
        get planes() {
            return planesAt(envOf(template, "XDS_ADDRESS"), stack);
        },
        get version() {
            const [container] = template.spec?.containers ?? [];
            return container?.image === undefined
                ? undefined
                : versionIn(imageOf(container.image).tag);
        },
        fields: {
            clusterName: "multiCluster.clusterName of the ztunnel chart",
            network: "network of the ztunnel chart",
        },
    };
}

/** The ztunnel that Sail makes. Its own values win over those of the Istio that it points to. */
export function sailZtunnelOf(found: Found<"ztunnel">, stack: Stack): Ztunnel {
    const { spec } = found.object;
    /** What a value is that only the Istio says: its value, unset without a target, or unknown to the stack. */
    const inherited = (read: (plane: ControlPlane) => string, unset: string) => {
        if (!spec?.targetRef) return unset;
        const plane = targetOf(spec.targetRef, stack);
        return plane && read(plane);
    };
    return {
        found,
        get namespace() {
            return spec?.namespace ?? "ztunnel";
        },
        get account() {
            return `${spec?.namespace ?? "ztunnel"}/ztunnel`;
        },
        get clusterName() {
            return (
                spec?.values?.ztunnel?.multiCluster?.clusterName ??
                inherited(({ clusterName }) => clusterName, DEFAULT_CLUSTER)
            );
        },
        get network() {
            return (
                spec?.values?.ztunnel?.network ??
                inherited(({ global }) => global?.network ?? "", "")
            );
        },
        get planes() {
            if (!spec?.targetRef) return stack.view(controlPlanesOf);
            const plane = targetOf(spec.targetRef, stack);
            return plane ? [plane] : [];
        },
        get version() {
            return versionIn(spec?.version);
        },
        fields: {
            clusterName: "spec.values.ztunnel.multiCluster.clusterName",
            network: "spec.values.ztunnel.network",
        },
    };
}

/** The control planes behind an address such as `istiod-canary.istio-system.svc:15012`; all where none is. */
function planesAt(address: string | undefined, stack: Stack): readonly ControlPlane[] {
    const planes = stack.view(controlPlanesOf);
    const [, wanted = "default", home] =
        /^istiod(?:-([^.]+))?\.([^.]+)\.svc/.exec(address ?? "") ?? [];
    const own = planes.filter(
        ({ revision, namespace }) => revision === wanted && namespace === home,
    );
    return own.length > 0 ? own : planes;
}

/** The control plane that a ZTunnel points to: its Istio, also by a revision that the operator made of it. */
function targetOf(
    { kind, name = "" }: { kind?: string; name?: string },
    stack: Stack,
): ControlPlane | undefined {
    return stack
        .all("istio")
        .map(sailControlPlaneOf)
        .find((plane) => {
            const istio = plane?.found.shortName ?? "";
            return name === istio || (kind === "IstioRevision" && name.startsWith(`${istio}-v`));
        });
}

/** Every ztunnel of the stack. For `stack.view`. */
export function ztunnelsOf(stack: Stack): readonly Ztunnel[] {
    return [
        ...stack.all("daemonSet").map((found) => ztunnelOf(found, stack)),
        ...stack.all("ztunnel").map((found) => sailZtunnelOf(found, stack)),
    ].filter((ztunnel) => ztunnel !== undefined);
}
