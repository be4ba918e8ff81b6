/**
 * Reads a real mesh on kind: who its parts say the cluster is, and whether a call between two workloads is
 * mutual TLS, by what the proxies themselves say.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { clusterNames, type WithContainers } from "../support/cluster-names";

const NAMESPACE = "shop";
const CALLER = `spiffe://kind.example.com/ns/${NAMESPACE}/sa/frontend`;

async function kubectl(...args: string[]): Promise<string> {
    const options = { maxBuffer: 64 * 1024 * 1024 };
    return (await promisify(execFile)("kubectl", args, options)).stdout;
}

/** Repeats a check for up to two minutes: proxies hear of each other a moment after they are ready. */
async function eventually(check: () => Promise<void>): Promise<void> {
    const until = Date.now() + 120_000;
    for (;;) {
        try {
            await check();
            return;
        } catch (error) {
            if (Date.now() > until) throw error;
            await sleep(2_000);
        }
    }
}

async function checkClusterNames(plane: string): Promise<void> {
    const { items } = JSON.parse(
        await kubectl("get", "deployments,daemonsets", "-A", "-o", "json"),
    ) as { items: WithContainers[] };
    const names = clusterNames(items);
    assert.equal(names["Deployment istio-system/istiod"], "kind-cluster");
    if (plane === "ambient") assert.equal(names["DaemonSet ztunnel/ztunnel"], "kind-cluster");
    assert.deepEqual([...new Set(Object.values(names))], ["kind-cluster"]);
}

/** One request from frontend to cart, which answers with the headers it got; with the answer's own headers. */
async function call(): Promise<string> {
    const curl = ["curl", "-sS", "--max-time", "5", "-D", "-", "http://cart/headers"];
    return kubectl("-n", NAMESPACE, "exec", "deploy/frontend", "--", ...curl);
}

async function checkSidecars(): Promise<void> {
    const answer = await call();
    assert.match(answer, /X-Forwarded-Client-Cert/i);
    assert.ok(
        answer.includes(CALLER),
        `cart's sidecar doesn't name its caller ${CALLER}: ${answer}`,
    );
}

async function checkAmbient(): Promise<void> {
    assert.match(await call(), /^server: istio-envoy/im, "no waypoint answered");
    const log = await kubectl("-n", "ztunnel", "logs", "-l", "app=ztunnel", "--tail=400");
    assert.ok(
        log.includes(`src.identity="${CALLER}"`),
        `ztunnel doesn't name its caller ${CALLER}`,
    );
    assert.doesNotMatch(log, /Unauthenticated, message: "authentication failure"/);
}

async function main([method = "", plane = ""]: readonly string[]): Promise<void> {
    await checkClusterNames(plane);
    await eventually(plane === "ambient" ? checkAmbient : checkSidecars);
    if (method === "sail") {
        const state = await kubectl("get", "istio", "default", "-o", "jsonpath={.status.state}");
        assert.equal(state, "Healthy");
    }
    process.stdout.write(`${method}, ${plane}: one cluster name, and mutual TLS\n`);
}

void main(process.argv.slice(2));
