import type { Pod, Service } from "./objects";
import { proxyOf } from "./roles";

/** An ingress gateway and the example workloads behind it. */
export interface Entry {
    readonly gateway: string;
    readonly namespace: string;
    /** Labels that select the gateway's pods. */
    readonly selector: Readonly<Record<string, string>>;
    /** The gateway's Service address in the cluster. */
    readonly address: string;
    /** The workload that requests reach first, and its namespace. */
    readonly first: string;
    readonly firstNamespace: string;
    /** The workloads that they go on to. */
    readonly chain: readonly string[];
}

/** The example workloads, in the order in which a request passes them. */
const CHAIN = ["frontend", "checkout", "cart"] as const;

/** Living ingress gateways, each with the first namespace that has the example's frontend. */
export function entriesOf(pods: readonly Pod[], services: readonly Service[]): readonly Entry[] {
    const front = services.find(({ metadata }) => metadata.name === CHAIN[0]);
    const firstNamespace = front?.metadata.namespace;
    if (firstNamespace === undefined) return [];
    const names = new Set(
        services
            .filter(({ metadata }) => metadata.namespace === firstNamespace)
            .map(({ metadata }) => metadata.name),
    );
    return services
        .filter(({ spec }) => spec.type === "LoadBalancer")
        .flatMap((service) => {
            const { name, namespace = "" } = service.metadata;
            const pod = pods.find(
                (each) =>
                    each.metadata.namespace === namespace &&
                    each.metadata.labels?.["app"] === name &&
                    proxyOf(each) !== undefined,
            );
            const istio = pod?.metadata.labels?.["istio"];
            const { clusterIP } = service.spec;
            if (pod === undefined || clusterIP === undefined) return [];
            return [
                {
                    gateway: name,
                    namespace,
                    selector: istio === undefined ? { app: name } : { istio },
                    address: clusterIP,
                    first: CHAIN[0],
                    firstNamespace,
                    chain: CHAIN.slice(1).filter((each) => names.has(each)),
                },
            ];
        });
}

const API = "/apis/networking.istio.io/v1/namespaces";
const NAME = "sandbox-demonstration";

/** What makes the gateway answer: posted once, left alone when it is there. */
export function demonstration(
    entry: Entry,
): readonly { readonly path: string; readonly object: object }[] {
    const { namespace, firstNamespace, first, selector } = entry;
    return [
        {
            path: `${API}/${namespace}/gateways`,
            object: {
                apiVersion: "networking.istio.io/v1",
                kind: "Gateway",
                metadata: { name: NAME },
                spec: {
                    selector,
                    servers: [
                        { port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["*"] },
                    ],
                },
            },
        },
        {
            path: `${API}/${firstNamespace}/virtualservices`,
            object: {
                apiVersion: "networking.istio.io/v1",
                kind: "VirtualService",
                metadata: { name: NAME },
                spec: {
                    hosts: ["*"],
                    gateways: [`${namespace}/${NAME}`],
                    http: [{ route: [{ destination: { host: first } }] }],
                },
            },
        },
    ];
}
