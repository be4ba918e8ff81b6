/** Names and objects that the tests of the living sandbox share. */

export const NAMESPACE = process.env["LIVING_NS"] ?? "shop";
export const INGRESS = "istio-ingress";
export const TRUST_DOMAIN = process.env["LIVING_TD"] ?? "living.example";
export const CLUSTER = "living-cluster";
/** Port on which the example apps listen. */
export const APP_PORT = 9898;

export const HOST = "frontend.example";

/** A Kubernetes object to apply. */
export interface Manifest {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: Readonly<Record<string, unknown>> & { readonly name: string };
    readonly spec?: unknown;
}

/** An Istio object in the shop's namespace. */
export function istio(group: string, kind: string, name: string, spec: unknown): Manifest {
    const namespace = kind === "Gateway" ? INGRESS : NAMESPACE;
    return {
        apiVersion: `${group}.istio.io/v1`,
        kind,
        metadata: { name, namespace },
        spec,
    };
}

/** A gateway for every host, and the VirtualService that a host leads to. */
export function routed(host: string, http: readonly unknown[]): readonly Manifest[] {
    return [
        istio("networking", "Gateway", "shop", {
            selector: { istio: "ingress" },
            servers: [{ port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["*"] }],
        }),
        istio("networking", "VirtualService", host.split(".")[0] ?? host, {
            hosts: [host],
            gateways: [`${INGRESS}/shop`],
            http,
        }),
    ];
}

/** Routes the gateway to the frontend. */
export const toFrontend = routed(HOST, [{ route: [{ destination: { host: "frontend" } }] }]);

/** A pod of its own, with a small server, that no controller brings back. */
export function lonePod(
    name: string,
    labels: Readonly<Record<string, string>> = {},
    annotations: Readonly<Record<string, string>> = {},
    namespace: string = NAMESPACE,
): Manifest {
    return {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name, namespace, labels: { app: name, ...labels }, annotations },
        spec: {
            containers: [
                {
                    name: "app",
                    image: "example.com/shop:1.0.0",
                    ports: [{ containerPort: APP_PORT }],
                },
            ],
        },
    };
}
