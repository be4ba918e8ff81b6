/** A mesh as its parts are registered: by Istio's charts, or by Sail's objects. */
import { object } from "./policy";
import { workload } from "./workloads";

const env = (values: object) =>
    Object.entries(values)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => ({ name, value: value as string }));

interface Istiod {
    readonly cluster?: string;
    readonly revision?: string;
    readonly trusted?: string;
    readonly version?: string;
}

/** The chart's istiod. */
export function chartIstiod({ cluster, revision, trusted, version = "1.31.3" }: Istiod = {}) {
    const name = revision === undefined ? "istiod" : `istiod-${revision}`;
    return workload("deployment", `istio-system/${name}`, {
        labels: { app: "istiod" },
        containers: [
            {
                name: "discovery",
                image: `docker.io/istio/pilot:${version}`,
                env: env({
                    REVISION: revision ?? "default",
                    CLUSTER_ID: cluster,
                    CA_TRUSTED_NODE_ACCOUNTS: trusted,
                }),
            },
        ],
    });
}

/** The chart's mesh configuration, as YAML. */
export const meshConfigMap = (mesh: string) =>
    object("configMap", "istio-system/istio", { data: { mesh } });

/** The values that the chart's injector gives to proxies. */
export const injectorConfigMap = (global: object, revision?: string) =>
    object("configMap", `istio-system/istio-sidecar-injector${revision ? `-${revision}` : ""}`, {
        data: { values: JSON.stringify({ global }) },
    });

interface Ztunnel {
    readonly cluster?: unknown;
    readonly network?: string;
    readonly namespace?: string;
    readonly account?: string;
    readonly version?: string;
    /** Where it finds istiod: `istiod-canary.istio-system.svc:15012`. */
    readonly address?: string;
}

/** The chart's ztunnel. */
export function chartZtunnel(given: Ztunnel = {}) {
    const { cluster, network, namespace = "istio-system", account = "ztunnel" } = given;
    return workload("daemonSet", `${namespace}/ztunnel`, {
        labels: { app: "ztunnel" },
        serviceAccountName: account,
        containers: [
            {
                name: "istio-proxy",
                image: `docker.io/istio/ztunnel:${given.version ?? "1.31.3"}`,
                env: env({
                    XDS_ADDRESS: given.address,
                    ISTIO_META_CLUSTER_ID: cluster,
                    NETWORK: network,
                }),
            },
        ],
    });
}

/** The chart's CNI agent. */
export const chartCni = (version: string) =>
    workload("daemonSet", "istio-system/istio-cni-node", {
        labels: { "k8s-app": "istio-cni-node" },
        containers: [{ name: "install-cni", image: `docker.io/istio/install-cni:${version}` }],
    });

export const sailIstio = (values: object, spec: object = {}, name = "default") =>
    object("istio", name, { spec: { version: "v1.31.3", ...spec, values } });
export const sailZtunnel = (spec: object) =>
    object("ztunnel", "default", { spec: { version: "v1.31.3", ...spec } });
export const sailCni = (spec: object) => object("istioCni", "default", { spec });

export const toDefault = { targetRef: { kind: "Istio", name: "default" } };
export const cluster = (clusterName: unknown) => ({ multiCluster: { clusterName } });
