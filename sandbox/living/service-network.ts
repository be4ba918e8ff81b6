import { createServer as createHttpServer } from "node:http";
import type { Server as HttpServer } from "node:http";
import { connect, createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { openPort } from "./addresses";
import type { Loopback } from "./addresses";
import type { EndpointSlice, Service } from "./objects";
import { keyOf } from "./objects";

/** Where one port of a Service leads: ready pods' addresses in the cluster. */
export interface Route {
    readonly service: string;
    /** The Service's address in the cluster. */
    readonly address: string;
    readonly port: number;
    readonly targets: readonly { readonly address: string; readonly port: number }[];
}

/** Every TCP port of every Service with an address, and the ready pods behind it. */
export function routesOf(
    services: readonly Service[],
    slices: readonly EndpointSlice[],
): readonly Route[] {
    const byService = new Map<string, EndpointSlice[]>();
    for (const slice of slices) {
        const name = slice.metadata.labels?.["kubernetes.io/service-name"];
        const key = `${slice.metadata.namespace ?? ""}/${name ?? ""}`;
        byService.set(key, [...(byService.get(key) ?? []), slice]);
    }
    return services.flatMap((service) => {
        const { clusterIP = "None", ports = [] } = service.spec;
        if (!/^\d/.test(clusterIP)) return [];
        const key = keyOf(service);
        return ports
            .filter(({ protocol = "TCP" }) => protocol === "TCP")
            .map(({ name = "", port }) => ({
                service: key,
                address: clusterIP,
                port,
                targets: (byService.get(key) ?? []).flatMap((slice) => targetsIn(slice, name)),
            }));
    });
}

function targetsIn(
    slice: EndpointSlice,
    portName: string,
): readonly { readonly address: string; readonly port: number }[] {
    const port = slice.ports?.find(({ name = "" }) => name === portName)?.port;
    if (port === undefined) return [];
    return (slice.endpoints ?? [])
        .filter(({ conditions }) => conditions?.ready !== false)
        .flatMap(({ addresses }) => addresses.map((address) => ({ address, port })));
}

/**
 * Plays kube-proxy: each Service's port is open at its loopback address and leads to one ready pod after
 * the other. The API server's calls to webhooks come through the same routes.
 */
export class ServiceNetwork {
    private routes = new Map<string, Route>();
    private pods: ReadonlySet<string> = new Set();
    private readonly listeners = new Map<string, Server>();
    private turn = 0;
    /** Ports that could not be opened, and why. */
    readonly closed = new Map<string, string>();

    /** @param answers the pod that answers for one. */
    constructor(
        private readonly loopback: Loopback,
        private readonly answers: (podAddress: string) => string,
    ) {}

    /** Takes the present routes, opening and closing ports, and the addresses of living pods. */
    update(routes: readonly Route[], pods: Iterable<string> = []): void {
        this.pods = new Set(pods);
        this.routes = new Map(routes.map((route) => [`${route.address}:${route.port}`, route]));
        for (const [key, server] of this.listeners) {
            if (this.routes.has(key)) continue;
            server.close();
            this.listeners.delete(key);
            this.closed.delete(key);
        }
        for (const [key, { address, port }] of this.routes) {
            if (!this.listeners.has(key)) this.open(key, this.loopback.of(address), openPort(port));
        }
    }

    private open(key: string, address: string, port: number): void {
        const server = createServer((client) => {
            this.pass(client, key);
        });
        this.listeners.set(key, server);
        server.on("listening", () => this.closed.delete(key));
        server.on("error", (error) => {
            // Another program may hold the port for a while: the next look tries again.
            this.closed.set(key, error.message);
            this.listeners.delete(key);
        });
        server.listen(port, address);
    }

    private pass(client: Socket, key: string): void {
        const upstream = this.dial(key);
        client.on("error", () => upstream?.destroy());
        if (upstream === undefined) {
            // What a client of a Service without ready pods sees in a cluster, too.
            client.destroy();
            return;
        }
        upstream.on("error", () => client.destroy());
        client.pipe(upstream).pipe(client);
    }

    /**
     * Connects to a ready pod behind a Service's `address:port`, or to the living pod at that address; nothing
     * when there is none.
     */
    dial(key: string): Socket | undefined {
        const [address = "", port] = key.split(":");
        if (this.pods.has(address)) {
            return connect(openPort(Number(port)), this.loopback.of(this.answers(address)));
        }
        const targets = this.routes.get(key)?.targets ?? [];
        this.turn += 1;
        const target = targets[this.turn % Math.max(targets.length, 1)];
        if (target === undefined) return undefined;
        return connect(openPort(target.port), this.loopback.of(this.answers(target.address)));
    }

    /** Ends every listener. */
    close(): void {
        for (const server of this.listeners.values()) server.close();
        this.listeners.clear();
    }
}

/**
 * The API server's way into the cluster: an HTTP CONNECT proxy on a Unix socket, which knows Services by
 * their addresses and pods by theirs, and nothing else.
 */
export function connectProxy(network: ServiceNetwork, socketPath: string): HttpServer {
    const proxy = createHttpServer((_request, response) => {
        response.writeHead(405).end("only CONNECT\n");
    });
    proxy.on("connect", (request, client: Socket, head: Buffer) => {
        const upstream = network.dial(request.url ?? "");
        client.on("error", () => upstream?.destroy());
        if (upstream === undefined) {
            client.end(`HTTP/1.1 503 no ready pod behind ${request.url ?? ""}\r\n\r\n`);
            return;
        }
        upstream.once("connect", () => {
            client.write("HTTP/1.1 200 OK\r\n\r\n");
            upstream.write(head);
            client.pipe(upstream).pipe(client);
        });
        upstream.on("error", (error) => {
            client.end(`HTTP/1.1 503 ${error.message}\r\n\r\n`);
        });
    });
    proxy.listen(socketPath);
    return proxy;
}
