import { SERVICE_RANGE } from "./living/addresses";
import { livingArguments } from "./living/arguments";
import { livingPlaces } from "./living/places";
import { CLUSTER_NAME } from "./places";
import type { StatePlaces } from "./places";
import type { Toolbox } from "./resolve";

/** Processes of the control plane, in the order in which they start. */
export const COMPONENTS = [
    "etcd",
    "kube-apiserver",
    "kube-controller-manager",
    "kube-scheduler",
    "kwok-controller",
] as const;
export type ComponentName = (typeof COMPONENTS)[number];

/** Ports of the control plane, all on 127.0.0.1. */
export interface Ports {
    readonly etcd: number;
    readonly etcdPeer: number;
    readonly apiServer: number;
    readonly controllerManager: number;
    readonly scheduler: number;
    readonly kwok: number;
}

/** Number of nodes that kwok plays: a production mesh spreads three replicas over them. */
export const NODES = 3;

/** Arguments of the API server beyond kwokctl's own. */
export const API_SERVER_ARGUMENTS = {
    "service-cluster-ip-range": SERVICE_RANGE,
} as const;

/** Further arguments of an API server in a sandbox where no istiod runs. */
export const WITHOUT_ISTIOD = {
    // Istio's webhooks say failurePolicy Fail: with no istiod behind them they would refuse every Istio
    // object. So nobody asks them.
    "disable-admission-plugins": "MutatingAdmissionWebhook,ValidatingAdmissionWebhook",
} as const;

/** Arguments of the controller manager: an HPA lifts replicas to its minimum within 2 s, not 15 s. */
export const CONTROLLER_MANAGER_ARGUMENTS = {
    "horizontal-pod-autoscaler-sync-period": "2s",
} as const;

/**
 * kwokctl's configuration of the cluster: real programs, on loopback, with the given ports.
 * @param lives whether istiod and workloads run beside it.
 */
export function clusterConfig(
    tools: Toolbox,
    places: StatePlaces,
    ports: Ports,
    kubernetes: string,
    lives = false,
): object {
    // kwokctl adds an argument, or with override replaces one of its own and drops it where there is none.
    const extra = (
        name: ComponentName,
        args: Readonly<Record<string, string>>,
        override: boolean,
    ): object => ({
        name,
        extraArgs: Object.entries(args).map(([key, value]) => ({ key, value, override })),
    });
    const living = livingArguments(livingPlaces(places));
    const apiServer = lives ? living["kube-apiserver"] : WITHOUT_ISTIOD;
    return {
        apiVersion: "config.kwok.x-k8s.io/v1alpha1",
        kind: "KwokctlConfiguration",
        metadata: { name: CLUSTER_NAME },
        options: {
            runtime: "binary",
            // Without it kwokctl listens on every address of the machine.
            bindAddress: "127.0.0.1",
            kubeVersion: `v${kubernetes}`,
            etcdBinary: tools.etcd,
            kubeApiserverBinary: tools["kube-apiserver"],
            kubeControllerManagerBinary: tools["kube-controller-manager"],
            kubeSchedulerBinary: tools["kube-scheduler"],
            kwokControllerBinary: tools.kwok,
            kubectlBinary: tools.kubectl,
            etcdPort: ports.etcd,
            etcdPeerPort: ports.etcdPeer,
            kubeApiserverPort: ports.apiServer,
            kubeControllerManagerPort: ports.controllerManager,
            kubeSchedulerPort: ports.scheduler,
            kwokControllerPort: ports.kwok,
        },
        componentsPatches: [
            extra("etcd", { "data-dir": places.etcd }, true),
            extra("kube-apiserver", { ...API_SERVER_ARGUMENTS, ...apiServer }, false),
            extra("kube-controller-manager", CONTROLLER_MANAGER_ARGUMENTS, false),
            ...(lives ? [extra("kwok-controller", living["kwok-controller"], false)] : []),
        ],
    };
}

/** The names of the ports, by the component that listens on them. */
export const PORTS_OF: Readonly<Record<ComponentName, readonly (keyof Ports)[]>> = {
    etcd: ["etcd", "etcdPeer"],
    "kube-apiserver": ["apiServer"],
    "kube-controller-manager": ["controllerManager"],
    "kube-scheduler": ["scheduler"],
    "kwok-controller": ["kwok"],
};

/** A kubeconfig with the certificates inside and one context, `istio-mesh-sandbox`. */
export function kubeconfigOf(
    server: string,
    pki: { readonly ca: Buffer; readonly cert: Buffer; readonly key: Buffer },
): object {
    const name = CLUSTER_NAME;
    return {
        apiVersion: "v1",
        kind: "Config",
        clusters: [
            { name, cluster: { server, "certificate-authority-data": pki.ca.toString("base64") } },
        ],
        users: [
            {
                name,
                user: {
                    "client-certificate-data": pki.cert.toString("base64"),
                    "client-key-data": pki.key.toString("base64"),
                },
            },
        ],
        contexts: [{ name, context: { cluster: name, user: name } }],
        "current-context": name,
    };
}
