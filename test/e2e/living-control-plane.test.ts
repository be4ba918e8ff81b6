/** Proves that istiod and Envoy live, die and come back with what the API server holds, and that webhooks are real. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { eventually, many, counted } from "./living-requests";
import { CLUSTER, HOST, istio, lonePod, NAMESPACE, toFrontend } from "./living-objects";
import { allReady, apply, kubectl, openShop, pod, pods, takeAway, through } from "./living-sandbox";

const system = ["-n", "istio-system"] as const;

/** Whether a process runs. */
function runs(pid: number): boolean {
    try {
        return process.kill(pid, 0);
    } catch {
        return false;
    }
}

async function onlyPid(app: string): Promise<number> {
    const [pid] = (await pod(app)).pids;
    assert.ok(pid !== undefined, `${app} has no process`);
    return pid;
}

async function readiness(): Promise<string> {
    return kubectl(
        ...[...system, "get", "deployment", "istiod"],
        ...["-o", "jsonpath={.status.readyReplicas}"],
    );
}

async function containersOf(name: string): Promise<string[]> {
    const path = "jsonpath={.spec.initContainers[*].name} {.spec.containers[*].name}";
    const text = await kubectl("-n", NAMESPACE, "get", "pod", name, "-o", path);
    return text.trim().split(" ");
}

