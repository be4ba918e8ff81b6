import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
import { unreachable } from "../../settings/reachability";

describe("unreachable", () => {
    let server: Server;
    let port = 0;
    before(async () => {
        server = createServer((socket) => socket.destroy());
        await once(server.listen(0, "127.0.0.1"), "listening");
        port = (server.address() as AddressInfo).port;
    });
    after(() => {
        server.close();
    });
    const target = (url: string) => ({ kubeconfig: "/k", context: "home", server: url });

    it("is quiet about a server that accepts connections", async () => {
        assert.equal(await unreachable(target(`https://127.0.0.1:${port}`), {}), undefined);
    });

    it("names the server, the reason and the next step of one that doesn't", async () => {
        const free = createServer();
        await once(free.listen(0, "127.0.0.1"), "listening");
        const { port: closed } = free.address() as AddressInfo;
        free.close();
        await once(free, "close");
        assert.deepEqual(await unreachable(target(`https://127.0.0.1:${closed}`), {}), {
            path: ["kubeContext"],
            given: `"home", whose API server https://127.0.0.1:${closed} can't be reached: ECONNREFUSED`,
            allowed: "the context of a cluster that answers",
            fix: "start the cluster or its tunnel, then try: kubectl --context home version",
        });
    });

    it("can't judge a server behind a proxy, and leaves it to the engine", async () => {
        const away = target("https://127.0.0.1:1");
        assert.equal(await unreachable({ ...away, proxied: true }, {}), undefined);
        assert.equal(await unreachable(away, { HTTPS_PROXY: "http://127.0.0.1:2" }), undefined);
    });

    it("leaves an address that is none to the engine", async () => {
        assert.equal(await unreachable(target("nowhere"), {}), undefined);
    });
});
