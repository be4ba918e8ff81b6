/**
 * Proves the Sail method with the real engine, provider, charts and API server. The operator is its own
 * program where the sandbox finds one; otherwise the sandbox plays it, and this file proves what the stack
 * asks of the operator and that the stack copes with its answers, not what the operator does.
 *
 * A closed network has one release of the charts. There a changed version changes the objects' versions,
 * the image tags and the names of revisions; what a newer istiod does differently isn't proven.
 */
import assert from "node:assert/strict";
import { findOperator } from "../../sandbox/sail/operator-process";
import { clusterNames, type WithContainers } from "../support/cluster-names";
import { eventually } from "./living-requests";
import { readMesh, type Running } from "./read-back";
import { kubectl, list, open } from "./sandbox";

const IDENTITY = { name: "e2e-cluster", network: "e2e-network" };

const SAIL = {
    "istio-mesh:installMethod": "sail",
    "istio-mesh:cluster": IDENTITY,
    "istio-mesh:mesh": { id: "e2e-mesh", trustDomain: "e2e.example" },
    "istio-mesh:namespaces": [{ name: "shop" }],
    "istio-mesh:gateways": [],
    "istio-mesh:workloads": [],
} as const;

/** What the operator's objects say of themselves: `Istio default: Healthy v1.31.3`. */
async function objects(): Promise<readonly string[]> {
    const found = await list("istios,istiorevisions,istiorevisiontags,istiocnis,ztunnels");
    return found
        .map(({ kind, metadata, status, spec }) => {
            const { state = "" } = (status ?? {}) as { state?: string };
            const { version = "" } = spec as { version?: string };
            return `${kind} ${metadata.name}: ${state} ${version}`.trim();
        })
        .sort();
}

async function istiods(): Promise<Readonly<Record<string, { ready: number; image: string }>>> {
    const { running } = await readMesh();
    return Object.fromEntries(
        Object.entries(running).flatMap(([name, { ready, image }]) =>
            name.startsWith("istio-system/istiod") ? [[name, { ready, image }]] : [],
        ),
    );
}

/** What a destroyed stack must not leave, in the whole cluster. */
async function leftovers(): Promise<readonly string[]> {
    const found = await list(
        "namespaces,deployments,daemonsets,mutatingwebhookconfigurations,validatingwebhookconfigurations,clusterroles",
    );
    return found
        .map(({ kind, metadata }) => `${kind}/${metadata.name}`)
        .filter((name) => /istio|ztunnel|shop|sail/.test(name) && !name.includes("system:"));
}

before(async () => {
    const operator = await findOperator();
    process.stdout.write(
        operator === undefined
            ? "    The Sail Operator is played by the sandbox: no program sail-operator was found.\n"
            : `    The Sail Operator runs as ${operator}.\n`,
    );
});

