import { createServer } from "node:net";
import type { Server } from "node:net";
import { FIRST_SERVICE, Loopback, MOST_SLOTS } from "./addresses";

/** Any port will do: the address alone tells slots apart. */
const CLAIM_PORT = 10_000;
/** The first port that every living mesh opens: the Service of the API server. */
const FIRST_PORT = 10_443;

/** A slot that this process has until it ends or closes the server. */
export interface Claim {
    readonly loopback: Loopback;
    readonly server: Server;
}

/**
 * Claims the first slot that no other living mesh of this machine has: whoever listens on its address has it, and
 * a killed one has it no longer.
 * @throws Error when all are taken.
 */
export async function claimSlot(): Promise<Claim> {
    for (let slot = 0; slot < MOST_SLOTS; slot += 1) {
        const loopback = new Loopback(slot);
        const server = await listening(loopback.claim, CLAIM_PORT);
        if (server === undefined) continue;
        // Another program may be where the mesh's addresses are.
        const first = await listening(loopback.of(FIRST_SERVICE), FIRST_PORT);
        if (first !== undefined) {
            first.close();
            return { loopback, server };
        }
        server.close();
    }
    throw new Error(
        `${MOST_SLOTS} meshes live on this machine already, the most it has addresses for: stop one of them`,
    );
}

function listening(address: string, port: number): Promise<Server | undefined> {
    return new Promise((done) => {
        const server = createServer((client) => client.destroy());
        server.once("error", () => {
            done(undefined);
        });
        server.listen(port, address, () => {
            done(server);
        });
    });
}
