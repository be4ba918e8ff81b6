import { readFile } from "node:fs/promises";
import { request } from "node:https";
import { text } from "node:stream/consumers";
import { parse } from "yaml";

/** What a client needs to speak to the sandbox's API server. */
export interface ApiServer {
    readonly url: string;
    readonly ca: Buffer;
    readonly cert: Buffer;
    readonly key: Buffer;
}

interface Kubeconfig {
    readonly clusters: readonly [{ readonly cluster: Readonly<Record<string, string>> }];
    readonly users: readonly [{ readonly user: Readonly<Record<string, string>> }];
}

/** Reads the one cluster of a kubeconfig that carries its certificates. */
export async function apiServerOf(kubeconfig: string): Promise<ApiServer> {
    const { clusters, users } = parse(await readFile(kubeconfig, "utf8")) as Kubeconfig;
    const { cluster } = clusters[0];
    const { user } = users[0];
    const data = (text: string | undefined): Buffer => Buffer.from(text ?? "", "base64");
    return {
        url: cluster["server"] ?? "",
        ca: data(cluster["certificate-authority-data"]),
        cert: data(user["client-certificate-data"]),
        key: data(user["client-key-data"]),
    };
}

/** An answer of the API server. */
export interface Answer {
    readonly status: number;
    readonly body: string;
}

/**
 * One request to the API server.
 * @throws Error when it does not answer within five seconds.
 */
export function ask(
    server: ApiServer,
    path: string,
    change?: { method: string; type: string; body: string },
): Promise<Answer> {
    return new Promise((done, failed) => {
        const call = request(
            new URL(path, server.url),
            {
                method: change?.method ?? "GET",
                ca: server.ca,
                cert: server.cert,
                key: server.key,
                timeout: 5_000,
                ...(change ? { headers: { "Content-Type": change.type } } : {}),
            },
            (response) => {
                text(response).then((body) => {
                    done({ status: response.statusCode ?? 0, body });
                }, failed);
            },
        );
        call.on("timeout", () => call.destroy(new Error("the API server does not answer")));
        call.on("error", failed);
        call.end(change?.body);
    });
}

/** Whether the API server says that it is ready. */
export async function isReady(server: ApiServer): Promise<boolean> {
    try {
        return (await ask(server, "/readyz")).status === 200;
    } catch {
        return false;
    }
}

/** Names of the nodes that are Ready. */
export async function readyNodes(server: ApiServer): Promise<readonly string[]> {
    const { body, status } = await ask(server, "/api/v1/nodes");
    if (status !== 200) return [];
    const { items } = JSON.parse(body) as {
        items: readonly {
            metadata: { name: string };
            status?: { conditions?: readonly { type: string; status: string }[] };
        }[];
    };
    return items
        .filter((node) =>
            node.status?.conditions?.some(
                ({ type, status: is }) => type === "Ready" && is === "True",
            ),
        )
        .map((node) => node.metadata.name);
}
