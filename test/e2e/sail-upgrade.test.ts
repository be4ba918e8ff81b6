/**
 * Proves an upgrade by revisions under the Sail method with real istiods: a canary beside the old release, back, and
 * on. Pods are injected and served by the revision that their namespace's tag points to when they are made.
 *
 * Both istiods are of one build, since a sandbox has one; the version is in their charts, names and images.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { openStack } from "../../sandbox";
import { eventually } from "./living-requests";
import {
    APP_PORT,
    CLUSTER,
    HOST,
    INGRESS,
    NAMESPACE,
    toFrontend,
    TRUST_DOMAIN,
} from "./living-objects";
import {
    apply,
    bringToLife,
    closeShop,
    kubectl,
    pods,
    servedBy,
    shop,
    startLiving,
    takeAway,
    through,
} from "./living-sandbox";

const OLD = "default-v1-31-2";
const NEW = "default-v1-31-3";
/** Namespace whose pods follow the tag `canary`; those of the shop follow `default`. */
const STAGING = "staging";
const PLACES = [NAMESPACE, STAGING, INGRESS];

type Stack = Awaited<ReturnType<typeof openStack>>;

/** The stack at a step of its upgrade. */
function stackAt(istioVersion: string, beside: object = {}): Promise<Stack> {
    const workload = (name: string, namespace: string) => ({
        name,
        namespace,
        image: "example.com/shop:1.0.0",
        port: APP_PORT,
    });
    return openStack("sail-upgrade", {
        state: shop().places.root,
        tools: shop().tools,
        from: "dev",
        config: {
            "istio-mesh:installMethod": "sail",
            "istio-mesh:dataPlane": "sidecar",
            "istio-mesh:istioVersion": istioVersion,
            "istio-mesh:update": {
                strategy: "RevisionBased",
                tags: [{ name: "canary", revision: "canary" }],
                ...beside,
            },
            "istio-mesh:cluster": { name: CLUSTER },
            "istio-mesh:mesh": { id: "living-mesh", trustDomain: TRUST_DOMAIN },
            "istio-mesh:namespaces": [{ name: NAMESPACE }, { name: STAGING, revision: "canary" }],
            "istio-mesh:gateways": [{ name: INGRESS }],
            "istio-mesh:workloads": [workload("frontend", NAMESPACE), workload("cart", STAGING)],
        },
    });
}

/** The revisions that the pods of an app say they were injected by, and those whose istiod serves them. */
async function revisionsOf(namespace: string, app: string): Promise<readonly string[]> {
    const { items } = JSON.parse(
        await kubectl("-n", namespace, "get", "pods", "-l", `app=${app}`, "-o", "json"),
    ) as {
        items: { metadata: { name: string; annotations?: Readonly<Record<string, string>> } }[];
    };
    return Promise.all(
        items.map(async ({ metadata: { name, annotations = {} } }) => {
            const said = annotations["istio.io/rev"] ?? "nobody";
            const served = await servedBy(said);
            return served.includes(`${namespace}/${name}`) ? said : `${said}, not served`;
        }),
    );
}

/** Waits until all pods of the frontend and of staging's cart are of these revisions, and answer each other. */
async function are(frontend: string, cart: string): Promise<void> {
    await eventually(async () => {
        assert.deepEqual(
            [await revisionsOf(NAMESPACE, "frontend"), await revisionsOf(STAGING, "cart")],
            [[frontend], [cart]],
        );
        const path = `/via/cart.${STAGING}`;
        const answers = await Promise.all(Array.from({ length: 20 }, () => through(HOST, path)));
        assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
    }, 120_000);
}

async function restart(namespace: string, app: string): Promise<void> {
    await kubectl("-n", namespace, "rollout", "restart", `deployment/${app}`);
    await kubectl("-n", namespace, "rollout", "status", `deployment/${app}`, "--timeout=120s");
}

/** The revisions of the istiods that run as processes. */
async function running(): Promise<readonly string[]> {
    const found = await Promise.all(
        (await pods("istiod")).map(async ({ pids: [pid] }) => {
            const env = await readFile(`/proc/${pid ?? 0}/environ`, "utf8");
            return env.split("\0").find((line) => line.startsWith("REVISION=")) ?? "";
        }),
    );
    return found.map((line) => line.replace("REVISION=", "")).sort();
}

describe("an upgrade by revisions under the Sail method", function () {
    this.timeout(600_000);

    before(async function () {
        // A machine with empty caches builds istiod here.
        this.timeout(30 * 60_000);
        await startLiving(this);
        await closeShop();
    });
    after(async () => {
        await takeAway();
    });

    it("starts with one istiod, which injects all", async () => {
        await (await stackAt("1.31.2")).up();
        await bringToLife(PLACES);
        await apply(...toFrontend);
        assert.deepEqual(await running(), [OLD]);
        await are(OLD, OLD);
    });

    it("runs a canary beside it, which gets new pods of its own tag's namespaces only", async () => {
        await (await stackAt("1.31.2", { canary: "1.31.3" })).up();
        await eventually(async () => {
            assert.deepEqual(await running(), [OLD, NEW]);
        }, 120_000);
        await are(OLD, OLD);
        await restart(NAMESPACE, "frontend");
        await restart(STAGING, "cart");
        await are(OLD, NEW);
    });

    it("goes back", async () => {
        await (await stackAt("1.31.2")).up();
        await restart(STAGING, "cart");
        await are(OLD, OLD);
    });

    it("goes on: the tag moves, new pods follow, and those that run keep theirs", async () => {
        const stack = await stackAt("1.31.3", { previous: "1.31.2" });
        await stack.up();
        await eventually(async () => {
            assert.deepEqual(await running(), [OLD, NEW]);
        }, 120_000);
        await are(OLD, OLD);
        await restart(NAMESPACE, "frontend");
        await restart(STAGING, "cart");
        await are(NEW, NEW);
        const { summary } = await stack.up();
        assert.deepEqual(Object.keys(summary.resourceChanges ?? {}), ["same"]);
    });

    it("goes away whole", async () => {
        await takeAway();
        await (await stackAt("1.31.3", { previous: "1.31.2" })).destroy();
        const left = await kubectl("get", "namespaces,istios,istiorevisions", "-A", "-o", "name");
        assert.doesNotMatch(left, /shop|staging|istio|sail/);
    });
});