describe("the living control plane", function () {
    this.timeout(180_000);
    // Real processes on shared cores stall now and then; what is wrong fails three times.
    this.retries(2);

    before(openShop);
    after(() => takeAway());

    it("runs istiod with the Deployment's own arguments and variables", async () => {
        const env = await readFile(`/proc/${await onlyPid("istiod")}/environ`, "utf8");
        const variables = new Map(
            env.split("\0").map((line): [string, string] => {
                const at = line.indexOf("=");
                return [line.slice(0, at), line.slice(at + 1)];
            }),
        );
        const given = JSON.parse(
            await kubectl(...system, "get", "deployment", "istiod", "-o", "json"),
        ) as {
            spec: {
                template: {
                    spec: {
                        containers: [{ args: string[]; env: { name: string; value?: string }[] }];
                    };
                };
            };
        };
        const [{ args, env: wanted }] = given.spec.template.spec.containers;
        for (const { name, value } of wanted) {
            if (value !== undefined && name !== "KUBECONFIG")
                assert.equal(variables.get(name), value, name);
        }
        if (process.env["LIVING_STATE"] === undefined)
            assert.equal(variables.get("CLUSTER_ID"), CLUSTER);
        const words = (await readFile(`/proc/${await onlyPid("istiod")}/cmdline`, "utf8")).split(
            "\0",
        );
        assert.deepEqual(words.slice(1, args.length + 1), args);
    });

    it("refuses a wrong object in istiod's own words", async () => {
        await assert.rejects(
            apply(
                istio("networking", "VirtualService", "wrong", {
                    hosts: ["cart"],
                    http: [{ route: [{ destination: { host: "cart" }, weight: -5 }] }],
                }),
            ),
            /admission webhook "[\w.-]*validation\.istio\.io" denied the request: .*weight -5 < 0/s,
        );
        await takeAway(toFrontend);
    });

    it("injects what istiod's template says, and leaves out who opted out", async () => {
        await apply(lonePod("plain"), lonePod("out", { "sidecar.istio.io/inject": "false" }));
        assert.deepEqual(
            {
                plain: (await containersOf("plain")).sort(),
                out: await containersOf("out"),
            },
            { plain: ["app", "istio-init", "istio-proxy"], out: ["app"] },
        );
        await takeAway(toFrontend);
    });

    it("heals a killed istiod, while traffic goes on", async () => {
        const old = await onlyPid("istiod");
        process.kill(old, "SIGKILL");
        const answers = await many(100, () => through(HOST, "/via/checkout"));
        assert.deepEqual(counted(answers.map(({ status }) => status)), { "200": 100 });
        await eventually(async () => {
            const now = await pod("istiod");
            assert.ok(now.ready && now.pids[0] !== old, now.reason);
        }, 40_000);
        assert.equal(await eventually(readiness), "1");
    });

    it("heals a killed pilot-agent, and its Envoy with it", async () => {
        const cart = await pod("cart");
        const agent = await onlyPid("cart");
        process.kill(agent, "SIGKILL");
        await eventually(async () => {
            const now = await pod("cart");
            assert.ok(now.ready && now.pids[0] !== agent, now.reason);
        }, 60_000);
        assert.equal((await pod("cart")).address, cart.address);
        await eventually(async () => {
            const { text } = await through(HOST, "/via/checkout/cart");
            assert.match(text, /"app":"cart"/);
        });
    });

    it("restarts istiod when its Deployment's variables change", async () => {
        const old = await onlyPid("istiod");
        await kubectl(...system, "set", "env", "deployment/istiod", "PILOT_TRACE_SAMPLING=42");
        await eventually(async () => {
            const ready = (await pods("istiod")).filter((one) => one.ready);
            const [pid] = ready[0]?.pids ?? [];
            assert.ok(pid !== undefined && pid !== old);
            assert.match(await readFile(`/proc/${pid}/environ`, "utf8"), /PILOT_TRACE_SAMPLING=42/);
        }, 60_000);
        assert.ok(!runs(old));
        await kubectl(...system, "set", "env", "deployment/istiod", "PILOT_TRACE_SAMPLING-");
        // Not only ready: for a while the one that goes and the one that comes both are.
        await kubectl(...system, "rollout", "status", "deployment/istiod", "--timeout=90s");
        await eventually(async () => {
            assert.ok((await pod("istiod")).ready);
        });
    });

    it("starts the next istiod while the last one takes its time to end", async () => {
        const old = await pod("istiod");
        const [pid = 0] = old.pids;
        process.kill(pid, "SIGSTOP"); // It can't end by itself now.
        const name = old.pod.split("/")[1] ?? "";
        await kubectl(...system, "delete", "pod", name, "--wait=false");
        await eventually(async () => {
            const next = await pod("istiod");
            assert.ok(next.ready && next.pod !== old.pod, next.reason);
        });
        assert.ok(runs(pid));
        assert.match(await kubectl(...system, "get", "pods"), new RegExp(name));
        // Its pod goes with it.
        await kubectl(...system, "wait", "--for=delete", `pod/${name}`, "--timeout=20s");
        assert.ok(!runs(pid));
    });

    it("refuses a proxy that names another cluster, and the pod says so", async () => {
        const injector = ["-n", "istio-system", "configmap", "istio-sidecar-injector"] as const;
        const [flag, namespace, kind, name] = injector;
        const values = await kubectl(
            flag,
            namespace,
            "get",
            kind,
            name,
            "-o",
            "jsonpath={.data.values}",
        );
        const put = (text: string): Promise<string> =>
            kubectl(
                ...[flag, namespace, "patch", kind, name, "--type=merge"],
                ...["-p", JSON.stringify({ data: { values: text } })],
            );
        // What two documents with two names for one cluster come to.
        await put(values.replace(/("clusterName": *)"[^"]*"/, '$1"another-cluster"'));
        try {
            await eventually(async () => {
                await apply(lonePod("lost-1"));
                const env = await kubectl("-n", NAMESPACE, "get", "pod", "lost-1", "-o", "json");
                if (!env.includes("another-cluster")) await takeAway(toFrontend);
                assert.match(env, /another-cluster/);
            });
            await eventually(async () => {
                const [lost] = await pods("lost");
                assert.equal(lost?.ready, false);
                assert.match(lost.reason, /claims to be in cluster "another-cluster"/);
            }, 40_000);
        } finally {
            await put(values);
            await takeAway(toFrontend);
        }
    });

    it("stops istiod when its Deployment is scaled to nothing, and validates again once it is back", async () => {
        const [pid] = (await pod("istiod")).pids;
        await kubectl(...system, "scale", "deployment", "istiod", "--replicas=0");
        await eventually(async () => {
            assert.deepEqual(await pods("istiod"), []);
        }, 40_000);
        assert.ok(pid !== undefined && !runs(pid));
        await assert.rejects(
            apply(istio("security", "PeerAuthentication", "default", { mtls: { mode: "STRICT" } })),
            /failed calling webhook/,
        );
        // What Envoy knows, it keeps.
        assert.equal((await through(HOST, "/")).status, 200);
        await kubectl(...system, "scale", "deployment", "istiod", "--replicas=1");
        // Its pod must be there first: without it all that are there are ready.
        await eventually(async () => {
            assert.ok((await pod("istiod")).ready);
        }, 60_000);
        await eventually(() => allReady(0), 60_000);
        // Its endpoint reaches the API server's way to it a moment after the pod is ready.
        await eventually(
            () => apply(istio("security", "PeerAuthentication", "again", { mtls: {} })),
            30_000,
        );
        await takeAway(toFrontend);
    });
});
