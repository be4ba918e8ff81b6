import { get } from "node:http";
import { text } from "node:stream/consumers";

/** What a program on loopback answered. */
export interface Heard {
    readonly status: number;
    readonly body: string;
}

/**
 * One GET to a program on loopback, on a connection of its own.
 * @throws Error when it does not answer within `patience` milliseconds.
 */
export function loopbackGet(url: string, patience = 2_000): Promise<Heard> {
    return new Promise((done, failed) => {
        const call = get(url, { timeout: patience, agent: false }, (response) => {
            text(response).then((body) => {
                done({ status: response.statusCode ?? 0, body });
            }, failed);
        });
        call.on("timeout", () => call.destroy(new Error(`no answer within ${patience / 1_000} s`)));
        call.on("error", failed);
    });
}
