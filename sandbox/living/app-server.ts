import { createServer, request as httpRequest } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

/** Who an app says that it is, and how it reaches others. */
export interface AppIdentity {
    readonly name: string;
    readonly pod: string;
    readonly namespace: string;
    /** Label `version` of the pod; empty when it has none. */
    readonly version: string;
    /** Where its sidecar takes outgoing requests; without one the app looks Services up itself. */
    readonly outbound?: string;
    /** The address of a Service, for an app without a sidecar. */
    readonly lookUp: (host: string, port: number) => { address: string; port: number } | undefined;
}

/** What an app answers to a plain request. */
export interface AppAnswer {
    readonly app: string;
    readonly pod: string;
    readonly version: string;
    readonly method: string;
    readonly host: string;
    readonly path: string;
    /** The caller's identity as its proxy passed it on; empty for a plaintext caller. */
    readonly caller: string;
    readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
    /** What the next app answered, for `/via/`. */
    readonly next?: unknown;
}

/**
 * The small HTTP server that stands for an app:
 *
 *   /via/checkout/cart  calls checkout, which calls cart; a name may carry a port, `checkout:8080`
 *   /status/503         answers with that status
 *   /delay/2000         answers after that many milliseconds, below a minute
 *   /count              how many requests each path has had, this one and /fail not counted
 *   /fail?status=503    from now on every request gets that status; /fail?status=0 mends it
 *   anything else       200 and who answered
 */
export class AppServer {
    private readonly server: Server;
    private readonly counts = new Map<string, number>();
    private failing = 0;
    /** Why it does not listen; empty while it does. */
    problem = "";

    constructor(
        private readonly identity: AppIdentity,
        readonly address: string,
        readonly port: number,
    ) {
        this.server = createServer((request, response) => {
            this.answer(request, response).catch((error: unknown) => {
                reply(response, 500, { error: String(error) });
            });
        });
        this.server.on("error", (error) => {
            this.problem = error.message;
        });
        this.open();
    }

    /** Whether it takes requests. */
    get isListening(): boolean {
        return this.server.listening;
    }

    /** Listens, unless it does: another program may have held the port for a while. */
    open(): void {
        if (!this.server.listening) this.server.listen(this.port, this.address);
    }

    /** Stops it at once. */
    close(): void {
        this.server.close();
        this.server.closeAllConnections();
    }

    private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const { pathname, searchParams } = new URL(request.url ?? "/", "http://app");
        const [, verb = "", first = "", ...rest] = pathname.split("/");
        if (verb === "count") {
            reply(response, 200, Object.fromEntries(this.counts));
            return;
        }
        if (verb === "fail") {
            this.failing = Number(searchParams.get("status") ?? 503);
            reply(response, 200, { failing: this.failing });
            return;
        }
        this.counts.set(pathname, (this.counts.get(pathname) ?? 0) + 1);
        if (this.failing >= 200) {
            reply(response, this.failing, { error: "told to fail", pod: this.identity.pod });
            return;
        }
        if (verb === "delay") await sleep(Math.min(Number(first) || 0, 60_000));
        const next =
            verb === "via" && first !== ""
                ? await this.call(first, `/via/${rest.join("/")}`, request)
                : undefined;
        const status = verb === "status" ? Number(first) : (next?.status ?? 200);
        reply(response, status >= 200 && status < 600 ? status : 400, {
            ...this.whoAnswers(request, pathname),
            ...(next ? { next: next.body } : {}),
        });
    }

    private whoAnswers(request: IncomingMessage, path: string): AppAnswer {
        const certificate = String(request.headers["x-forwarded-client-cert"] ?? "");
        const identities = [...certificate.matchAll(/URI=([^;,]+)/g)].map(([, uri]) => uri ?? "");
        return {
            app: this.identity.name,
            pod: this.identity.pod,
            version: this.identity.version,
            method: request.method ?? "",
            host: request.headers.host ?? "",
            path,
            caller: identities.at(-1) ?? "",
            headers: request.headers,
        };
    }

    /** Calls another app as this one would: through its sidecar, else straight to the Service. */
    private call(
        target: string,
        path: string,
        incoming: IncomingMessage,
    ): Promise<{ status: number; body: unknown }> {
        const [host = "", portText = "80"] = target.split(":");
        const port = Number(portText);
        const where =
            this.identity.outbound === undefined
                ? this.identity.lookUp(host, port)
                : { address: this.identity.outbound, port: port < 1024 ? port + 10_000 : port };
        if (where === undefined)
            return Promise.resolve({ status: 502, body: { error: `no Service ${host}` } });
        const traced = Object.entries(incoming.headers).filter(([name]) =>
            /^(x-request-id|x-b3-.*|traceparent|authorization|x-canary|end-user)$/.test(name),
        );
        return new Promise((done) => {
            const failed = (error: Error): void => {
                done({ status: 502, body: { error: `${target}: ${error.message}` } });
            };
            const call = httpRequest(
                {
                    host: where.address,
                    port: where.port,
                    path,
                    headers: { ...Object.fromEntries(traced), host },
                    timeout: 30_000,
                },
                (response) => {
                    text(response).then((body) => {
                        done({ status: response.statusCode ?? 502, body: parsed(body) });
                    }, failed);
                },
            );
            call.on("timeout", () => call.destroy(new Error("no answer within 30 s")));
            call.on("error", failed);
            call.end();
        });
    }
}

function parsed(body: string): unknown {
    try {
        return JSON.parse(body);
    } catch {
        return body;
    }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
    if (response.headersSent) return;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(`${JSON.stringify(body)}\n`);
}
