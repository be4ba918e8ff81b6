import * as http from "node:http";
import * as https from "node:https";
import type { Credentials } from "./credentials";

/** How long the API server may take to answer one request. Milliseconds. */
const PATIENCE = 15_000;

const JSON_BODY = "application/json";

/** Asks for an object's metadata alone: a CRD's schema can be half a megabyte. */
export const METADATA_ONLY = `${JSON_BODY};as=PartialObjectMetadata;g=meta.k8s.io;v=v1`;

/** Reads objects of the target cluster. Never writes. */
export class ClusterReader {
    constructor(private readonly credentials: Credentials) {}

    /**
     * The JSON at a path of the API, or nothing where there is none. Some objects are large: of those,
     * `accept` may ask for their metadata alone.
     * @throws Error that names the path and the server's answer
     */
    public async get(path: string, accept: string = JSON_BODY): Promise<unknown> {
        const { status, body } = await this.ask(path, accept);
        if (status === 404) {
            return undefined;
        }
        if (status !== 200) {
            throw new Error(`the API server answers ${path} with ${status}: ${reasonIn(body)}`);
        }
        return JSON.parse(body);
    }

    private ask(path: string, accept: string): Promise<{ status: number; body: string }> {
        const { server, token, username, password, insecure, ...tls } = this.credentials;
        const url = new URL(server.replace(/\/$/, "") + path);
        const authorization =
            token !== undefined
                ? `Bearer ${token}`
                : username !== undefined
                  ? `Basic ${Buffer.from(`${username}:${password ?? ""}`).toString("base64")}`
                  : undefined;
        return new Promise((resolve, reject) => {
            const call = (url.protocol === "http:" ? http : https).request(
                url,
                {
                    ...tls,
                    rejectUnauthorized: insecure !== true,
                    timeout: PATIENCE,
                    headers: {
                        Accept: accept,
                        ...(authorization === undefined ? {} : { Authorization: authorization }),
                    },
                },
                (response) => {
                    const parts: Buffer[] = [];
                    response.on("data", (part: Buffer) => parts.push(part));
                    response.on("error", reject);
                    response.on("end", () => {
                        resolve({
                            status: response.statusCode ?? 0,
                            body: Buffer.concat(parts).toString("utf8"),
                        });
                    });
                },
            );
            call.on("timeout", () => {
                call.destroy(
                    new Error(`the API server doesn't answer within ${PATIENCE / 1000} s`),
                );
            });
            call.on("error", reject);
            call.end();
        });
    }
}

/** What a Status object of Kubernetes says, or the start of whatever else came. */
function reasonIn(body: string): string {
    try {
        const { message } = JSON.parse(body) as { message?: unknown };
        return typeof message === "string" ? message : body.slice(0, 200);
    } catch {
        return body.slice(0, 200);
    }
}
