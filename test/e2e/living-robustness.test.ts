/** Proves that the living mesh heals what is killed, renews what expires, and that stop leaves nothing. */
import assert from "node:assert/strict";
import { closeSync, openSync } from "node:fs";
import { readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import { startCluster, stopCluster } from "../../sandbox";
import type { Cluster } from "../../sandbox";
import { parts } from "../../sandbox/components";
import { livingProcesses } from "../../sandbox/living/leftovers";
import { livingAgent } from "../../sandbox/living/mesh";
import { livingPlaces } from "../../sandbox/living/places";
import { certificateIn } from "../../sandbox/living/proxies";
import { PROJECT_FOLDER } from "../../sandbox/places";
import { run, runningProcesses, startDetached } from "../../sandbox/processes";
import { ask, counted, eventually, many } from "./living-requests";
import { APP_PORT, HOST, istio, lonePod, NAMESPACE, routed, toFrontend } from "./living-objects";
import { allReady, apply, kubectl, openShop, pod, shop, takeAway, through } from "./living-sandbox";

const SYSTEM = ["-n", "istio-system"] as const;

/** Starts what is down, as `npm start` does. Without living tools the sandbox is somebody else's. */
function startAgain(test: Mocha.Context): Promise<Cluster> {
    const { places, tools, living } = shop();
    if (living === undefined) test.skip();
    return startCluster({ state: places.root, tools, living });
}

/** The Envoy of a pod: each runs in its pod's folder. */
async function envoyOf(app: string): Promise<number> {
    const places = livingPlaces(shop().places);
    const folder = join(places.pods, (await pod(app)).pod.replace("/", "_"));
    for (const { pid, command } of await livingProcesses(places)) {
        if (!command.startsWith(`${join(places.bin, "envoy")} `)) continue;
        if ((await readlink(`/proc/${pid}/cwd`).catch(() => "")) === folder) return pid;
    }
    throw new Error(`${app} has no Envoy`);
}

/** Waits until a request passes all three apps, each with its sidecar. */
function allAnswer(patience = 60_000): Promise<void> {
    return eventually(async () => {
        const { status, text } = await through(HOST, "/via/checkout/cart");
        assert.equal(status, 200);
        assert.match(text, /"app":"cart"/);
    }, patience);
}

/** Waits until istiod validates: a right object passes only when its webhook is reached. */
function validates(): Promise<void> {
    const right = istio("security", "PeerAuthentication", "probe", { mtls: {} });
    return eventually(() => apply(right), 60_000);
}

async function expiry(app: string): Promise<number> {
    const { adminPort } = await pod(app);
    const { text } = await ask(`http://127.0.0.1:${adminPort ?? 0}/certs`);
    return Date.parse(certificateIn(text).expires);
}

describe("a living mesh that something happens to", function () {
    this.timeout(300_000);
    // Real processes on shared cores stall now and then; what is wrong fails three times.
    this.retries(2);

    before(openShop);
    afterEach(() => takeAway(toFrontend));
    after(() => takeAway());

    it("heals a killed Envoy", async () => {
        const old = await envoyOf("cart");
        process.kill(old, "SIGKILL");
        await eventually(async () => {
            assert.notEqual(await envoyOf("cart"), old);
            const { ready, reason } = await pod("cart");
            assert.ok(ready, reason);
        }, 90_000);
        await allAnswer();
    });

    describe("with certificates that expire soon", () => {
        const LIFE = 40;
        const host = "brief.example";
        // The shortest that leaves a slow machine time: renewed at half of it.
        const proxy = { proxyMetadata: { SECRET_TTL: `${LIFE}s` } };
        const brief = [
            lonePod("brief-1", {}, { "proxy.istio.io/config": JSON.stringify(proxy) }),
            {
                apiVersion: "v1",
                kind: "Service",
                metadata: { name: "brief", namespace: NAMESPACE },
                spec: { selector: { app: "brief-1" }, ports: [{ name: "http", port: APP_PORT }] },
            },
            ...routed(host, [{ route: [{ destination: { host: "brief" } }] }]),
            // A connection lives on with the certificates that it began with: each request makes its own.
            istio("networking", "DestinationRule", "brief", {
                host: "brief",
                trafficPolicy: { connectionPool: { http: { maxRequestsPerConnection: 1 } } },
            }),
        ];

        beforeEach(async () => {
            await eventually(() => apply(...brief), 60_000);
            await eventually(async () => {
                assert.equal((await through(host, "/")).status, 200);
            }, 60_000);
        });

        it("renews them in time, and no request fails meanwhile", async () => {
            const first = await expiry("brief");
            assert.ok(first - Date.now() <= LIFE * 1_000, new Date(first).toISOString());
            const statuses: number[] = [];
            await eventually(async () => {
                statuses.push((await through(host, "/")).status);
                assert.ok((await expiry("brief")) > first);
            }, 90_000);
            // Past the first one's end only a new one is taken.
            while (Date.now() < first + 2_000)
                statuses.push(
                    ...(await many(5, () => through(host, "/"))).map((one) => one.status),
                );
            assert.deepEqual(Object.keys(counted(statuses)), ["200"]);
        });

        it("refuses them once expired when no istiod renews them, and heals with the next one", async () => {
            const one = async (): Promise<number> => (await through(host, "/")).status;
            await kubectl(...SYSTEM, "scale", "deployment", "istiod", "--replicas=0");
            try {
                await eventually(async () => {
                    assert.ok((await expiry("brief")) < Date.now());
                    assert.equal(await one(), 503);
                }, 120_000);
                // Who has a day left goes on.
                assert.equal((await through(HOST, "/via/checkout")).status, 200);
            } finally {
                await kubectl(...SYSTEM, "scale", "deployment", "istiod", "--replicas=1");
            }
            await eventually(async () => {
                assert.equal(await one(), 200);
            }, 120_000);
            await validates();
        });
    });

    it("goes on while the API server is gone, and needs no restart when it is back", async () => {
        const { places } = shop();
        const server = (await parts(places)).find(({ name }) => name === "kube-apiserver");
        assert.ok(server?.process !== undefined);
        const { pid } = server.process;
        const words = (await readFile(`/proc/${pid}/cmdline`, "utf8")).split("\0").slice(0, -1);
        const folder = await readlink(`/proc/${pid}/cwd`);
        const before = (await livingProcesses(livingPlaces(places))).map((one) => one.pid).sort();
        process.kill(pid, "SIGKILL");
        await eventually(() => assert.rejects(kubectl("get", "namespaces"), /refused/));
        const answers = await many(200, () => through(HOST, "/via/checkout/cart"));
        assert.deepEqual(counted(answers.map(({ status }) => status)), { "200": 200 });
        const [file = "", ...args] = words;
        const log = openSync(join(places.logs, "kube-apiserver-again.log"), "a");
        startDetached(file, args, folder, log);
        closeSync(log);
        await validates();
        await allReady(60_000);
        await allAnswer();
        const now = (await livingProcesses(livingPlaces(places))).map((one) => one.pid).sort();
        assert.deepEqual(now, before);
    });

    it("comes back with the control plane when a start finds its API server dead", async function () {
        const { places } = shop();
        const server = (await parts(places)).find(({ name }) => name === "kube-apiserver");
        process.kill(server?.process?.pid ?? 0, "SIGKILL");
        const { found } = await startAgain(this);
        assert.equal(found, false);
        await validates();
        await allReady(120_000);
        await allAnswer();
    });

    it("says that its agent was killed, and the next start heals it", async function () {
        const { places } = shop();
        const agent = await livingAgent(places);
        const orphans = (await livingProcesses(livingPlaces(places))).map(({ pid }) => pid);
        assert.ok(agent !== undefined && orphans.length > 0);
        process.kill(agent.pid, "SIGKILL");
        const { code, stdout } = await run(
            process.execPath,
            [join(PROJECT_FOLDER, "sandbox", "start.mjs"), "sandbox", "status"],
            { env: { ...process.env, ISTIO_MESH_SANDBOX: places.root } },
        );
        assert.match(stdout, /^living mesh +down +npm start brings it back$/m);
        assert.equal(code, 3);
        const { found } = await startAgain(this);
        assert.equal(found, true);
        await eventually(() => allReady(0), 120_000);
        await allAnswer();
        const now = new Set((await livingProcesses(livingPlaces(places))).map(({ pid }) => pid));
        assert.deepEqual(
            orphans.filter((pid) => now.has(pid)),
            [],
        );
    });

    it("leaves nothing behind when it is stopped, and the next start brings all of it back", async function () {
        const { places, living } = shop();
        if (living === undefined) this.skip();
        const ended = await stopCluster({ state: places.root });
        assert.ok(ended.includes("the living mesh"), ended.join());
        const left = (await runningProcesses()).filter(({ command }) =>
            command.includes(places.root),
        );
        assert.deepEqual(left, []);
        await assert.rejects(through(HOST, "/"), /ECONNREFUSED/);
        await startAgain(this);
        await eventually(() => allReady(0), 120_000);
        await allAnswer();
        await validates();
    });
});