describe("sail, sidecar, production, RevisionBased", () => {
    const config = { ...SAIL, "istio-mesh:update": { strategy: "RevisionBased" } };
    const stack = (more: Readonly<Record<string, unknown>> = {}) =>
        open("sail-sidecar", {
            from: "prod",
            config: { ...config, "istio-mesh:istioVersion": "1.31.2", ...more },
        });

    it("comes up, as the preview said", async () => {
        const first = await stack();
        await first.preview();
        await first.up();
        assert.match(
            first.printed.join(""),
            /Deployment istio-system\/istiod-default-v1-31-2: 3 to 10 replicas, docker\.io\/istio\/pilot:1\.31\.2, requests 500m and 2048Mi, cluster e2e-cluster/,
        );
        assert.deepEqual(await istiods(), {
            "istio-system/istiod-default-v1-31-2": {
                ready: 3,
                image: "docker.io/istio/pilot:1.31.2",
            },
        });
        const { autoscalers, budgets, namespaces, running } = await readMesh();
        assert.deepEqual(autoscalers["istio-system/istiod-default-v1-31-2"], [3, 10]);
        assert.equal(budgets["istio-system/istiod-default-v1-31-2"], 1);
        assert.deepEqual(namespaces["shop"], { "istio-injection": "enabled" });
        const { env = {} }: Partial<Running> = running["istio-system/istiod-default-v1-31-2"] ?? {};
        assert.equal(env["CLUSTER_ID"], IDENTITY.name);
    });

    it("has nothing to change the second time", async () => {
        const { summary } = await (await stack()).up();
        assert.deepEqual(Object.keys(summary.resourceChanges ?? {}), ["same"]);
    });

    it("changes the number of istiods", async () => {
        const sizing = { istiod: { minReplicas: 4, maxReplicas: 8 } };
        await (await stack({ "istio-mesh:sizing": sizing })).up();
        const { autoscalers } = await readMesh();
        assert.deepEqual(autoscalers["istio-system/istiod-default-v1-31-2"], [4, 8]);
    });

    it("runs both revisions beside each other, and moves the tag", async () => {
        const next = {
            "istio-mesh:istioVersion": "1.31.3",
            "istio-mesh:update": { strategy: "RevisionBased", previous: "1.31.2" },
        };
        await (await stack(next)).up();
        assert.deepEqual(Object.keys(await istiods()), [
            "istio-system/istiod-default-v1-31-2",
            "istio-system/istiod-default-v1-31-3",
        ]);
        const webhook = JSON.parse(
            await kubectl(
                "get",
                "mutatingwebhookconfiguration",
                "istio-revision-tag-default",
                "-o",
                "json",
            ),
        ) as { webhooks: { clientConfig: { service: { name: string } } }[] };
        assert.deepEqual(
            [...new Set(webhook.webhooks.map(({ clientConfig }) => clientConfig.service.name))],
            ["istiod-default-v1-31-3"],
        );
        const { summary } = await (await stack(next)).up();
        assert.deepEqual(Object.keys(summary.resourceChanges ?? {}), ["same"]);
    });

    it("goes away without hanging, but for the CRDs", async () => {
        await (await stack()).destroy();
        assert.deepEqual(await leftovers(), []);
        assert.deepEqual(await objects(), []);
    });

    it("comes up again", async () => {
        await (await stack()).up();
        assert.deepEqual(await objects(), [
            "Istio default: Healthy v1.31.2",
            "IstioRevision default-v1-31-2: Healthy v1.31.2",
            "IstioRevisionTag default: Healthy",
        ]);
        await (await stack()).destroy();
        assert.deepEqual(await leftovers(), []);
    });
});

describe("sail, ambient, homelab, in place", () => {
    const stack = () =>
        open("sail-ambient", {
            from: "dev",
            config: { ...SAIL, "istio-mesh:dataPlane": "ambient" },
        });

    it("gives node agents and istiod one word on the cluster", async () => {
        await (await stack()).up();
        const { running } = await readMesh();
        const env = (name: string) => running[name]?.env ?? {};
        const workloads = await list("deployments,daemonsets");
        assert.deepEqual(clusterNames(workloads as unknown as WithContainers[]), {
            "Deployment istio-system/istiod": IDENTITY.name,
            "DaemonSet ztunnel/ztunnel": IDENTITY.name,
        });
        assert.equal(env("ztunnel/ztunnel")["NETWORK"], IDENTITY.network);
        assert.equal(env("istio-system/istiod")["CA_TRUSTED_NODE_ACCOUNTS"], "ztunnel/ztunnel");
        // Istio's state waits for ZTunnel, after all that the stack waits for.
        await eventually(async () => {
            assert.deepEqual(await objects(), [
                "Istio default: Healthy v1.31.3",
                "IstioCNI default: Healthy v1.31.3",
                "IstioRevision default: Healthy v1.31.3",
                "ZTunnel default: Healthy v1.31.3",
            ]);
        });
    });

    it("has nothing to change the second time, and goes away", async () => {
        const { summary } = await (await stack()).up();
        assert.deepEqual(Object.keys(summary.resourceChanges ?? {}), ["same"]);
        await (await stack()).destroy();
        assert.deepEqual(await leftovers(), []);
    });
});
