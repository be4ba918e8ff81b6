import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type ServerHttp2Session } from "node:http2";
import type { AddressInfo } from "node:net";
import { runtime } from "@pulumi/pulumi";
import { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import "../../sandbox/engine";

/** A server that knows no message of any engine, for as long as the work takes; port 0 is a free one. */
async function listening(port: number, work = (): Promise<void> => Promise.resolve()) {
    const server = createServer();
    const sessions = new Set<ServerHttp2Session>();
    server.on("session", (session) => sessions.add(session));
    server.on("stream", (stream) => {
        stream.respond(
            { "content-type": "application/grpc", "grpc-status": "12" },
            { endStream: true },
        );
    });
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    const address = server.address() as AddressInfo;
    try {
        await work();
    } finally {
        server.close();
        for (const session of sessions) session.destroy();
        await once(server, "close");
    }
    return address;
}

/** What a program's first message to the engine at an address comes to. */
async function firstMessage(address: string): Promise<string> {
    runtime.resetOptions("istio-mesh", "dev", 1, address, address, true, "organization");
    const engine = runtime.getEngine();
    assert.ok(engine);
    return new Promise((resolve) => {
        engine.log(new LogRequest(), (error) => {
            resolve(error?.message ?? "taken");
        });
    });
}

describe("a program's connection to its engine", () => {
    afterEach(() => {
        runtime.disconnectSync();
        runtime.resetOptions("", "", 1, "", "", false, "");
    });

    it("is not that of an earlier engine that had the same port and is gone", async () => {
        const { port } = await listening(0);
        assert.match(await firstMessage(`127.0.0.1:${port}`), /ECONNREFUSED/);
        await listening(port, async () => {
            // That of the first goes on as well, as those of failed runs do.
            assert.match(await firstMessage(`127.0.0.1:${port}`), /^12 UNIMPLEMENTED/);
        });
    });
});
