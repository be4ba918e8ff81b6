/** Real requests, and what to make of their answers. */
import assert from "node:assert/strict";
import { request as httpRequest } from "node:http";
import { text as textOf } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

/** An answer, and how long it took. */
export interface Answer {
    readonly status: number;
    readonly text: string;
    readonly milliseconds: number;
    readonly headers: Readonly<Record<string, unknown>>;
}

/** What to ask. */
export interface Ask {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
}

/** One request on a connection of its own. Rejects when the connection is refused or reset. */
export function ask(url: string, { method = "GET", headers = {} }: Ask = {}): Promise<Answer> {
    const began = Date.now();
    return new Promise((done, failed) => {
        const call = httpRequest(
            url,
            { method, headers, agent: false, timeout: 30_000 },
            (response) => {
                textOf(response).then((text) => {
                    done({
                        status: response.statusCode ?? 0,
                        text,
                        milliseconds: Date.now() - began,
                        headers: response.headers,
                    });
                }, failed);
            },
        );
        call.on("timeout", () => call.destroy(new Error("no answer within 30 s")));
        call.on("error", failed);
        call.end();
    });
}

/** Asks many times, twenty at once. */
export async function many(count: number, work: () => Promise<Answer>): Promise<Answer[]> {
    const answers: Answer[] = [];
    const worker = async (): Promise<void> => {
        while (count > 0) {
            count -= 1;
            answers.push(await work());
        }
    };
    await Promise.all(Array.from({ length: 20 }, worker));
    return answers;
}

/** How often each value occurs. */
export function counted(values: readonly (string | number)[]): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
    return counts;
}

/** The JSON of an app's answer. */
export function said(answer: Answer): Record<string, unknown> {
    return JSON.parse(answer.text) as Record<string, unknown>;
}

/**
 * Repeats a check until it holds: what istiod is told takes a moment to reach every Envoy.
 * @throws what the check threw last when it does not hold within `patience` milliseconds.
 */
export async function eventually<T>(check: () => Promise<T>, patience = 20_000): Promise<T> {
    const until = Date.now() + patience;
    for (;;) {
        try {
            return await check();
        } catch (error) {
            if (Date.now() > until) throw error;
            await sleep(200);
        }
    }
}

/** Four and a half standard deviations: a right split fails once in 150,000 runs. */
export function assertShare(count: number, of: number, share: number): void {
    const deviation = Math.sqrt(of * share * (1 - share));
    assert.ok(
        Math.abs(count - of * share) <= 4.5 * deviation,
        `${count} of ${of} is not a share of ${share}`,
    );
}
