import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Ports are taken from below the range that the system hands out to outgoing connections (32768 on Linux,
 * 49152 on macOS), so that a stopped sandbox finds them free again when it comes back.
 */
const LOWEST = 20_000;
const HIGHEST = 32_000;

/** Whether a port of 127.0.0.1 is free at this moment. */
export function isFree(port: number): Promise<boolean> {
    return new Promise((done) => {
        const server = createServer();
        server.once("error", () => {
            done(false);
        });
        server.listen(port, "127.0.0.1", () => {
            server.close(() => {
                done(true);
            });
        });
    });
}

/**
 * One free port for each name: the wished one while it is free, else a random one.
 * @throws Error when no free port is found, which takes thousands of listeners.
 */
export async function freePorts<Name extends string>(
    names: readonly Name[],
    wished: Partial<Readonly<Record<Name, number>>> = {},
): Promise<Record<Name, number>> {
    const taken = new Map<Name, number>();
    for (const name of names) {
        const wish = wished[name];
        const used = new Set(taken.values());
        const kept = wish !== undefined && !used.has(wish) && (await isFreeSoon(wish));
        taken.set(name, kept ? wish : await randomPort(used));
    }
    return Object.fromEntries(taken) as Record<Name, number>;
}

/** A process that has just ended may hold its port for a moment longer. */
async function isFreeSoon(port: number): Promise<boolean> {
    for (let attempt = 0; attempt < 5; attempt += 1) {
        if (await isFree(port)) return true;
        await sleep(200);
    }
    return false;
}

async function randomPort(used: ReadonlySet<number>): Promise<number> {
    for (let attempt = 0; attempt < 1_000; attempt += 1) {
        const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
        if (!used.has(port) && (await isFree(port))) return port;
    }
    throw new Error(`no free port of 127.0.0.1 between ${LOWEST} and ${HIGHEST}`);
}
